"""Members and providers, as tables that a number finds."""

from __future__ import annotations

from datetime import date
from random import Random

import polars

__all__ = ["birth_date", "npi", "npis", "sex", "spoilt"]

_BORN_FIRST = date(1934, 1, 1)
_BORN_DAYS = 90 * 365


def npi(number: int) -> str:
    """The NPI of nine digits and their check digit: Luhn's over 80840 and them (45 CFR 162.406).

    >>> npi(123456789)
    '1234567893'
    """
    total = 24  # what the prefix 80840 adds
    for place, digit in enumerate(map(int, reversed(str(number)))):
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return f"{number}{-total % 10}"


def npis(count: int, chance: Random) -> polars.Series:
    """So many different valid NPIs."""
    return polars.Series([npi(number) for number in chance.sample(range(100_000_000, 200_000_000), count)])


def spoilt(column: polars.Expr) -> polars.Expr:
    """The NPI with another check digit."""
    return column.str.slice(0, 9) + ((column.str.slice(9).cast(polars.Int64) + 1) % 10).cast(polars.String)


def birth_date(member: polars.Expr) -> polars.Expr:
    """Of the member of this number, in the 90 years before 2024."""
    return polars.lit(_BORN_FIRST) + polars.duration(days=(member * 7_919 + 31) % _BORN_DAYS)


def sex(member: polars.Expr) -> polars.Expr:
    """F or M."""
    return polars.when(member % 2 == 0).then(polars.lit("F")).otherwise(polars.lit("M"))
