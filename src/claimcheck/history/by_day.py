"""Things that lie on days, found by them however many there are.

>>> stays = ByDay()
>>> for first, nights, name in ((10, 0, "visit"), (8, 3, "stay"), (2, 1, "earlier")):
...     stays.add(first, nights, name)
>>> sorted(stays.between(10, 12)), sorted(stays.between(3, 9)), list(stays.between(4, 7))
(['stay', 'visit'], ['earlier', 'stay'], [])
>>> stays.remove(8, 3, "stay")
>>> list(stays.between(9, 30)), list(stays.beginning(2))
(['visit'], ['earlier'])
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Container, Iterator
from heapq import merge
from itertools import groupby
from typing import Generic, TypeVar

__all__ = ["ByDay", "DaysOfCodes"]

T = TypeVar("T")


class ByDay(Generic[T]):
    """Things by their first day and the number of days after it.

    They are kept by how long they last, to the next power of two, so that a few long ones do not make the look at all
    others longer.
    """

    __slots__ = ("_days", "_things")

    def __init__(self) -> None:
        self._days: dict[int, list[int]] = {}  # by length: the first days, in their order
        self._things: dict[tuple[int, int], list[tuple[int, T]]] = {}  # by length and first day: last day, thing

    def add(self, first: int, span: int, thing: T) -> None:
        """Adds a thing."""
        length = span.bit_length()
        there = self._things.get((length, first))
        if there is None:
            there = self._things[length, first] = []
            insort(self._days.setdefault(length, []), first)
        there.append((first + span, thing))

    def remove(self, first: int, span: int, thing: T) -> None:
        """Removes a thing that was added so."""
        length = span.bit_length()
        there = self._things[length, first]
        there.remove((first + span, thing))
        if not there:
            del self._things[length, first]
            days = self._days[length]
            del days[bisect_left(days, first)]

    def between(self, first: int, through: int) -> Iterator[T]:
        """What lies on any day from `first` to `through`, in no order."""
        for length, days in self._days.items():
            begin = bisect_left(days, first - (1 << length) + 1)
            for day in days[begin : bisect_right(days, through)]:
                for last, thing in self._things[length, day]:
                    if last >= first:
                        yield thing

    def beginning(self, day: int) -> Iterator[T]:
        """What begins on a day."""
        for length in self._days:
            for _, thing in self._things.get((length, day), ()):
                yield thing


class DaysOfCodes:
    """The days on which codes were billed; a day stays when what was billed on it is taken out."""

    __slots__ = ("_days",)

    def __init__(self) -> None:
        self._days: dict[str, list[int]] = {}

    def add(self, code: str, day: int) -> None:
        """A code was billed on a day."""
        days = self._days.setdefault(code, [])
        place = bisect_left(days, day)
        if place == len(days) or days[place] != day:
            days.insert(place, day)

    def of(self, codes: Container[str], first: int, through: int) -> Iterator[int]:
        """The days from `first` to `through` on which any of the codes was billed, in their order."""
        several = [days for code, days in self._days.items() if code in codes]
        found = (days[bisect_left(days, first) : bisect_right(days, through)] for days in several)
        return (day for day, _ in groupby(merge(*found)))
