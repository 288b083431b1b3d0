"""What a payer decided on a line, from its amounts and adjustments.

A line that pays nothing is not always denied: it may all be the patient's deductible, or another payer paid it. So a
denial is an adjustment for a reason that is neither price nor patient share.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from claimcheck.remittance.values import RemittedAdjustment

__all__ = ["NO_DENIAL", "Answer", "answer_of", "denials"]

#: Reasons (CARC) that set a price, share a cost, or report what another payer paid, and deny nothing: deductible,
#: coinsurance, copayment, blood deductible, patient interest; payments by another payer; the excess over the fee
#: schedule and other agreed or legislated reductions; prompt-pay and managed-care withholds; capitation, which is paid
#: elsewhere; sequestration (X12 external code list 139, as of 2024-06-01).
NO_DENIAL = frozenset(("1", "2", "3", "23", "24", "44", "45", "59", "66", "85", "100", "104", "131", "137", "161"))
NO_DENIAL |= frozenset(("144", "187", "209", "237", "238", "241", "247", "248", "253", "275", "P7", "P12", "P24"))


class Answer(StrEnum):
    """The payer's decision on a line."""

    PAID = "paid"
    DENIED = "denied"
    PATIENT = "patient responsibility"
    NOT_PAID = "not paid"


def denials(adjustments: Iterable[RemittedAdjustment]) -> tuple[RemittedAdjustment, ...]:
    """The adjustments that deny, in order.

    >>> stated = [RemittedAdjustment("CO", "45", Decimal(40)), RemittedAdjustment("CO", "97", Decimal(85))]
    >>> [each.carc for each in denials(stated)]
    ['97']
    """
    return tuple(each for each in adjustments if each.carc not in NO_DENIAL)


def answer_of(paid: Decimal | None, adjustments: Iterable[RemittedAdjustment]) -> Answer:
    """The decision on a line with this payment and these adjustments.

    A line that pays nothing and is not denied, such as one billed at $0.00, is `NOT_PAID`.

    >>> of_97 = [RemittedAdjustment("CO", "97", Decimal(125))]
    >>> answer_of(Decimal(0), of_97), answer_of(Decimal(80), of_97)
    (<Answer.DENIED: 'denied'>, <Answer.PAID: 'paid'>)
    >>> answer_of(Decimal(0), [RemittedAdjustment("PR", "1", Decimal(125))])
    <Answer.PATIENT: 'patient responsibility'>
    """
    stated = tuple(adjustments)
    if paid:
        return Answer.PAID
    if any(each.amount for each in stated if each.group_code == "PR" and each.carc in NO_DENIAL):
        return Answer.PATIENT
    if denials(stated):
        return Answer.DENIED
    return Answer.NOT_PAID
