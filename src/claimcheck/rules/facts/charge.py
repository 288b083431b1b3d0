"""A charge as rules read it: its class, and its exact amount only if that is at most a dollar.

Charges differ from line to line and hardly ever matter; small ones are conventions ($0.00, $0.01, $1.00) and do.

>>> read_charge(Decimal("0.01"))
Charge(kind=<ChargeKind.SMALL: 'small'>, small=Decimal('0.01'))
>>> [str(read_charge(charge).kind) for charge in (Decimal("125.00"), None, Decimal("-1"), Decimal("1.001"))]
['amount', 'missing', 'negative', 'fraction_of_a_cent']
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import attrs

from claimcheck import money
from claimcheck.claims import Unreadable

__all__ = ["AMOUNT", "Charge", "ChargeKind", "read_charge", "read_noncovered"]

_SMALL = Decimal(1)


class ChargeKind(StrEnum):
    """The class of a charge."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    NEGATIVE = "negative"
    FRACTION_OF_A_CENT = "fraction_of_a_cent"
    ABOVE_CHARGE = "above_charge"  #: a non-covered charge that is more than the charge of its line
    SMALL = "small"  #: from $0.00 to $1.00
    AMOUNT = "amount"


@attrs.frozen(cache_hash=True)
class Charge:
    """The class of a charge; `small` is the amount itself if it is from $0.00 to $1.00."""

    kind: ChargeKind
    small: Decimal | None = None


#: The most common case.
AMOUNT = Charge(ChargeKind.AMOUNT)


@lru_cache(maxsize=65_536)
def read_charge(charge: Decimal | Unreadable | None) -> Charge:
    """The class of a charge."""
    if charge is None:
        return Charge(ChargeKind.MISSING)
    if isinstance(charge, Unreadable):
        return Charge(ChargeKind.UNREADABLE)
    if charge < 0:
        return Charge(ChargeKind.NEGATIVE)
    if not money.whole_cents(charge):
        return Charge(ChargeKind.FRACTION_OF_A_CENT)
    if charge <= _SMALL:
        return Charge(ChargeKind.SMALL, charge.quantize(money.CENT))
    return AMOUNT


def read_noncovered(noncovered: Decimal | Unreadable | None, charge: Decimal | Unreadable | None) -> Charge:
    """The class of a line's non-covered charge.

    >>> str(read_noncovered(Decimal("90.00"), Decimal("80.00")).kind)
    'above_charge'
    """
    read = read_charge(noncovered)
    of_line = read_charge(charge)
    if _AMOUNTS.issuperset((read.kind, of_line.kind)) and noncovered > charge:  # type: ignore[operator] # amounts
        return Charge(ChargeKind.ABOVE_CHARGE)
    return read


_AMOUNTS = frozenset({ChargeKind.SMALL, ChargeKind.AMOUNT})
