"""Readers of amounts and whole numbers."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from claimcheck import money
from claimcheck.claims import scalars, spelled
from claimcheck.claims.read_as import ReadAs, value_of
from claimcheck.claims.reading import unreadable
from claimcheck.claims.unreadable import Unreadable

__all__ = ["amount", "whole"]


def amount(value: Decimal | int | float | str | Any | None) -> Any:
    """An exact amount of dollars or number of units.

    A float is read as the decimal it represents: the amount in whole cents that is within the rounding error of float
    sums (about 13 significant digits), else its shortest decimal. So are texts and decimals, which may have been
    floats; a fraction of a cent stays one.

    >>> amount("40.00"), amount(""), amount("abc")
    (Decimal('40.00'), None, Unreadable(expected='a number', shape='text of 3: aaa'))
    >>> amount(3 * 1.1), amount("3.3000000000000003"), amount(15.5), amount(0.001), amount("3.300000000003")
    (Decimal('3.30'), Decimal('3.30'), Decimal('15.5'), Decimal('0.001'), Decimal('3.300000000003'))
    >>> value_of(amount("$1,250.00"))
    Decimal('1250.00')
    """
    kind = type(value)
    if kind is str:
        return _amount_of_text(value)
    if kind is int:  # and no bool, which equals 0 or 1
        return _amount_of_whole(value)
    if value is None:
        return None
    plain: Any = scalars.plain(value)
    kind = type(plain)
    if kind is str:
        return _amount_of_text(plain)
    return None if plain is None else _amount(plain)


@lru_cache(maxsize=4_096)
def _amount_of_whole(value: object) -> Decimal | Unreadable | None:
    """Units are mostly small integers."""
    return _amount(value)


def _amount(value: object) -> Decimal | Unreadable | None:
    read = money.read(value)
    return unreadable(value, "a number") if read is None else read


@lru_cache(maxsize=16_384)
def _amount_of_text(value: str) -> Any:
    """Cached: a claim file has far more amounts than distinct ones."""
    text = value.strip()
    if not text:
        return None
    read = money.read(text)
    if read is not None:
        return read
    found = spelled.amount(text)
    return Unreadable.of(text, expected="a number") if found is None else ReadAs(*found)


def whole(value: int | str | Any | None) -> Any:
    """An integer, such as a line number.

    >>> whole("12"), whole(3.0), whole("1.5")
    (12, 3, Unreadable(expected='a whole number', shape='text of 3: 9.9'))
    """
    if type(value) is int and -money.LARGEST <= value <= money.LARGEST:
        return value
    read = amount(value)
    number = value_of(read)
    if type(number) is Decimal and number == number.to_integral_value():
        return int(number) if read is number else ReadAs(int(number), read.how)
    return None if number is None else unreadable(scalars.plain(value), "a whole number")
