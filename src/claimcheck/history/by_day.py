"""An index of items by day, fast however many there are.

>>> stays = ByDay()
>>> for first, nights, name in ((10, 0, "visit"), (8, 3, "stay"), (2, 1, "earlier")):
...     stays.add(first, nights, name)
>>> sorted(stays.between(10, 12)), sorted(stays.between(3, 9)), list(stays.between(4, 7))
(['stay', 'visit'], ['earlier', 'stay'], [])
>>> stays.remove(8, 3, "stay")
>>> list(stays.between(9, 30))
['visit']
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Container, Hashable, Iterator
from heapq import merge
from typing import Any, Generic, TypeVar

__all__ = ["ByCode", "ByDay", "Order"]

T = TypeVar("T", bound=Hashable)


class ByDay(Generic[T]):
    """Items by their first day and the number of days after it.

    They are bucketed by length, rounded up to a power of two, so that a few long ones do not slow the lookup of all
    others.
    """

    __slots__ = ("_days", "_things")

    def __init__(self) -> None:
        self._days: dict[int, list[int]] = {}  # by length: the first days, sorted
        self._things: dict[tuple[int, int], dict[T, int]] = {}  # by length and first day: items with their last day

    def add(self, first: int, span: int, thing: T) -> None:
        """Adds an item."""
        length = span.bit_length()
        there = self._things.get((length, first))
        if there is None:
            there = self._things[length, first] = {}
            insort(self._days.setdefault(length, []), first)
        there[thing] = first + span

    def remove(self, first: int, span: int, thing: T) -> None:
        """Removes an item added the same way."""
        length = span.bit_length()
        there = self._things[length, first]
        del there[thing]
        if not there:
            del self._things[length, first]
            days = self._days[length]
            del days[bisect_left(days, first)]

    def between(self, first: int, through: int) -> Iterator[T]:
        """Items on any day from `first` to `through`, unordered."""
        for length, days in self._days.items():
            begin = bisect_left(days, first - (1 << length) + 1)
            for day in days[begin : bisect_right(days, through)]:
                for thing, last in self._things[length, day].items():
                    if last >= first:
                        yield thing


Order = tuple[object, ...]


class ByCode(Generic[T]):
    """Items by code, sorted by day and then by a key within the day.

    >>> reports = ByCode()
    >>> for day, name in ((12, "B"), (10, "C"), (12, "A")):
    ...     reports.add("3044F", (day, name), name)
    >>> reports.remove("3044F", (10, "C"))
    >>> list(reports.of({"3044F", "3046F"}, 1, 12)), list(reports.of({"3046F"}, 1, 12))
    (['A', 'B'], [])
    """

    __slots__ = ("_codes",)

    def __init__(self) -> None:
        self._codes: dict[str, _Days[T]] = {}

    def add(self, code: str, order: Order, thing: T) -> None:
        """Adds an item; `order` begins with its day and is unique within the code."""
        insort(self._codes.setdefault(code, _Days()).on(order[0]), (order, thing))

    def remove(self, code: str, order: Order) -> None:
        """Removes an item added the same way."""
        days = self._codes[code]
        there = days.on(order[0])
        del there[bisect_left(there, order, key=_order)]
        days.clear(order[0])

    def of(self, codes: Container[str], first: int, through: int) -> Iterator[T]:
        """The items of any of the codes, from day `first` to `through`, in order."""
        if isinstance(codes, frozenset):
            several = [self._codes[code] for code in codes if code in self._codes]
        else:
            several = [days for code, days in self._codes.items() if code in codes]
        if len(several) == 1:
            return (thing for _, thing in several[0].between(first, through))
        return (thing for _, thing in merge(*[days.between(first, through) for days in several], key=_order))


class _Days(Generic[T]):
    """The items of one code: the days that have any, sorted, and the items of each day, sorted."""

    __slots__ = ("_days", "_things")

    def __init__(self) -> None:
        self._days: list[int] = []
        self._things: dict[int, list[tuple[Order, T]]] = {}

    def on(self, day: Any) -> list[tuple[Order, T]]:
        there = self._things.get(day)
        if there is None:
            there = self._things[day] = []
            insort(self._days, day)
        return there

    def clear(self, day: Any) -> None:
        """Removes a day that has no items left."""
        if not self._things[day]:
            del self._things[day]
            del self._days[bisect_left(self._days, day)]

    def between(self, first: int, through: int) -> Iterator[tuple[Order, T]]:
        for at in range(bisect_left(self._days, first), bisect_right(self._days, through)):
            yield from self._things[self._days[at]]


def _order(entry: tuple[Order, Any]) -> Order:
    return entry[0]
