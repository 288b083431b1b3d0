"""Adjustments without a stated amount: those of FHIR's `adjustmentreason` and of tables of denials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from claimcheck.money import ZERO
from claimcheck.remittance.values import RemittedAdjustment

__all__ = ["without_amounts"]


def without_amounts(
    reasons: Iterable[tuple[str, str]], stated: Iterable[RemittedAdjustment], left: Decimal | None
) -> Iterator[RemittedAdjustment]:
    """Adjustments with these groups and reasons: the first gets what the stated ones leave of the charge.

    `left` is the charge less the payment, None if that is not known.

    >>> stated = [RemittedAdjustment("CO", "45", Decimal("40.00"))]
    >>> [str(each.amount) for each in without_amounts([("CO", "97"), ("CO", "18")], stated, Decimal("125.00"))]
    ['85.00', '0.00']
    """
    rest = ZERO if left is None else max(ZERO, left - sum((each.amount for each in stated), ZERO))
    for group, carc in reasons:
        yield RemittedAdjustment(group, carc, rest)
        rest = ZERO
