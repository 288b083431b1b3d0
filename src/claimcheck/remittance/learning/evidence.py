"""What speaks for a candidate: the answered lines that it explains and the policy in use does not, and the reverse."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

import attrs

from claimcheck.claims import Disposition, LineResult
from claimcheck.extras import extra
from claimcheck.remittance.answers import Answer
from claimcheck.remittance.comparison import ComparedLine

with extra("learn"):
    from scipy.stats import binomtest

__all__ = ["Evidence", "Vote", "agreement", "evidence"]

LineKey = tuple[int, int]
"""A claim, by its place among all, and a line of it, by its place."""


@attrs.frozen(order=True)
class Vote:
    """One answered line on which the candidate and the policy in use differ, and which of them the payer was with."""

    day: datetime.date
    is_for: bool


@attrs.frozen
class Evidence:
    """The votes from `start` on (None: all of them), and the interval of the share that is for the candidate.

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
        """How many lines differ by the candidate."""
        return self.lines_for + self.lines_against

    @property
    def net(self) -> int:
        """How many more lines the candidate explains than it leaves unexplained."""
        return self.lines_for - self.lines_against


def agreement(expected: LineResult, answer: ComparedLine) -> int:
    """How well an expectation fits what was answered: 0 not at all, 1 in what becomes of the line, 2 in its reason.

    Where the line has a price by convention, the payment must be that price.
    """
    denied = answer.actual is Answer.DENIED
    deciding = expected.deciding
    same_reason = deciding is not None and deciding.carc in answer.actual_carcs
    match expected.disposition:
        case Disposition.DENIED | Disposition.REJECTED:
            return (2 if same_reason else 1) if denied else 0
        case Disposition.REVIEW:
            return 1
        case Disposition.REPORT_ONLY:
            return 0 if answer.paid else 2 if same_reason or not denied else 1
    if denied:
        return 0
    price = expected.allowed_amount
    return 2 if price is None or answer.actual is not Answer.PAID or answer.paid == price else 0


def votes(
    answers: Mapping[LineKey, ComparedLine],
    before: Mapping[LineKey, LineResult],
    after: Mapping[LineKey, LineResult],
) -> list[Vote]:
    """The votes of the lines that were judged again, in the order of their days."""
    found = []
    for key, expected in after.items():
        answer = answers.get(key)
        if answer is None or answer.service_date is None:
            continue
        by_candidate, by_policy = agreement(expected, answer), agreement(before[key], answer)
        if by_candidate != by_policy:
            found.append(Vote(answer.service_date, by_candidate > by_policy))
    return sorted(found)


def evidence(given: Sequence[Vote]) -> Evidence | None:
    """The evidence for a candidate, from the day on from which most speaks for it; None where nothing does.

    The day counts only where what was before it speaks against the candidate; else it always held.

    >>> days = [datetime.date(2024, month, 1) for month in range(1, 13)]
    >>> said = evidence([Vote(day, day.month > 6) for day in days for _ in range(5)])
    >>> said.start, said.lines_for, said.lines_against, said.low > 0.8
    (datetime.date(2024, 7, 1), 30, 0, True)
    >>> evidence([Vote(days[0], False)]) is None
    True
    """
    best = _best_start(given)
    if best is None:
        return None
    before, counted = given[:best], given[best:]
    against_before = sum(not vote.is_for for vote in before)
    if not _is_change(before, against_before):
        counted = given
    lines_for = sum(vote.is_for for vote in counted)
    if not lines_for:
        return None
    interval = binomtest(lines_for, len(counted)).proportion_ci(0.95, "wilson")
    return Evidence(
        lines_for,
        len(counted) - lines_for,
        counted[0].day,
        counted[-1].day,
        float(interval.low),
        float(interval.high),
        counted[0].day if len(counted) < len(given) else None,
    )


def _best_start(given: Sequence[Vote]) -> int | None:
    """Where the votes begin of which most are for the candidate, at the first vote of a day."""
    sums = list(accumulate((1 if vote.is_for else -1 for vote in reversed(given)), initial=0))[::-1]
    starts = [at for at in range(len(given)) if at == 0 or given[at].day != given[at - 1].day]
    best = max(starts, key=lambda at: sums[at], default=None)
    return best if best is not None and sums[best] > 0 else None


def _is_change(before: Iterable[Vote], against: int) -> bool:
    """Whether what was before speaks for a change, and is no noise: five lines, nearly all against the candidate."""
    total = sum(1 for _ in before)
    return against >= 5 and against > 0.8 * total
