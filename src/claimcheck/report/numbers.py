"""Amounts, shares, and counts as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

__all__ = ["amounts", "count", "dollars", "percent", "short", "whole"]


def dollars(amount: Decimal) -> str:
    """An amount as people write it.

    >>> dollars(Decimal("-1234.5"))
    '-$1,234.50'
    """
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def whole(amount: Decimal) -> str:
    """A large amount, without cents.

    >>> whole(Decimal("3236309.19")), whole(Decimal("8.19"))
    ('$3,236,309', '$8.19')
    """
    return dollars(amount) if abs(amount) < 10_000 else dollars(amount.quantize(Decimal(1))).partition(".")[0]


def short(amount: float) -> str:
    """An amount on an axis.

    >>> short(0), short(2_500), short(40_000), short(3_200_000)
    ('$0', '$2,500', '$40k', '$3.2M')
    """
    for unit, of in (("B", 10**9), ("M", 10**6), ("k", 10**3)):
        if amount >= 10 * of or (amount >= of and unit != "k"):
            return f"${amount / of:,.1f}".removesuffix(".0") + unit
    return f"${amount:,.0f}"


def percent(share: float | None) -> str:
    """A share as people write it; a small one is not shown as zero.

    >>> percent(0.1149), percent(0.0001), percent(0), percent(None)
    ('11.5%', '<0.1%', '0.0%', 'none')
    """
    if share is None:
        return "none"
    return "<0.1%" if 0 < share < 0.0005 else f"{100 * share:.1f}%"


def count(number: int, word: str = "") -> str:
    """A number, and what is counted.

    >>> count(1200, "finding"), count(1, "claim"), count(3)
    ('1,200 findings', '1 claim', '3')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}" if word else f"{number:,}"


def amounts(amounts: Sequence[Decimal]) -> list[str]:
    """Amounts in one chart: all with cents, or if one is large, all without."""
    large = max(amounts, default=Decimal(0)) >= 10_000
    return [f"${amount:,.0f}" if large else dollars(amount) for amount in amounts]
