"""Results that later claims have superseded.

A result is based on what is known when a claim arrives. A later claim may have an earlier service date, void a claim
that mattered, or bring a code with which another line is not paid. What holds is a function of everything recorded, in
whatever order it arrived; a delivered result that differs from it is superseded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import attrs

from claimcheck.claims import Disposition, ServiceUse
from claimcheck.claims.verdict import strongest
from claimcheck.history.accounts import plain
from claimcheck.history.recorded import RecordedLine
from claimcheck.history.winners import taken_together
from claimcheck.policies import CodeSpans
from claimcheck.policies.parameters.frequency import Excess, Limit, Per

__all__ = ["FREQUENCY_RULE", "Ground", "RecordedUse", "Superseded", "Terms", "excesses", "superseded"]

FREQUENCY_RULE = "FRQ101"

LineKey = tuple[int, int]  #: a claim's number in the history, and the position of the line


class Terms(NamedTuple):
    """What two uses share that are counted together."""

    limit: str
    service: str
    whose: str | None
    most: int
    window: str
    per: str
    year_starts: str
    beyond: str = str(Excess.REPORT_ONLY)  #: what happens to a use beyond the limit
    by_day: bool = False  #: whether the lines of one day are one use

    @classmethod
    def of(cls, use: ServiceUse) -> Terms:
        """The terms under which a use was counted."""
        return cls(
            use.limit,
            use.service,
            use.whose,
            use.most,
            use.window,
            use.per,
            use.year_starts,
            use.beyond,
            use.by_day,
        )


@attrs.frozen
class Superseded:
    """A line's result that no longer holds: validate the claim again for the new one in full.

    `claim_id` is the claim's id, or a digest where it has none, and `service_date` the line's first day, which tells
    the visits of one account apart; `was` is the line's disposition when its result was last given, `now`
    what it is with all that is recorded. `rule_id` is the rule whose finding changed: with all that is
    recorded it finds against the line (`found`), or no longer does. `limit` and `service` say which limit on which
    service, where it is one. A line on which two findings changed comes twice.
    """

    claim_id: str = attrs.field(repr=False)
    position: int
    line_number: int
    rule_id: str
    was: Disposition
    now: Disposition
    found: bool
    limit: str | None = None
    service: str | None = None
    service_date: date | None = attrs.field(default=None, repr=False)


@attrs.frozen
class RecordedUse:
    """A recorded line as a use of a service, with its place in the order, and whether it counts.

    `given` is what was last delivered: whether the use exceeds the limit; None if both were. `rank` is that of
    `ServiceUse`.
    """

    line: LineKey
    claim: str = attrs.field(repr=False)
    day: date
    received: date | None
    delivery: date | None = attrs.field(repr=False)
    terms: Terms
    counts: bool
    given: bool | None
    key: object = None  #: the history's lookup key for the use
    rank: int = 0
    limited: bool = True
    takes: bool = True

    @property
    def order(self) -> tuple[date, date, str, int, int]:
        """The sort key of lines as in `by_date`, with the rank before the position."""
        return self.day, self.received or date.max, self.claim, self.rank, self.line[1]


@attrs.frozen
class Ground:
    """A reason for not paying a recorded line: whether it was delivered (`given`), and whether it `holds`."""

    line: LineKey
    rule_id: str
    disposition: Disposition
    given: bool
    holds: bool
    limit: str | None = None
    service: str | None = None
    key: object = None  #: the history's lookup key for the reason


def excesses(uses: Iterable[RecordedUse], denials: Sequence[Ground] = ()) -> Iterator[Ground]:
    """The uses of one member that exceed a limit, or were reported to.

    A line under one of the `denials` that hold no longer counts. If both answers were delivered, one was wrong.
    """
    denied = {denial.line for denial in denials if denial.holds}
    together: dict[Terms, list[RecordedUse]] = defaultdict(list)
    for use in uses:
        together[use.terms].append(attrs.evolve(use, counts=False) if use.line in denied else use)
    for group in together.values():
        group.sort(key=_order)
    found = taken_together([(_limit(shared), group) for shared, group in together.items()], line=_order)
    for (shared, group), beyond in zip(together.items(), found, strict=True):
        for place, use in enumerate(group):
            holds = place in beyond
            given = not holds if use.given is None else use.given
            if given or holds:
                yield Ground(
                    use.line,
                    FREQUENCY_RULE,
                    Disposition(shared.beyond),
                    given,
                    holds,
                    shared.limit,
                    shared.service,
                    use.key,
                )


def superseded(lines: Mapping[LineKey, RecordedLine], grounds: Iterable[Ground]) -> Iterator[Superseded]:
    """The reasons that hold and were not delivered, or were delivered and no longer hold.

    `lines` holds at least those with a changed reason, with their dispositions apart from all reasons.
    """
    upon: dict[LineKey, list[Ground]] = defaultdict(list)
    for ground in grounds:
        upon[ground.line].append(ground)
    for key, found in upon.items():
        if all(ground.given == ground.holds for ground in found):
            continue
        line = lines[key]
        was = strongest([line.disposition, *(ground.disposition for ground in found if ground.given)])
        now = strongest([line.disposition, *(ground.disposition for ground in found if ground.holds)])
        for ground in found:
            if ground.given != ground.holds:
                yield Superseded(
                    plain(line.claim),
                    line.position,
                    line.position if line.line_number is None else line.line_number,
                    ground.rule_id,
                    was,
                    now,
                    ground.holds,
                    ground.limit,
                    ground.service,
                    line.service_date,
                )


def _order(use: RecordedUse) -> tuple[date, date, str, int, int]:
    return use.order


def _limit(terms: Terms) -> Limit:
    """The limit of the uses, as far as it decides which exceed it."""
    return Limit(
        terms.limit,
        CodeSpans(),
        most=terms.most,
        per=Per(terms.per),
        window=terms.window,
        year_starts=terms.year_starts,
        by_day=terms.by_day,
    )
