"""What is expected of a line, and how well that fits the payer's answer."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from types import MappingProxyType

import attrs

from claimcheck.claims import Disposition, LineResult
from claimcheck.remittance.answers import Answer
from claimcheck.remittance.comparison import ComparedLine

__all__ = ["BUNDLED", "USED_UP", "Expectation", "fit", "is_used_up"]

#: Reasons (X12 code list 139) that payers use for the same thing. A used-up benefit: maximum reached, once in a
#: lifetime, number of services, frequency.
USED_UP = frozenset(("119", "149", "151", "273"))
#: Part of another service: included in it, not together with it (NCCI, 236), mutually exclusive (231).
BUNDLED = frozenset(("97", "231", "236"))
_KIN = MappingProxyType({carc: kin for kin in (USED_UP, BUNDLED) for carc in kin})


@attrs.frozen(weakref_slot=False)
class Expectation:
    """The expected outcome of a line, with its reason, and its price if the policy sets one."""

    disposition: Disposition
    carc: str | None = None
    price: Decimal | None = None

    @classmethod
    def of(cls, line: LineResult) -> Expectation:
        """What a result expects."""
        return cls(line.disposition, None if line.deciding is None else line.deciding.carc, line.allowed_amount)


def fit(expected: Expectation, answer: ComparedLine) -> int:
    """How well an expectation fits: 0 not at all, 1 in the outcome, 2 in the kind of reason, 3 completely.

    If the policy sets the line's price, the payment must be that price. A line in review fits any outcome; a denial is
    then explained less well than by an expected denial.

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
