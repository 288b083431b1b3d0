"""Batches: claims that are judged in the light of each other.

A batch that is at hand as a whole is judged so that no order matters. A line's standing by its own claim is told first,
of each claim by itself; in the light of those, what all claims of a day and provider make of each line; and in the
light of both, every claim: rules that run before others have denied anything see the first, as they do within one
claim, and those that look at what is paid (add-on codes, status T, frequency limits) the second.

A claim in whose place another version of its bill stands is found before, and stands for nothing in the eyes of the
others (`claimcheck.history.versions`).

Only claims that are related need that (`claimcheck.engine.related`). All others are judged once, as they come up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.engine.meeting import Judge, Met, meet, when
from claimcheck.engine.namesakes import Marked, Namesakes, renamed, under_its_own_id
from claimcheck.engine.related import ClaimSummary, Relating, related
from claimcheck.history import Batch, LookUp
from claimcheck.history.entry import identity
from claimcheck.history.originals import holds

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
    """The verdicts on claims, in their order, each in the light of all others."""
    batch = Batch(judge.history)
    read = _Reading(claims)
    settled: dict[int, ClaimResult] = {}
    apart: dict[int, int] = {}
    groups: dict[int, Iterator[Met]] = {}
    superseded: set[str] = set()
    for given in claims:
        if type(given) is Marked and given.meant is not None:
            batch.tell(given.claim, given.meant)
    for place, given in enumerate(claims):
        if type(given) is Fallen:
            settled[place] = judge.superseded(given.claim, given.by)
            batch.record(given.claim, settled[place])
            superseded.add(str(given.claim.member_id))
    for theirs in _of_members(claims, read, judge.relating):
        hiding = read(theirs[0].place).member_id in superseded or _hide_any(theirs, read, judge.history)
        for group in [theirs] if hiding else related(theirs):
            found = meet(group, read, judge, batch, apart, hiding=hiding)
            groups |= dict.fromkeys([claim.place for claim in group], found)
    alone = batch if superseded else judge.history
    for place in range(len(claims)):
        others = groups.get(place)
        for met in others or () if place not in settled else ():
            if met.place == place or len(settled) < _MOST_KEPT or not met.again:
                settled[met.place] = met.result
            if met.place == place:
                break
        result = settled.pop(place, None)
        if result is None:
            claim = read(place)
            claim = renamed(claim, apart[place]) if place in apart else claim
            result = judge.over(claim, alone if others is None else batch)
        read.forget(place)
        yield under_its_own_id(result)


class _Reading:
    """Reads claims by their places, as often as they are asked for; some are kept, so that they are read once."""

    _MOST_KEPT = 16_384

    def __init__(self, claims: Sequence[object]) -> None:
        self._claims = claims
        self._kept: dict[int, Claim] = {}

    def __call__(self, place: int) -> Claim:
        given = self._claims[place]
        if type(given) is Claim:
            return given
        known = self._kept.get(place)
        if known is None:
            known = claim_of(given)
            if len(self._kept) < self._MOST_KEPT:
                self._kept[place] = known
        return known

    def forget(self, place: int) -> None:
        """Keeps a claim no longer."""
        self._kept.pop(place, None)


def _of_members(claims: Sequence[object], read: _Reading, relating: Relating) -> Iterator[list[ClaimSummary]]:
    """What tells whether claims are related, of all the claims of each member who has several."""
    only: dict[str, int] = {}
    members: dict[str, list[ClaimSummary]] = {}
    for place, given in enumerate(claims):
        if type(given) is Fallen:
            continue
        claim = read(place)
        member = claim.member_id
        if not isinstance(member, str):
            continue
        first = only.setdefault(member, place)
        if first != place:
            theirs = members.get(member)
            if theirs is None:
                theirs = members[member] = [relating.summary(read(first), first)]
            theirs.append(relating.summary(claim, place))
    yield from members.values()


def _hide_any(claims: Sequence[ClaimSummary], read: _Reading, history: LookUp | None) -> bool:
    """Whether a history has a claim of the name of one of these, or cannot tell."""
    if history is None:
        return False
    if not hasattr(history, "knows"):
        return True
    key: bytes = getattr(history, "digest_key", b"")
    of_claims = [read(claim.place) for claim in claims]
    return any(
        holds(history, claim.member_id, (identity(claim, key),))
        for claim in of_claims
        if isinstance(claim.member_id, str)
    )
