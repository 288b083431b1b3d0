"""What speaks for a value: the answered lines that it explains and the policy in use does not, and the reverse."""

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
"""A claim, by its place among all, and a line of it, by its place."""

Votes = Mapping[LineKey, bool]
"""Of each answered line on which a value and the policy in use differ, whether the payer was with the value."""

_NOISE = 5


@attrs.frozen
class Evidence:
    """The votes from `start` on (None: all of them), and the interval of the share that is for the value.

    `low` and `high` bound it with 95 % confidence (Wilson score interval).
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
        """How many lines differ by the value."""
        return self.lines_for + self.lines_against

    @property
    def net(self) -> int:
        """How many more lines the value explains than it leaves unexplained."""
        return self.lines_for - self.lines_against


def vote(by_value: int, by_policy: int) -> bool | None:
    """The vote of a line by how well both fit its answer; None where it tells nothing.

    A line that the payer denied for a reason of another kind speaks for no reason.

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
    """The evidence of votes, from the day on from which most is for the value; None where nothing is.

    The day counts only where what was before it speaks against the value; else it always held. Without `dated` it is
    not looked for. `start` is the day from which on the votes were counted, where that is known already.

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
    """Where the votes begin of which most are for the value: at the first of a day, of a month where as much is for it.

    Policies change on the first of a month, and an error or two of the payer's must not shift the day.
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
    """A first of a month between the last vote before and the first one after, else the day of that."""
    first = after.replace(day=1)
    return first if first > before else after


def _is_change(before: Collection[tuple[datetime.date, bool]]) -> bool:
    """Whether what was before speaks for a change, and is no noise: five lines, nearly all against the value."""
    against = sum(not is_for for _, is_for in before)
    return against >= _NOISE and against > 0.8 * len(before)
