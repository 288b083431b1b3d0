"""What is expected of a line, and how well that fits what the payer answered."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from types import MappingProxyType

import attrs

from claimcheck.claims import Disposition, LineResult
from claimcheck.remittance.answers import Answer
from claimcheck.remittance.comparison import ComparedLine

__all__ = ["BUNDLED", "USED_UP", "Expectation", "fit", "is_used_up"]

#: Reasons (X12 code list 139) that payers give for one and the same thing. A benefit that is used up: maximum reached,
#: once in a lifetime, so many services, frequency.
USED_UP = frozenset(("119", "149", "151", "273"))
#: Part of another service: included in it, not together with it (NCCI 236), mutually exclusive (231).
BUNDLED = frozenset(("97", "231", "236"))
_KIN = MappingProxyType({carc: kin for kin in (USED_UP, BUNDLED) for carc in kin})


@attrs.frozen(weakref_slot=False)
class Expectation:
    """What becomes of a line, for which reason, and at what price where that is a convention."""

    disposition: Disposition
    carc: str | None = None
    price: Decimal | None = None

    @classmethod
    def of(cls, line: LineResult) -> Expectation:
        """What a verdict expects."""
        return cls(line.disposition, None if line.deciding is None else line.deciding.carc, line.allowed_amount)


def fit(expected: Expectation, answer: ComparedLine) -> int:
    """How well an expectation fits: 0 not at all, 1 in what becomes of the line, 2 in the kind of reason, 3 wholly.

    Where the line has a price by convention, the payment must be that price. A line that a person is to look at fits
    whatever becomes of it; that it is denied is then told less surely than by a denial.

    >>> [_by_reason("119", carcs) for carcs in (["119"], ["151", "45"], ["16"])]
    [3, 2, 1]
    """
    denied = answer.actual is Answer.DENIED
    match expected.disposition:
        case Disposition.DENIED | Disposition.REJECTED:
            return _by_reason(expected.carc, answer.actual_carcs) if denied else 0
        case Disposition.REVIEW:
            return 1 if denied else 3
        case Disposition.REPORT_ONLY:
            if answer.paid:
                return 0
            return _by_reason(expected.carc, answer.actual_carcs) if denied else 3
    if denied:
        return 0
    return 3 if expected.price is None or answer.actual is not Answer.PAID or answer.paid == expected.price else 0


def _by_reason(expected: str | None, given: Collection[str]) -> int:
    if expected is None:
        return 1
    if expected in given:
        return 3
    return 2 if not _KIN.get(expected, frozenset()).isdisjoint(given) else 1


def is_used_up(answer: ComparedLine) -> bool:
    """Whether the payer denied the line because a benefit is used up."""
    return not answer.paid and not USED_UP.isdisjoint(answer.actual_carcs)
