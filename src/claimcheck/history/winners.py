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
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from datetime import date
from typing import Protocol

import attrs

from claimcheck.dates import months_later
from claimcheck.policies.parameters.frequency import Limit, Window

__all__ = ["Given", "excess"]


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
    if limit.window is Window.ROLLING_12_MONTHS:
        return _rolling(limit, uses)
    taken: Counter[Hashable] = Counter()
    beyond = set()
    for place, use in enumerate(uses):
        if use.counts:
            period = _period(limit, use)
            if taken[period] >= limit.most:
                beyond.add(place)
            else:
                taken[period] += 1
    return frozenset(beyond)


def _rolling(limit: Limit, uses: Sequence[Counted]) -> frozenset[int]:
    winners: list[date] = []
    beyond = set()
    for place, use in enumerate(uses):
        if not use.counts:
            continue
        # Half open: the day twelve months later is free again (and 2024-02-29 frees 2025-02-28).
        if sum(use.day < months_later(day, 12) for day in winners) >= limit.most:
            beyond.add(place)
        else:
            winners.append(use.day)
    return frozenset(beyond)


def _period(limit: Limit, use: Counted) -> Hashable:
    match limit.window:
        case Window.CALENDAR_YEAR:
            return use.day.year
        case Window.POLICY_YEAR:
            starts = date.fromisoformat(f"{use.day.year}-{limit.year_starts}")
            return use.day.year - (use.day < starts)
        case Window.PREGNANCY:
            return use.delivery
        case _:
            return None
