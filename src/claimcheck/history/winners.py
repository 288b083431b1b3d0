"""Which uses of a service exceed a limit: a pure function of all uses together, whoever asks and when.

>>> from claimcheck.policies.parameters.frequency import Limit, Window
>>> from claimcheck.policies import CodeSpans
>>> def days(*texts):
...     return [Given(date.fromisoformat(text)) for text in texts]
>>> yearly = Limit("yearly", CodeSpans.of(["3044F"]))
>>> sorted(excess(yearly, days("2024-02-01", "2024-12-31", "2025-01-01")))
[1]

A rolling window runs from a use that counts; an excess within it begins no window of its own:

>>> rolling = Limit("rolling", CodeSpans.of(["3044F"]), window=Window.ROLLING_12_MONTHS)
>>> sorted(excess(rolling, days("2023-06-01", "2024-05-31", "2024-06-01", "2025-05-31")))
[1, 3]

A pregnancy is told by its delivery; of a use whose delivery is not known nothing can be said, nor of another that
may be of the same pregnancy:

>>> maternity = Limit("maternity", CodeSpans.of(["0501F"]), window=Window.PREGNANCY)
>>> known = Given(date(2024, 3, 1), delivery=date(2024, 8, 1))
>>> uses = [known, Given(date(2024, 4, 1)), Given(date(2024, 5, 1), delivery=date(2024, 8, 1))]
>>> sorted(excess(maternity, uses)), sorted(unsettled(maternity, uses))
([2], [0, 1])
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import date, timedelta
from typing import Protocol

import attrs

from claimcheck.dates import months_later
from claimcheck.policies.parameters.frequency import Limit, Window

__all__ = ["Given", "excess", "taken_by", "unsettled"]

#: From the first day of a pregnancy to the last visit after it: forty weeks, and twelve (a postpartum visit).
_LONGEST_CARE = timedelta(weeks=52)


class Counted(Protocol):
    """A use of a service: its day, whether it counts, and the end of its pregnancy where that is known."""

    @property
    def day(self) -> date: ...
    @property
    def counts(self) -> bool: ...
    @property
    def delivery(self) -> date | None: ...


@attrs.frozen
class Given:
    """A use of a service, and nothing beside what decides."""

    day: date
    counts: bool = True
    delivery: date | None = None


def excess(limit: Limit, uses: Sequence[Counted]) -> frozenset[int]:
    """The places, in `uses`, of those beyond the limit. `uses` come in the order in which they are counted.

    What does not count is never beyond the limit, nor is an excess counted against a later use.
    """
    return frozenset(taken_by(limit, uses))


def taken_by(limit: Limit, uses: Sequence[Counted]) -> dict[int, tuple[int, ...]]:
    """For each place beyond the limit, the places of the uses that take up its period."""
    if limit.window is Window.ROLLING_12_MONTHS:
        return _rolling(limit, uses)
    taken: dict[Hashable, list[int]] = defaultdict(list)
    beyond = {}
    for place, use in enumerate(uses):
        if use.counts and not _lacks_delivery(limit, use):
            winners = taken[_period(limit, use)]
            if len(winners) < limit.most:
                winners.append(place)
            else:
                beyond[place] = tuple(winners)
    return beyond


def unsettled(limit: Limit, uses: Sequence[Counted]) -> frozenset[int]:
    """The places, in `uses`, of those that may or may not be beyond the limit, for want of a delivery date.

    Of a use whose own delivery is known that hangs on the uses, within the time of one pregnancy and the care after
    it, whose delivery is not.
    """
    unknown = [use.day for use in uses if use.counts and _lacks_delivery(limit, use)]
    if not unknown:
        return frozenset()
    settled = excess(limit, uses)
    return frozenset(
        place
        for place, use in enumerate(uses)
        if use.counts and place not in settled and any(abs(use.day - day) <= _LONGEST_CARE for day in unknown)
    )


def _rolling(limit: Limit, uses: Sequence[Counted]) -> dict[int, tuple[int, ...]]:
    winners: list[int] = []
    beyond = {}
    for place, use in enumerate(uses):
        if not use.counts:
            continue
        latest = tuple(winners[-limit.most :])
        if len(latest) == limit.most and _within_12_months(uses[latest[0]].day, use.day):
            beyond[place] = latest
        else:
            winners.append(place)
    return beyond


def _within_12_months(earlier: date, day: date) -> bool:
    """Half open: the day twelve months later is free again, and 2024-02-29 frees 2025-02-28."""
    return earlier.year == date.max.year or day < months_later(earlier, 12)


def _lacks_delivery(limit: Limit, use: Counted) -> bool:
    return limit.window is Window.PREGNANCY and use.delivery is None


def _period(limit: Limit, use: Counted) -> Hashable:
    match limit.window:
        case Window.CALENDAR_YEAR:
            return use.day.year
        case Window.POLICY_YEAR:
            return use.day.year - (use.day.isoformat()[5:] < limit.year_starts)
        case Window.PREGNANCY:
            return use.delivery
        case _:
            return None
