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

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

import attrs

from claimcheck.claims import Claim, ClaimResult, Disposition
from claimcheck.engine.namesakes import Marked, Namesakes, of_one_id, renamed, under_its_own_id
from claimcheck.engine.other_days import Asked
from claimcheck.history import Batch, LookUp
from claimcheck.history.batch import days_of
from claimcheck.history.by_day import ByDay
from claimcheck.history.entry import identity, undone_by
from claimcheck.history.originals import candidates
from claimcheck.history.versions import bills_among
from claimcheck.policies.parameters.ncci import SameProvider

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


@attrs.frozen
class Judge:
    """How claims are judged: one over a history, one that another version of its bill supersedes; and the history.

    `same` is what tells one provider from another at all times; `beyond` which lines on other days rules look at.
    """

    over: Callable[[Claim, LookUp | None], ClaimResult]
    superseded: Callable[[Claim, str | None], ClaimResult]
    history: LookUp | None
    same: SameProvider | None = None
    beyond: Callable[[Claim], Sequence[Asked]] = lambda _: ()

    def meets(self, claim: Claim, batch: Batch) -> bool:
        """Whether other claims of a batch may matter to a claim: by their days, or beyond them."""
        if batch.surrounds(claim, self.same):
            return True
        return any(batch.holds_any(claim, *asked, self.same) for asked in self.beyond(claim))


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
    several = _several(claims)
    batch = Batch(judge.history)
    settled: dict[int, ClaimResult] = {}
    apart: dict[int, Claim] = {}
    for place, given in enumerate(claims):
        if type(given) is Fallen:
            settled[place] = judge.superseded(given.claim, given.by)
            batch.record(given.claim, settled[place])
    for place, given in enumerate(claims):
        places = several.pop(place, None)
        if places is not None:
            met = {one: Claim.from_dict(claims[one]) for one in places}
            for one, result in _meet(met, apart, judge, batch):
                if len(settled) < _MOST_KEPT or result.disposition is Disposition.SUPERSEDED:
                    settled[one] = result
        known = settled.pop(place, None)
        if known is None:
            known = judge.over(apart.pop(place) if place in apart else claim_of(given), batch)
        yield under_its_own_id(known)


def _several(claims: Sequence[object]) -> dict[int, list[int]]:
    """The places of the claims of each member who has several, by the first of them."""
    members: dict[str, list[int]] = defaultdict(list)
    for place, given in enumerate(claims):
        member = None if type(given) is Fallen else Claim.from_dict(given).member_id
        if isinstance(member, str):
            members[member].append(place)
    return {places[0]: places for places in members.values() if len(places) > 1}


def _meet(
    claims: dict[int, Claim], apart: dict[int, Claim], judge: Judge, batch: Batch
) -> Iterator[tuple[int, ClaimResult]]:
    """Records the claims of a member: each as it stands by itself, and then as it stands beside the others.

    Gives the verdicts that are settled by then, each with its place: on claims that are superseded; where there is no
    history of which these claims may hide a part, on those in which no other has a part; and on those that were judged
    beside others of which all together make nothing else than their own verdicts did. Claims that bear the id of
    another without being a version of its bill are put into `apart`, under ids of their own.
    """
    places = sorted(claims, key=lambda place: when(claims[place]))
    ordered = [claims[place] for place in places]
    bills = bills_among(
        ordered,
        lambda at: judge.over(ordered[at], None).disposition is Disposition.REJECTED,
        lambda at: candidates(ordered[at], judge.history),
    )
    fallen = bills.superseded
    standing = [at for at in range(len(ordered)) if at not in fallen]
    for at, number in of_one_id([(ordered[at].member_id, ordered[at].claim_id) for at in standing]).items():
        ordered[standing[at]] = apart[places[standing[at]]] = renamed(ordered[standing[at]], number)
    for at, original in bills.originals.items():
        batch.tell(ordered[at], original.meant(lambda one: identity(ordered[one], batch.digest_key)))
    names = {identity(ordered[at]) for at in standing}
    alone = {at: judge.superseded(ordered[at], by) for at, by in fallen.items()}
    for at, result in alone.items():
        if names.isdisjoint(undone_by(ordered[at])):  # of claims that name each other in a circle the last stands
            batch.record(ordered[at], result)
    for at in standing:
        alone[at] = judge.over(ordered[at], judge.history)
        batch.record(ordered[at], alone[at])
    met = {
        at: judge.over(ordered[at], batch)
        for at in standing
        if at in bills.originals or judge.meets(ordered[at], batch)
    }
    changed = _Days([ordered[at] for at, result in met.items() if batch.settle(ordered[at], result)])
    last = judge.history is None
    for at, result in alone.items():
        if at not in met and (at in fallen or (last and not result.services)):
            yield places[at], result
    for at, result in met.items():
        if not changed or (not result.services and not changed.near(ordered[at])):
            yield places[at], result


class _Days:
    """The days of some claims: whether any of them lies on the days of another claim, or the day before or after."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._days: ByDay[int] = ByDay()
        self._any = False
        for number, claim in enumerate(claims):
            self._any = True
            if (days := days_of(claim)) is not None:
                first, last = days
                self._days.add(first, last - first, number)

    def __bool__(self) -> bool:
        return self._any

    def near(self, claim: Claim) -> bool:
        days = days_of(claim)
        return days is not None and any(True for _ in self._days.between(days[0] - 1, days[1] + 1))


def when(claim: Claim) -> tuple[date, date, str]:
    """The order of a sorted batch: by first service date, receipt, and claim id."""
    days = [line.service_date for line in claim.lines if isinstance(line.service_date, date)]
    received = claim.received_date if isinstance(claim.received_date, date) else date.max
    return min(days, default=date.max), received, claim.claim_id if isinstance(claim.claim_id, str) else ""
