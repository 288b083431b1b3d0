"""Amounts: exact decimal numbers of dollars or units.

>>> read("12.50"), read(3), read(0.1)
(Decimal('12.50'), Decimal('3'), Decimal('0.1'))

What is not an amount is refused, never converted: words, blanks, NaN, infinity, digits of other scripts, thousands
separators, exponents, and numbers beyond any claim.

>>> [read(value) for value in ("abc", "", float("nan"), "١٢", "1,000", "1e3", 10**40, True)]
[None, None, None, None, None, None, None, None]
"""

from __future__ import annotations

from decimal import Decimal

import regex

__all__ = ["CENT", "LARGEST", "ZERO", "read", "whole_cents"]

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 15  #: X12's monetary element (type R, data element 782) holds at most 18 digits

_AMOUNT = regex.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})", regex.ASCII)


def read(value: object) -> Decimal | None:
    """`value` (text, int, float, or Decimal) as an amount, else None."""
    match value:
        case bool():
            return None
        case str():
            amount = Decimal(value) if _AMOUNT.fullmatch(value) else None
        case Decimal():
            amount = value
        case int():
            amount = Decimal(value) if -LARGEST <= value <= LARGEST else None
        case float():
            amount = Decimal(repr(value))
        case _:
            return None
    if amount is None or not amount.is_finite() or abs(amount) > LARGEST or amount.adjusted() < -12:
        return None
    return amount


def whole_cents(amount: Decimal) -> bool:
    """Whether `amount` has no fraction of a cent.

    >>> whole_cents(Decimal("1.10")), whole_cents(Decimal("1.101")), whole_cents(Decimal("1.100"))
    (True, False, True)
    """
    return amount == amount.quantize(CENT)
