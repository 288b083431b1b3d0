"""The evidence for a value: answered lines that it explains and the current policy does not, and the reverse."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

import attrs

from claimcheck.extras import extra

with extra("learn"):
    from scipy.stats import binomtest

__all__ = ["Evidence", "LineKey", "Votes", "evidence", "vote"]

LineKey = tuple[int, int]
"""A claim, by its position among all, and a line of it, by its position."""

Votes = Mapping[LineKey, bool]
"""For each answered line on which a value and the current policy differ, whether the payer agrees with the value."""

_NOISE = 5


@attrs.frozen
class Evidence:
    """The votes from `start` on (None: all of them), and the confidence interval of the share in favor.

    `low` and `high` are its 95 % bounds (Wilson score interval).
    """

    lines_for: int
    lines_against: int
    first: datetime.date
    last: datetime.date
    low: float
    high: float
    start: datetime.date | None = None

    @property
    def lines(self) -> int:
        """On how many lines the value makes a difference."""
        return self.lines_for + self.lines_against

    @property
    def net(self) -> int:
        """How many more lines the value explains than it leaves unexplained."""
        return self.lines_for - self.lines_against


def vote(by_value: int, by_policy: int) -> bool | None:
    """The vote of a line, from how well both fit its answer; None if it does not discriminate.

    A line denied for a reason of another kind supports no reason.

    >>> vote(3, 0), vote(0, 3), vote(1, 0), vote(2, 2)
    (True, False, None, None)
    """
    if by_value == by_policy:
        return None
    if by_value < by_policy:
        return False
    return True if by_value > 1 else None


def evidence(
    votes: Votes, days: Mapping[LineKey, datetime.date], *, dated: bool = True, start: datetime.date | None = None
) -> Evidence | None:
    """The evidence of votes, from the day with the strongest support on; None if there is no support.

    The day counts only if the votes before it speak against the value; otherwise the value held all along. Without
    `dated`, no day is looked for. `start` is the day from which votes were counted, if already known.

    >>> days = {(0, month): datetime.date(2024, month, 5) for month in range(1, 13)}
    >>> every_day = {(copy, month): day for copy in range(5) for (_, month), day in days.items()}
    >>> said = evidence({key: key[1] > 6 for key in every_day}, every_day)
    >>> said.start, said.lines_for, said.lines_against, said.low > 0.8
    (datetime.date(2024, 7, 1), 30, 0, True)
    >>> evidence({(0, 1): False}, days) is None
    True
    """
    given = sorted((days[key], is_for) for key, is_for in votes.items() if key in days)
    best = _best_start(given)
    if best is None:
        return None
    before = given[:best]
    if dated and start is None and _is_change(before):
        start, given = _first_of_month(before[-1][0], given[best][0]), given[best:]
    lines_for = sum(is_for for _, is_for in given)
    interval = binomtest(lines_for, len(given)).proportion_ci(0.95, "wilson")
    return Evidence(
        lines_for,
        len(given) - lines_for,
        given[0][0],
        given[-1][0],
        float(interval.low),
        float(interval.high),
        start,
    )


def _best_start(given: Sequence[tuple[datetime.date, bool]]) -> int | None:
    """Where the votes with the strongest support start: on a day, or on the first of a month if that is supported as
    well.

    Policies change on the first of a month, and an error or two by the payer must not shift the date.
    """
    sums = list(accumulate((1 if is_for else -1 for _, is_for in reversed(given)), initial=0))[::-1]
    starts = [at for at in range(len(given)) if at == 0 or given[at][0] != given[at - 1][0]]
    best = max(starts, key=lambda at: sums[at], default=None)
    if best is None or sums[best] <= 0:
        return None
    firsts = [at for at in starts if at == 0 or given[at][0].replace(day=1) > given[at - 1][0]]
    first = max(firsts, key=lambda at: sums[at])
    return first if sums[first] >= sums[best] - 2 else best


def _first_of_month(before: datetime.date, after: datetime.date) -> datetime.date:
    """A first of a month between the last vote before and the first one after, otherwise the day of the latter."""
    first = after.replace(day=1)
    return first if first > before else after


def _is_change(before: Collection[tuple[datetime.date, bool]]) -> bool:
    """Whether the votes before speak for a change and are not noise: five lines, almost all against the value."""
    against = sum(not is_for for _, is_for in before)
    return against >= _NOISE and against > 0.8 * len(before)
