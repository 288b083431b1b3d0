"""Batches: claims that are evaluated together.

A batch that is available as a whole is evaluated so that the order of its claims does not matter. First, each claim is
evaluated by itself. Next, each line is evaluated against all claims of the same day and provider, given those
standings. Last, every claim is evaluated given both: rules that run before anything is denied see the first standing,
as they do within one claim, and rules that look at what is paid (add-on codes, status T, frequency limits) see the
second.

A claim that another version of its bill replaced or voided is found first and does not count against the others
(`claimcheck.history.versions`).

Only related claims need this (`claimcheck.engine.related`). All others are evaluated once, in the order they come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.engine.alike import met_alike
from claimcheck.engine.meeting import Judge, Met, meet, when
from claimcheck.engine.namesakes import Marked, Namesakes, renamed, under_its_own_id
from claimcheck.engine.related import ClaimSummary, Relating, related
from claimcheck.history import Batch, LookUp
from claimcheck.history.entry import identity
from claimcheck.history.originals import holds

__all__ = ["Fallen", "Judge", "as_they_come", "claim_of", "when", "whole"]


@attrs.frozen
class Fallen:
    """A claim known in advance to be replaced or voided by another version of its bill, with claim id `by`.

    Batches accept it in place of a claim: when claims are read one at a time or in parts, the version that supersedes a
    claim may not be visible (`claimcheck.history.versions`).
    """

    claim: Claim
    by: str | None


def claim_of(given: object) -> Claim:
    """The claim behind any accepted input. Only the type is checked, because a value cannot fake its type."""
    return given.claim if type(given) in (Fallen, Marked) else Claim.from_dict(given)  # type: ignore[attr-defined]


_MOST_KEPT = 100_000
"""How many results may wait for their turn; beyond this, results are computed again."""


def as_they_come(claims: Iterable[object], judge: Judge) -> Iterator[ClaimResult]:
    """Results of claims one at a time as they are read, each given the claims before it."""
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
    """Results of the claims in order, each given all the others."""
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
            found = _met(group, read, judge, batch, apart, hiding=hiding)
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


def _met(
    group: Sequence[ClaimSummary],
    read: Callable[[int], Claim],
    judge: Judge,
    batch: Batch,
    apart: dict[int, int],
    *,
    hiding: bool,
) -> Iterator[Met]:
    """The results of related claims: nothing is evaluated before the first is asked for."""
    alike = None if hiding else met_alike(group, read, judge)
    yield from meet(group, read, judge, batch, apart, hiding=hiding) if alike is None else alike


class _Reading:
    """Reads claims by position, as often as needed; keeps some, so that each of those is read once."""

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
        """Stops keeping a claim."""
        self._kept.pop(place, None)


def _of_members(claims: Sequence[object], read: _Reading, relating: Relating) -> Iterator[list[ClaimSummary]]:
    """The traits that decide whether claims are related, for every member with several claims."""
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
    """Whether a history holds a claim with the name of one of these, or cannot tell."""
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
