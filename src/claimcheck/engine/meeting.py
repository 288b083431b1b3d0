"""Claims of one member, each evaluated given all others, in order of days.

Each claim is first evaluated by itself and recorded. Given those records, the combined standing of each claim is
computed; where it differs from its own, the claim is settled, and every claim it may affect is evaluated again: those
within a day of it, and those a frequency limit counts together with it.

Few results depend on days after those of their claim, and it is known which days. So claims are taken in order of days,
and a result is returned as soon as all claims that start up to the next day have been evaluated: each claim is kept in
memory for a few days only, however many there are. From the first claim that has to be settled, the rest are taken
together; so are all claims of a member when one of them names another version of its bill, or has the claim id of a
claim in the history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from heapq import heappop, heappush
from math import inf
from typing import NamedTuple

import attrs

from claimcheck.claims import Claim, ClaimResult, Disposition
from claimcheck.engine.case import Case
from claimcheck.engine.namesakes import of_one_id, renamed
from claimcheck.engine.related import ClaimSummary, Relating
from claimcheck.engine.said import Said
from claimcheck.history import Batch, LookUp
from claimcheck.history.batch import days_of
from claimcheck.history.by_day import ByDay
from claimcheck.history.entry import Standing, identity, undone_by
from claimcheck.history.originals import candidates
from claimcheck.history.same_bill import successor
from claimcheck.history.versions import Bills, bills_among

__all__ = ["Judge", "Met", "meet", "when"]


@attrs.frozen
class Judge:
    """Evaluates claims, and holds the history.

    Evaluates a claim `over` a history; one that another version of its bill `superseded`; or one as a case, `opened`
    over the history for the first time. `told` makes the result of a claim from its findings.
    """

    over: Callable[[Claim, LookUp | None], ClaimResult]
    superseded: Callable[[Claim, str | None], ClaimResult]
    opened: Callable[[Claim], Case]
    told: Callable[[Claim, Said], ClaimResult]
    history: LookUp | None
    relating: Relating


class Met(NamedTuple):
    """A result, and whether it can be computed again: not for a claim superseded by another version of its bill."""

    place: int
    result: ClaimResult
    again: bool = True


def meet(
    claims: Sequence[ClaimSummary],
    read: Callable[[int], Claim],
    judge: Judge,
    batch: Batch,
    apart: dict[int, int],
    *,
    hiding: bool = False,
) -> Iterator[Met]:
    """Records related claims of a member, and gives the result of each given all others, in order of days.

    `read` gives the claim at a position, as often as needed. Claims that share a claim id without being versions of one
    bill are evaluated under separate ids: their positions are put into `apart`, with their numbers. `hiding` says that
    one of them may hide a claim of the history, or a claim known to be superseded.
    """
    whole = any(claim.names_another for claim in claims)
    ids = [claim.claim_id for claim in claims if claim.claim_id is not None]
    if whole or len(set(ids)) < len(ids):
        ordered = sorted(claims, key=lambda claim: when(read(claim.place)))
        bills = _bills([read(claim.place) for claim in ordered], judge)
    else:
        ordered, bills = [*claims], Bills()
    for at, one in enumerate(ordered) if judge.history is not None else ():
        later = successor(judge.history, read(one.place))
        if later is not None:
            bills.superseded.setdefault(at, later[0])
    standing = [at for at in range(len(ordered)) if at not in bills.superseded]
    numbers = of_one_id([("", ordered[at].claim_id) for at in standing])
    apart |= {ordered[standing[at]].place: number for at, number in numbers.items()}

    def claim_at(place: int) -> Claim:
        return renamed(read(place), apart[place]) if place in apart else read(place)

    def name(at: int) -> str:
        return identity(claim_at(ordered[at].place), batch.digest_key)

    for at, original in bills.originals.items():
        batch.tell(claim_at(ordered[at].place), original.meant(name))
    if bills.superseded:
        names = {identity(claim_at(ordered[at].place)) for at in standing}
        for at, by in bills.superseded.items():
            claim = read(ordered[at].place)
            result = judge.superseded(claim, by)
            if names.isdisjoint(undone_by(claim)):  # if claims name each other in a circle, the last one counts
                batch.record(claim, result)
            yield Met(ordered[at].place, result, again=False)
    meeting = _Meeting(claim_at, judge, batch)
    yield from meeting.of([ordered[at] for at in standing], at_once=whole or hiding)


def _bills(claims: Sequence[Claim], judge: Judge) -> Bills:
    """The claims, in sorted batch order, that are versions of one bill."""
    return bills_among(
        claims,
        cache(lambda at: judge.over(claims[at], None).disposition is Disposition.REJECTED),
        lambda at: candidates(claims[at], judge.history),
    )


class _Told(NamedTuple):
    """A claim that was evaluated by itself, with the standing that it had `alone`.

    Ordered by the `last` day on which anything may matter to it.
    """

    last: float
    number: int
    stub: ClaimSummary
    case: Case
    alone: Standing

    @property
    def is_unsettled(self) -> bool:
        """Whether its standing among the others may be another than it was alone."""
        return self.case.standing != self.alone

    def result(self) -> Met:
        """The result by the current findings."""
        return Met(self.stub.place, self.case.result())


class _Meeting:
    """A member's claims that were evaluated by themselves (`waiting`) or with the others (`told`), and not returned
    yet."""

    def __init__(self, claim_at: Callable[[int], Claim], judge: Judge, batch: Batch) -> None:
        self._claim_at = claim_at
        self._judge = judge
        self._batch = batch
        self._waiting: list[_Told] = []
        self._told: list[_Told] = []
        self._begin: list[tuple[float, int]] = []  #: first days of the waiting claims, and of some that no longer wait
        self._numbers: set[int] = set()  #: of the waiting claims
        self._count = 0

    def of(self, standing: Iterable[ClaimSummary], *, at_once: bool) -> Iterator[Met]:
        """Results of claims that count; `at_once` if any of them, whenever it comes, may hide another claim."""
        left = sorted(standing, key=_first)[::-1]  # popped from the end, in order; ties keep theirs
        if at_once:
            self._open_together(left[::-1])
            yield from self._all_at_once(())
            return
        day = -inf
        while left:
            if left[-1].first > day:
                day = left[-1].first
                changed = self._tell_before(day)
                if changed is not None:
                    yield from self._all_at_once(reversed(left), changed)
                    return
                yield from self._given_before(day)
            self._open(left.pop())
        changed = self._tell_before(inf)
        yield from self._given_before(inf) if changed is None else self._all_at_once((), changed)

    def _open(self, stub: ClaimSummary) -> None:
        """Evaluates a claim by itself, and records it."""
        self._record(stub, self._judge.opened(self._claim_at(stub.place)))

    def _open_together(self, stubs: Sequence[ClaimSummary]) -> None:
        """Evaluates each claim by itself, and records it, where one may hide a claim of the history.

        By itself means over a history without what the batch has a version of: a claim repeats nothing that another one
        replaces or voids.
        """
        cases = [self._judge.opened(self._claim_at(stub.place)) for stub in stubs]
        if self._judge.history is not None:
            versions = self._batch.emptied()
            for case in cases:
                versions.record(case.claim, case.standing)
            if versions.hides_any:
                over = versions.emptied()
                for case in cases:
                    case.beside(over)
        for stub, case in zip(stubs, cases, strict=True):
            self._record(stub, case)

    def _record(self, stub: ClaimSummary, case: Case) -> None:
        alone = case.standing
        self._batch.record(case.claim, alone)
        self._count += 1
        heappush(self._waiting, _Told(max(stub.last, case.until), self._count, stub, case, alone))
        heappush(self._begin, (stub.first, self._count))
        self._numbers.add(self._count)

    def _tell_before(self, day: float) -> Case | None:
        """Evaluates the claims that end before a day given the others; returns one whose standing changes with that."""
        while self._waiting and (self._waiting[0].last < day or day == inf):
            told = heappop(self._waiting)
            self._numbers.discard(told.number)
            heappush(self._told, told)
            changed = told.case.beside(self._batch) and told.is_unsettled
            if changed and self._batch.unsettled(told.case.claim, told.case.standing):
                return told.case
        return None

    def _given_before(self, day: float) -> Iterator[Met]:
        """Results of claims on whose days, and on the day after, no claim starts that was not evaluated."""
        while self._begin and self._begin[0][1] not in self._numbers:
            heappop(self._begin)
        begins = min(day, self._begin[0][0]) if self._begin else day
        while self._told and (self._told[0].last + 1 < begins or begins == inf):
            yield heappop(self._told).result()

    def _all_at_once(self, left: Iterable[ClaimSummary], *changed: Case) -> Iterator[Met]:
        """Results of all claims not returned yet; `changed` was evaluated and has to be settled."""
        for stub in left:
            self._open(stub)
        met = [*changed, *[told.case for told in self._waiting if told.case.beside(self._batch)]]
        settled = [case.claim for case in met if self._batch.settle(case.claim, case.standing)]
        days = _Days(settled)
        for told in sorted((*self._told, *self._waiting)):
            if settled and (told.case.is_counted or days.near(told.case.claim)):
                told.case.beside(self._batch)
            yield told.result()


def _first(stub: ClaimSummary) -> float:
    return stub.first


class _Days:
    """The days of some claims: whether any is on the days of another claim, or the day before or after."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._days: ByDay[int] = ByDay()
        for number, claim in enumerate(claims):
            if (days := days_of(claim)) is not None:
                first, last = days
                self._days.add(first, last - first, number)

    def near(self, claim: Claim) -> bool:
        """Whether a claim is near in that sense."""
        days = days_of(claim)
        return days is not None and any(True for _ in self._days.between(days[0] - 1, days[1] + 1))


def when(claim: Claim) -> tuple[date, date, str]:
    """The order of a sorted batch: first service date, receipt date, claim id."""
    days = [line.service_date for line in claim.lines if isinstance(line.service_date, date)]
    received = claim.received_date if isinstance(claim.received_date, date) else date.max
    return min(days, default=date.max), received, claim.claim_id if isinstance(claim.claim_id, str) else ""
