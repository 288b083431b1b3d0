"""Common spellings of dates and amounts other than claimcheck's own: in exports, spreadsheets, and paper forms.

Each reader returns the value and how it was read, or None if the text is not one.

>>> day("07/15/2024"), day("7/15/24"), day("2024-07-15 00:00:00")  # doctest: +NORMALIZE_WHITESPACE
((datetime.date(2024, 7, 15), 'a date as MM/DD/YYYY'),
 (datetime.date(2024, 7, 15), 'a date as MM/DD/YY, its year taken from 1970 to 2069'),
 (datetime.date(2024, 7, 15), 'a timestamp, its time of day left out'))
>>> amount("$1,250.00"), amount("(125.00)")  # doctest: +NORMALIZE_WHITESPACE
((Decimal('1250.00'), 'an amount in dollars with thousands separators'),
 (Decimal('-125.00'), 'an amount in parentheses'))

Not read: day before month, a comma that may be a decimal point, six digits without a separator.

>>> day("15/07/2024"), day("071524"), amount("1,000"), amount("1.250,00")
(None, None, None, None)
"""

from __future__ import annotations

import datetime
from decimal import Decimal

import regex

from claimcheck import dates, money

__all__ = ["BIRTHS", "SERVICES", "amount", "day"]

SERVICES = 1970
"""Two-digit years of services fall in the hundred years from here, as in POSIX (strptime, %y: 69 is 1969)."""
BIRTHS = 1930
"""Two-digit years of births fall in the hundred years from here, because few living members are older."""

_TIME = r"[0-9]{1,2}:?[0-9]{2}(:?[0-9]{2}([.,][0-9]{1,9})?)?( ?[AaPp][Mm])?( ?(Z|z|UTC|GMT|[+-][0-9]{2}(:?[0-9]{2})?))?"
_TIMESTAMP = regex.compile(rf"(?P<day>.{{4,24}}?)(T|t| |,| T)(?P<time>{_TIME})", regex.ASCII)
_YEAR_FIRST = regex.compile(r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})", regex.ASCII)
_MONTH_FIRST = regex.compile(
    r"(?P<month>[0-9]{1,2})([-/ ])(?P<day>[0-9]{1,2})\2(?P<year>[0-9]{4}|[0-9]{2})", regex.ASCII
)
_TOGETHER = regex.compile(r"(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?P<year>(19|20)[0-9]{2})", regex.ASCII)
_NUMBER = regex.compile(r"([0-9]{8})\.0*", regex.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_NAMED = (
    regex.compile(rf"(?P<day>[0-9]{{1,2}})[- ]?{_NAME}[- ,]{{0,2}}(?P<year>[0-9]{{4}})", regex.ASCII),
    regex.compile(rf"{_NAME}[- ]?(?P<day>[0-9]{{1,2}}),?[- ](?P<year>[0-9]{{4}})", regex.ASCII),
)
_FULL = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_AMOUNT = regex.compile(
    r"(?P<sign>[-+]?) ?(?P<dollar>\$?) ?(?P<inner>[-+]?)(?P<whole>[0-9]{1,3}(,[0-9]{3})+|[0-9]*)(?P<cents>(\.[0-9]*)?)",
    regex.ASCII,
)

Day = tuple[datetime.date, str]


def day(text: str, first_year: int = SERVICES) -> Day | None:
    """The date in a text, and how it was read; `first_year` is the first that a two-digit year can mean.

    >>> day("15-JUL-2024"), day("2024-07-15T23:30:00-05:00"), day("07152024")  # doctest: +NORMALIZE_WHITESPACE
    ((datetime.date(2024, 7, 15), 'a date with the name of its month'),
     (datetime.date(2024, 7, 15), 'a timestamp, its time of day left out'),
     (datetime.date(2024, 7, 15), 'a date as MMDDYYYY'))
    """
    found = _day(text, first_year)
    if found is not None:
        return found
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return None
    plain = dates.read(match["day"])
    if plain is not None:
        return plain, "a timestamp, its time of day left out"
    found = _day(match["day"].strip(), first_year)
    return None if found is None else (found[0], f"{found[1]}, its time of day left out")


def _day(text: str, first_year: int) -> Day | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return _dated(match["year"], match["month"], match["day"], f"a date as YYYY{match[2]}MM{match[2]}DD")
    if match := _MONTH_FIRST.fullmatch(text):
        year, how = match["year"], f"a date as MM{match[2]}DD{match[2]}YYYY"
        if len(year) == 2:
            how = f"{how[:-2]}, its year taken from {first_year} to {first_year + 99}"
            year = str(first_year + (int(year) - first_year) % 100)
        return _dated(year, match["month"], match["day"], how)
    if match := _TOGETHER.fullmatch(text):
        return _dated(match["year"], match["month"], match["day"], "a date as MMDDYYYY")
    if match := _NUMBER.fullmatch(text):
        plain = dates.read(match[1])
        return None if plain is None else (plain, "a number")
    for pattern in _NAMED:
        if match := pattern.fullmatch(text):
            return _dated(match["year"], _month(match["name"]), match["day"], "a date with the name of its month")
    return None


def _month(name: str) -> str:
    lower = name.lower()
    names = _MONTHS if len(lower) == 3 else _FULL
    return str(names.index(lower) + 1) if lower in names else "0"


def _dated(year: str, month: str, day: str, how: str) -> Day | None:
    try:
        return datetime.date(int(year), int(month), int(day)), how
    except ValueError:
        return None


def amount(text: str) -> tuple[Decimal, str] | None:
    """The amount in a text, and how it was read: with a dollar sign, thousands separators, or in parentheses.

    Thousands separators are read only with a dollar sign or cents: 1,000 alone may have three decimals.

    >>> amount("1,250.00"), amount("$ -40")
    ((Decimal('1250.00'), 'an amount with thousands separators'), (Decimal('-40'), 'an amount in dollars'))
    """
    enclosed = text[:1] == "(" and text[-1:] == ")"
    match = _AMOUNT.fullmatch(text[1:-1].strip() if enclosed else text)
    if match is None or ((match["sign"] or enclosed) and match["inner"]) or (match["sign"] and enclosed):
        return None
    whole, cents, dollar = match["whole"], match["cents"], match["dollar"]
    if "," in whole and not (dollar or cents):
        return None
    read = money.read(f"{match['sign'] or match['inner']}{whole.replace(',', '')}{cents}")
    if read is None:
        return None
    how = "an amount" + (" in dollars" if dollar else "") + (" with thousands separators" if "," in whole else "")
    return (-read if enclosed else read), how + (" in parentheses" if enclosed else "")
