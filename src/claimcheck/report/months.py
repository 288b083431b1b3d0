"""Months of service, and the range of them that fits a chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

__all__ = ["Month", "stretch"]


class Month(NamedTuple):
    """A month, in chronological order.

    >>> list(Month.through(Month(2023, 12), Month(2024, 1)))
    [Month(year=2023, month=12), Month(year=2024, month=1)]
    >>> str(Month.read("2024-07-15"))
    '2024-07'
    """

    year: int
    month: int

    @classmethod
    def read(cls, text: str) -> Month:
        """The month of a date or month in text (YYYY-MM...)."""
        return cls(int(text[:4]), int(text[5:7]))

    @classmethod
    def at(cls, number: int) -> Month:
        """The month with that number, see `number`."""
        return cls(*((number // 12), number % 12 + 1))

    @classmethod
    def through(cls, first: Month, last: Month) -> Iterator[Month]:
        """Every month from one to another."""
        return map(cls.at, range(first.number, last.number + 1))

    @property
    def number(self) -> int:
        """Months since the year 0."""
        return self.year * 12 + self.month - 1

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def stretch(lines: Mapping[Month, int], most: int = 36) -> tuple[Month, ...]:
    """The months, among those with lines, in the range of that many months that has the most lines.

    A date with a wrong year must not stretch the axis until it is unreadable.

    >>> typo, july, august = Month(1924, 7), Month(2024, 7), Month(2024, 8)
    >>> stretch({typo: 1, july: 40, august: 30}) == (july, august)
    True
    """
    best: tuple[Month, ...] = ()
    counted = 0
    for first in sorted(lines):
        within = tuple(month for month in sorted(lines) if 0 <= month.number - first.number < most)
        count = sum(lines[month] for month in within)
        if count > counted:
            best, counted = within, count
    return best
