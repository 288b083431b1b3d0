"""Determines a file's edition from its published names or a title line in it.

NCCI files, fee schedules, and HCPCS appear by calendar quarter and answer exactly for that quarter only: the next
quarter's replacement may delete a row retroactively, and most hold no history at all.

>>> quarter_named("ccipra-v302r0-f1.txt"), quarter_named("MCR_MUE_PractitionerServices_Eff_04-01-2024.csv")
(datetime.date(2024, 7, 1), datetime.date(2024, 4, 1))
>>> quarter_named("AOC_V2024Q3_01-F-MCR.txt"), quarter_named("HCPC2026_JAN_ANWEB_01122026.txt")
(datetime.date(2024, 7, 1), datetime.date(2026, 1, 1))
>>> quarter_named("HCPC2019_CONTR_ANWEB.txt"), quarter_named("HCPC2024_APR_ANWEB_v2.xlsx")
(datetime.date(2019, 1, 1), datetime.date(2024, 4, 1))
>>> quarter_named("PPRRVU24_JUL.csv"), quarter_named("2026 January Web Addendum B.csv"), quarter_named("my.csv")
(datetime.date(2024, 7, 1), datetime.date(2026, 1, 1), None)
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import regex

from claimcheck import dates
from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers.source import Source

__all__ = ["FIRST_DAY", "LAST_DAY", "program_named", "quarter", "quarter_named", "quarterly"]

FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(9999, 12, 31)  #: for a list without bounds

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})[a-z]*"
_GAP = r"[\s_.,-]*"
_NAMES = tuple(
    regex.compile(pattern, regex.IGNORECASE)
    for pattern in (
        # NCCI's version number: the edits began in 1996 with version 2, so version 30 is 2024, and the third digit
        # counts quarters from 0: v302 is 2024's third, v313 is 2025's fourth
        r"(?<![a-z0-9])v(?P<version>[0-9]{2})(?P<turn>[0-3])r[0-9]",
        r"(?P<year>20[0-9]{2})[\s_-]*q(?P<quarter>[1-4])(?![0-9])",
        r"(?<![a-z0-9])q(?P<quarter>[1-4])[\s_-]*(?P<year>20[0-9]{2})(?![0-9])",
        r"eff(?:ective)?[\s_-]*(?P<mm>[01][0-9])[\s_-]?(?P<dd>[0-3][0-9])[\s_-]?(?P<year>20[0-9]{2})(?![0-9])",
        rf"(?P<year>20[0-9]{{2}}) national physician fee schedule relative value file {_MONTH} release",
        rf"(?<![0-9])(?P<year>20[0-9]{{2}}){_GAP}{_MONTH}",
        rf"(?<![a-z]){_MONTH}{_GAP}(?P<year>20[0-9]{{2}})(?![0-9])",
        rf"rvu(?P<short>[0-9]{{2}})[a-d]?r?_?{_MONTH}",
        r"(?<![a-z])rvu(?P<short>[0-9]{2})(?P<letter>[a-d])",
        r"(?<![0-9])(?P<year>20[0-9]{2})-(?P<mm>[01][0-9])(?:-(?P<dd>[0-3][0-9]))?(?![0-9])",
        # HCPCS appeared once a year until 2019, effective January 1, under these names
        r"(?<![a-z0-9])hcpc(?P<year>20[0-9]{2})(?:_contr)?_anweb",
        r"(?<![a-z0-9])hcpc(?P<short>[0-9]{2})(?:_contr)?_anweb",
        r"(?<![0-9])(?P<year>20[0-9]{2})-(?:annual-)?alpha-numeric-hcpcs",
    )
)


def quarter_named(text: str) -> datetime.date | None:
    """The first day on which an edition with this name is in force, or None if the name does not say."""
    for pattern in _NAMES:
        found = pattern.search(text)
        if found is not None:
            return _day({key: value for key, value in found.groupdict().items() if value is not None})
    return None


def _day(named: dict[str, str]) -> datetime.date | None:
    year = int(named.get("year") or "20" + named.get("short", "00"))
    match named:
        case {"version": version, "turn": turn}:
            return datetime.date(1994 + int(version), 3 * int(turn) + 1, 1)
        case {"quarter": number}:
            return datetime.date(year, 3 * int(number) - 2, 1)
        case {"month": month}:
            return datetime.date(year, _MONTHS.index(month.lower()) + 1, 1)
        case {"letter": letter}:  # the releases of a year: A January, B April, C July, D October
            return datetime.date(year, 3 * "abcd".index(letter.lower()) + 1, 1)
        case {"mm": month}:
            return dates.read(f"{year}-{month}-{named.get('dd', '01')}")
        case _:  # a year alone
            return datetime.date(year, 1, 1)


def quarter(source: Source, titles: Iterable[str] = (), *, like: str) -> datetime.date:
    """The first day of the edition: as given, else from a title in the file, else from its names.

    Raises `TableError` if nothing says; `like` is an example of a name that would.
    """
    if source.asked.effective is not None:
        return source.asked.effective
    for text in (*titles, *source.names):
        day = quarter_named(text)
        if day is not None:
            return day
    reason = f"does not say which edition it is: name it as published, like {like}, or give its first day "
    reason += "(--effective, effective=)"
    raise source.error(reason)


def quarterly(program: str, table: str, first: datetime.date, name: str | None = None) -> Edition:
    """The edition that is exact from `first` to the end of its calendar quarter."""
    return Edition(program, table, name or first.isoformat(), first, dates.quarter_end(first))


_MEDICAID = regex.compile(r"medicaid|(?<![a-z])mcd(?![a-z])", regex.IGNORECASE)
_MEDICARE = regex.compile(r"medicare|(?<![a-z])mcr(?![a-z])", regex.IGNORECASE)


def program_named(source: Source) -> str | None:
    """The given program, or the one in the file's names, if any."""
    if source.asked.program is not None:
        return source.asked.program
    for name in source.names:
        if _MEDICAID.search(name):
            return "medicaid"
        if _MEDICARE.search(name):
            return "medicare"
    return None
