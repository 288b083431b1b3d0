"""Date formats in the official files, each read with a cache.

>>> compact()["20240701"], julian()["2013091"], iso()["2024-07-01"], iso()["7/1/2024"]
(datetime.date(2024, 7, 1), datetime.date(2013, 4, 1), datetime.date(2024, 7, 1), datetime.date(2024, 7, 1))
>>> compact()["20240230"]
Traceback (most recent call last):
    ...
ValueError: a date: text of 8: 99999999, where a day written YYYYMMDD is expected
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from claimcheck import dates
from claimcheck.tables.readers.kinds import unlike

__all__ = ["Days", "compact", "iso", "julian"]

_MOST = 50_000  #: days in 136 years: the cache stays small whatever a file holds


class Days(dict[str, datetime.date]):
    """Text to date; raises `ValueError` for text that is not a date in the format `form`."""

    def __init__(self, form: str, read: Callable[[str], datetime.date | None]) -> None:
        super().__init__()
        self._form = form
        self._read = read

    def __missing__(self, text: str) -> datetime.date:
        day = self._read(text)
        if day is None:
            raise ValueError(unlike("a date", text, f"a day written {self._form}"))
        if len(self) < _MOST:
            self[text] = day
        return day

    def optional(self, text: str) -> datetime.date | None:
        """The date, or None for a blank."""
        text = text.strip()
        return self[text] if text else None


def compact() -> Days:
    """YYYYMMDD, as in the PTP and HCPCS files."""
    return Days("YYYYMMDD", lambda text: dates.read(text) if len(text) == 8 else None)


def julian() -> Days:
    """YYYYDDD, as in the add-on file: the year and the day of the year from 001."""
    return Days("YYYYDDD", _julian)


def iso() -> Days:
    """YYYY-MM-DD, as in user lists and X12's; also YYYYMMDD, and MM/DD/YYYY as X12 prints it."""
    return Days("YYYY-MM-DD", _iso)


def _julian(text: str) -> datetime.date | None:
    if len(text) != 7 or not (text.isascii() and text.isdigit()):
        return None
    year, number = int(text[:4]), int(text[4:])
    try:
        day = datetime.date(year, 1, 1) + datetime.timedelta(number - 1)
    except (ValueError, OverflowError):
        return None
    return day if day.year == year else None


def _iso(text: str) -> datetime.date | None:
    month, slash, rest = text.partition("/")
    if slash and text.isascii():
        day, _, year = rest.partition("/")
        text = f"{year}-{month:0>2}-{day:0>2}"
    return dates.read(text)
