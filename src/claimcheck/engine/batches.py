"""Batches: claims that are judged in the light of each other.

A batch that is at hand as a whole is judged so that no order matters. A line's standing by its own claim is told first,
of each claim by itself; in the light of those, what all claims of a day and provider make of each line; and in the
light of both, every claim: rules that run before others have denied anything see the first, as they do within one
claim, and those that look at what is paid (add-on codes, status T, frequency limits) the second.

A claim in whose place another version of its bill stands is found before, and stands for nothing in the eyes of the
others (`claimcheck.history.versions`).

Only members with several claims need that. The claims of a member who has one are judged once, as they come up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.engine.meeting import Judge, Met, Stub, meet, when
from claimcheck.engine.namesakes import Marked, Namesakes, renamed, under_its_own_id
from claimcheck.history import Batch

__all__ = ["Fallen", "Judge", "as_they_come", "claim_of", "when", "whole"]


@attrs.frozen
class Fallen:
    """A claim of which it is known beforehand that another version of its bill stands, of the claim id `by`.

    The batches take it in place of a claim: where claims are read one by one, or in parts, what supersedes a claim may
    be out of sight (`claimcheck.history.versions`).
    """

    claim: Claim
    by: str | None


def claim_of(given: object) -> Claim:
    """The claim that is given, whatever it is given as: only its type is looked at, which no value can forge."""
    return given.claim if type(given) in (Fallen, Marked) else Claim.from_dict(given)  # type: ignore[attr-defined]


_MOST_KEPT = 100_000
"""Verdicts that wait for their turn; more are given anew."""


def as_they_come(claims: Iterable[object], judge: Judge) -> Iterator[ClaimResult]:
    """The verdicts on claims, one by one as they are read, each in the light of those before it."""
    batch = Batch(judge.history, may_grow=True)
    namesakes = Namesakes(batch)
    for given in claims:
        claim = claim_of(given)
        if type(given) is Fallen:
            result = judge.superseded(claim, given.by)
        else:
            claim = namesakes.apart(claim)
            if type(given) is Marked and given.meant is not None:
                batch.tell(claim, given.meant)
            result = judge.over(claim, batch)
        batch.record(claim, result)
        yield under_its_own_id(result)


def whole(claims: Sequence[object], judge: Judge) -> Iterator[ClaimResult]:
    """The verdicts on claims, in their order, each in the light of all others. Claims are read when they come up."""
    batch = Batch(judge.history)
    settled: dict[int, ClaimResult] = {}
    apart: dict[int, int] = {}
    meetings: dict[int, Iterator[Met]] = {}

    def read(place: int) -> Claim:
        return Claim.from_dict(claims[place])

    for theirs in _several(claims):
        meetings |= dict.fromkeys([stub.place for stub in theirs], meet(theirs, read, judge, batch, apart))
    for place, given in enumerate(claims):
        if type(given) is Fallen:
            settled[place] = judge.superseded(given.claim, given.by)
            batch.record(given.claim, settled[place])
    for place, given in enumerate(claims):
        for met in meetings.pop(place, ()) if place not in settled else ():
            if met.place == place or len(settled) < _MOST_KEPT or not met.again:
                settled[met.place] = met.result
            if met.place == place:
                break
        result = settled.pop(place, None)
        if result is None:
            claim = claim_of(given)
            result = judge.over(renamed(claim, apart[place]) if place in apart else claim, batch)
        yield under_its_own_id(result)


def _several(claims: Sequence[object]) -> list[list[Stub]]:
    """What tells when the turn of each claim comes, of each member who has several."""
    only: dict[str, int] = {}
    members: dict[str, list[Stub]] = {}
    for place, given in enumerate(claims):
        if type(given) is Fallen:
            continue
        claim = Claim.from_dict(given)
        member = claim.member_id
        if not isinstance(member, str):
            continue
        first = only.setdefault(member, place)
        if first != place:
            theirs = members.get(member)
            if theirs is None:
                theirs = members[member] = [Stub.of(Claim.from_dict(claims[first]), first)]
            theirs.append(Stub.of(claim, place))
    return [*members.values()]
