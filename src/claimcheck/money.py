"""Amounts: exact decimal numbers of dollars or units.

>>> read("12.50"), read(3), read(0.1)
(Decimal('12.50'), Decimal('3'), Decimal('0.1'))

The rounding error of a float is no part of an amount, nor where the float was written as text or made a Decimal. A
fraction of a cent is.

>>> read(3 * 1.1), read("3.3000000000000003"), read(Decimal(3.3)), read(0.001), read("3.300000000003")
(Decimal('3.30'), Decimal('3.30'), Decimal('3.30'), Decimal('0.001'), Decimal('3.300000000003'))

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

_AMOUNT = regex.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})", regex.ASCII)
_DECIMALS = 12  #: the most in text; a float in text may have more
_LOST = Decimal(2) ** -44
"""Of a float's 53 bits, those that sums of a few hundred amounts may lose."""
_LEAST = CENT / 100  #: more than that is never an error of rounding
_EXACT = 13  #: digits: an amount of no more is one in whole cents, or differs from it by more than that


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
    amount = _without_rounding_error(amount)
    return None if isinstance(value, str) and amount != round(amount, _DECIMALS) else amount


def _without_rounding_error(amount: Decimal) -> Decimal:
    if len(amount.as_tuple().digits) <= _EXACT:
        return amount
    cents = amount.quantize(CENT)
    return cents if abs(amount - cents) <= min(abs(amount) * _LOST, _LEAST) else amount


def whole_cents(amount: Decimal) -> bool:
    """Whether `amount` has no fraction of a cent.

    >>> whole_cents(Decimal("1.10")), whole_cents(Decimal("1.101")), whole_cents(Decimal("1.100"))
    (True, False, True)
    """
    return amount == amount.quantize(CENT)
