"""What tables answer on codes, asked once for each time between two days on which an answer may change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Generic, TypeVar

__all__ = ["Answers"]

T = TypeVar("T")


class Answers(Generic[T]):
    """The answers to one question on a code and a day, which may change on the days that are `boundaries`.

    >>> answers = Answers([date(2024, 7, 1)], lambda code, day: f"{code} in {day:%B}")
    >>> answers.meet([date(2024, 6, 2), date(2024, 6, 30), date(2024, 7, 2)])
    >>> answers.times
    [0, 1]
    >>> answers.of(0, ["99213", "99214"]), answers.of(1, ["99213"])
    (['99213 in June', '99214 in June'], ['99213 in July'])
    """

    def __init__(self, boundaries: Iterable[date], ask: Callable[[str, date], T]) -> None:
        self._boundaries, self._ask = sorted({*boundaries}), ask
        self._days: dict[int, date] = {}
        self._known: dict[int, list[T]] = {}
        self._changes: dict[tuple[int, int], list[bool]] = {}

    def time(self, day: date) -> int:
        """The number of the time that the day lies in."""
        return bisect_right(self._boundaries, day)

    def meet(self, days: Iterable[date]) -> None:
        """Takes note of days."""
        for day in days:
            self._days.setdefault(self.time(day), day)

    @property
    def times(self) -> list[int]:
        """The times in which the days lie of which note was taken."""
        return sorted(self._days)

    def of(self, time: int, codes: Sequence[str]) -> list[T]:
        """The answers in one of the `times` on `codes`: the same as at the last call, and perhaps more after them."""
        known = self._known.setdefault(time, [])
        known += [self._ask(code, self._days[time]) for code in codes[len(known) :]]
        return known

    def ever(self, codes: Sequence[str]) -> list[list[T]]:
        """The answers in each of the `times`, see `of`."""
        return [self.of(time, codes) for time in self.times]

    def changes(self, one: date, other: date, codes: Sequence[str]) -> list[bool] | None:
        """Of which `codes`, see `of`, the answer on one day is not that on the other; None where that is of none."""
        times = self.time(one), self.time(other)
        if times[0] == times[1]:
            return None
        known = self._changes.setdefault(times, [])
        first, second = (self.of(time, codes) for time in times)
        known += [first[place] != second[place] for place in range(len(known), len(codes))]
        return known if any(known) else None
