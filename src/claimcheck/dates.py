"""Civil dates: a claim has dates, never times or time zones.

>>> read("2024-07-01"), read("20240701")
(datetime.date(2024, 7, 1), datetime.date(2024, 7, 1))
>>> read("07/01/2024") is None and read("2024-07-01T10:00:00+02:00") is None and read("20240230") is None
True
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from functools import lru_cache

__all__ = ["days", "months_later", "next_workday", "quarter_end", "read", "years"]

_DAY = datetime.timedelta(days=1)
_SATURDAY = 5
#: The first year in which June 19 is a holiday (Public Law 117-17).
_JUNETEENTH = 2021


@lru_cache(maxsize=16_384)
def read(text: str) -> datetime.date | None:
    """The date that `text` spells as YYYY-MM-DD or YYYYMMDD (the X12 D8 form), else None.

    Other spellings are refused, not guessed: 01/02/2024 has two readings. ASCII digits only.
    """
    if not text.isascii():
        return None
    if len(text) == 10 and text[4] == text[7] == "-":
        text = text.replace("-", "")
    if len(text) != 8 or not text.isdigit():
        return None
    try:
        return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def quarter_end(day: datetime.date) -> datetime.date:
    """The last day of the calendar quarter of `day`.

    >>> quarter_end(datetime.date(2024, 7, 1))
    datetime.date(2024, 9, 30)
    """
    month = (day.month - 1) // 3 * 3 + 3
    return datetime.date(day.year, month, 31 if month in (3, 12) else 30)


def months_later(day: datetime.date, months: int) -> datetime.date:
    """`day` moved by `months` calendar months; a day that the month lacks becomes its last day.

    >>> months_later(datetime.date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def years(birth: datetime.date, day: datetime.date) -> int:
    """Whole years of age on a day; a birthday on February 29 is kept on March 1 of other years.

    >>> years(datetime.date(2000, 2, 29), datetime.date(2023, 2, 28))
    22
    """
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def next_workday(day: datetime.date) -> datetime.date:
    """`day`, or the first day after it that is neither on a weekend nor a federal holiday (5 U.S.C. 6103).

    >>> str(next_workday(datetime.date(2024, 7, 3))), str(next_workday(datetime.date(2024, 7, 4)))
    ('2024-07-03', '2024-07-05')
    >>> str(next_workday(datetime.date(2021, 12, 24)))  # Christmas of 2021 is a Saturday
    '2021-12-27'
    """
    while day.weekday() >= _SATURDAY or day in _holidays(day.year):
        day += _DAY
    return day


@lru_cache(maxsize=512)
def _holidays(year: int) -> frozenset[datetime.date]:
    """The days of a year on which federal holidays are observed; January 1 of the next may be observed on December
    31."""
    fixed = [(1, 1), (7, 4), (11, 11), (12, 25), *([(6, 19)] if year >= _JUNETEENTH else [])]
    kept = [datetime.date(year, month, day) for month, day in fixed]
    if year < datetime.MAXYEAR:
        kept.append(datetime.date(year + 1, 1, 1))
    moved = [day - _DAY if day.weekday() == _SATURDAY else day + _DAY for day in kept if day.weekday() >= _SATURDAY]
    floating = [_nth(year, month, 0, which) for month, which in ((1, 3), (2, 3), (9, 1), (10, 2))]
    memorial = _nth(year, 6, 0, 1) - datetime.timedelta(weeks=1)
    return frozenset([*kept, *moved, *floating, memorial, _nth(year, 11, 3, 4)])


def _nth(year: int, month: int, weekday: int, which: int) -> datetime.date:
    """The `which`-th given weekday of a month (Monday is 0)."""
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """Every day from `first` to `last`, inclusive."""
    while first <= last:
        yield first
        first += _DAY
