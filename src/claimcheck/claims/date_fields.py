"""Readers of dates."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

from claimcheck import dates
from claimcheck.claims import scalars, spelled
from claimcheck.claims.read_as import ReadAs
from claimcheck.claims.reading import digits_of, unreadable
from claimcheck.claims.unreadable import Unreadable

__all__ = ["birth_date", "civil_date", "member_date"]


_MEMBER_DATE = Unreadable("a date as YYYY-MM-DD or YYYYMMDD")


def civil_date(value: datetime.date | str | Any | None) -> Any:
    """A date. For a timestamp, the date in its own time zone; claims have no times.

    >>> civil_date("20240701"), civil_date("2024-13-01")
    (datetime.date(2024, 7, 1), Unreadable(expected='a date as YYYY-MM-DD or YYYYMMDD', shape='text of 10: 9999-99-99'))
    >>> civil_date("07/15/2024").how, civil_date(20240715).how, civil_date(datetime.datetime(2024, 7, 15, 8)).how
    ('a date as MM/DD/YYYY', 'a number', 'a timestamp, its time of day left out')
    """
    if value is None or type(value) is datetime.date:
        return value
    if type(value) is str:
        read = dates.read(value.strip())
        return _date_of_text(value, spelled.SERVICES) if read is None else read
    return _civil_date(value, spelled.SERVICES)


def _civil_date(value: Any, first_year: int) -> Any:
    value = scalars.plain(value)
    kind = type(value)
    if kind is str:
        return _date_of_text(value, first_year)
    if value is None or kind is datetime.date:
        return value
    if kind is datetime.datetime:
        day = value.date()
        midnight = value.tzinfo is None and value.time() == datetime.time.min
        return day if midnight else ReadAs(day, "a timestamp, its time of day left out")
    digits = digits_of(value)
    day = None if digits is None else dates.read(digits)
    return unreadable(value, _MEMBER_DATE.expected) if day is None else ReadAs(day, "a number")


def _date_of_text(value: str, first_year: int) -> Any:
    text = value.strip()
    read = dates.read(text)
    if read is not None:
        return read
    if not text:
        return None
    found = _spelled_day(text, first_year)
    return unreadable(text, _MEMBER_DATE.expected) if found is None else found


@lru_cache(maxsize=16_384)
def _spelled_day(text: str, first_year: int) -> ReadAs | None:
    found = spelled.day(text, first_year)
    return None if found is None else ReadAs(*found)


def member_date(value: datetime.date | str | Any | None) -> Any:
    """Like `civil_date`, for a member field: not even the shape of an unreadable value is kept."""
    if value is None or type(value) is datetime.date:
        return value
    read = _civil_date(value, spelled.SERVICES)
    return _MEMBER_DATE if type(read) is Unreadable else read


def birth_date(value: datetime.date | str | Any | None) -> Any:
    """Like `member_date`. A two-digit year is one from 1930 to 2029.

    >>> birth_date("3/17/45").value, member_date("3/17/45").value
    (datetime.date(1945, 3, 17), datetime.date(2045, 3, 17))
    """
    if value is None or type(value) is datetime.date:
        return value
    read = _civil_date(value, spelled.BIRTHS)
    return _MEMBER_DATE if type(read) is Unreadable else read
