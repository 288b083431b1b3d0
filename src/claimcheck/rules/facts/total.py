"""The total charge of a claim as rules read it: how it relates to the charges of the lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

from claimcheck import money
from claimcheck.claims import ServiceLine, Unreadable

__all__ = ["AGREES", "Total", "TotalKind", "read_total"]


class TotalKind(StrEnum):
    """How the total charge relates to the charges of the lines."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    NEGATIVE = "negative"
    FRACTION_OF_A_CENT = "fraction_of_a_cent"
    UNKNOWN = "unknown"  #: a line's charge is unreadable, so they cannot be added
    AGREES = "agrees"
    DIFFERS = "differs"


class Total(NamedTuple):
    """The total charge; `total` and `added`, the sum of the lines' charges, are set only if they differ."""

    kind: TotalKind
    total: Decimal | None = None
    added: Decimal | None = None


_charge: Callable[[ServiceLine], Any] = attrgetter("charge")
_READABLE = {Decimal}
_MISSING_TOTAL = Total(TotalKind.MISSING)
AGREES = Total(TotalKind.AGREES)


def read_total(total: Decimal | Unreadable | None, lines: Sequence[ServiceLine], totals: frozenset[int]) -> Total:
    """The total charge beside those of the lines, but for lines at the positions `totals`, which hold a total."""
    if total is None:
        return _MISSING_TOTAL
    if isinstance(total, Unreadable):
        return Total(TotalKind.UNREADABLE)
    if total < 0:
        return Total(TotalKind.NEGATIVE)
    if not money.whole_cents(total):
        return Total(TotalKind.FRACTION_OF_A_CENT)
    if not lines:
        return AGREES
    charges = [*map(_charge, lines)]
    if 0 < len(totals) < len(charges):  # a claim with only a total line is compared with that total
        charges = [charge for position, charge in enumerate(charges, 1) if position not in totals]
    if not {*map(type, charges)} <= _READABLE:
        return Total(TotalKind.UNKNOWN)
    added = sum(charges, money.ZERO)
    return AGREES if total == added else Total(TotalKind.DIFFERS, total, added)
