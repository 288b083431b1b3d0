"""The balances that an 835 must keep, and the other checks of a remittance: rule ids from REM101 on.

An 835 balances on three levels (ASC X12N 005010X221A1, section 1.10.2): a line's charge less its adjustments is its
payment; the same holds for the claim with the adjustments of all its lines; and the payments of all claims less the
provider-level adjustments are the total payment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from types import MappingProxyType

from claimcheck.claims import Severity
from claimcheck.money import ZERO
from claimcheck.remittance.values import (
    ProviderAdjustment,
    RemittanceFinding,
    RemittanceHeader,
    RemittedAdjustment,
    RemittedLine,
)

__all__ = ["CHECKS", "of_claim", "of_remittance"]

#: Every check of a remittance, by id. An id is never reused.
CHECKS = MappingProxyType(
    {
        "REM101": "line balance: charge less adjustments is the amount paid",
        "REM102": "claim balance: charge less all adjustments is the amount paid",
        "REM103": "remittance balance: claims paid less provider adjustments is the payment",
        "REM104": "charges of the lines add up to the charge of the claim",
        "REM201": "an element cannot be read",
        "REM202": "a segment is out of place or not one of an 835, or text is no X12",
        "REM203": "an envelope trailer does not agree with what was read",
        "REM204": "an adjustment is incomplete",
    }
)


def of_claim(
    charge: Decimal | None,
    paid: Decimal | None,
    adjustments: Iterable[RemittedAdjustment],
    lines: tuple[RemittedLine, ...],
    place: int | None,
) -> Iterator[RemittanceFinding]:
    """What does not balance in a claim; missing or unreadable amounts are not reported here.

    >>> adjustment = RemittedAdjustment("CO", "45", Decimal("40.00"))
    >>> line = RemittedLine("99213", Decimal("125.00"), Decimal("80.00"), adjustments=(adjustment,))
    >>> for finding in of_claim(Decimal("125.00"), Decimal("85.00"), (), (line,), 7):
    ...     print(finding)
    error REM101: Line does not balance: 125.00 charged less 40.00 adjusted is 85.00, and 80.00 is paid
    """
    taken = charges = ZERO
    is_known = bool(lines)
    for adjustment in adjustments:
        taken += adjustment.amount
    for line in lines:
        of_line = ZERO
        for adjustment in line.adjustments:
            of_line += adjustment.amount
        taken += of_line
        if line.charge is None:
            is_known = False
            continue
        charges += line.charge
        if line.paid is not None and line.charge - of_line != line.paid:
            yield _unbalanced("REM101", line.charge, of_line, line.paid, line.place)
    if charge is None:
        return
    if paid is not None and charge - taken != paid:
        yield _unbalanced("REM102", charge, taken, paid, place)
    if is_known and charges != charge:
        message = f"Line charges add up to {charges}, and the claim states {charge}"
        yield RemittanceFinding("REM104", Severity.WARNING, message, place)


def _unbalanced(rule_id: str, charge: Decimal, taken: Decimal, paid: Decimal, place: int | None) -> RemittanceFinding:
    what = "Line" if rule_id == "REM101" else "Claim"
    message = f"{what} does not balance: {charge} charged less {taken} adjusted is {charge - taken}, and {paid} is paid"
    return RemittanceFinding(rule_id, Severity.ERROR, message, place)


def of_remittance(
    header: RemittanceHeader, paid: Decimal, adjustments: Iterable[ProviderAdjustment], place: int | None
) -> Iterator[RemittanceFinding]:
    """Whether the total is the payments of all claims less the provider adjustments.

    >>> header = RemittanceHeader(payment_amount=Decimal("100.00"))
    >>> list(of_remittance(header, Decimal("110.00"), [ProviderAdjustment(None, None, "WO", Decimal("10.00"))], 9))
    []
    >>> [str(finding) for finding in of_remittance(header, Decimal("110.00"), [], 9)]
    ['segment 9: error REM103: Remittance does not balance: 110.00 paid on claims less 0.00 of provider adjustments is 110.00, and the payment is 100.00']
    """  # noqa: E501 - what is shown
    stated = header.payment_amount
    taken = sum((adjustment.amount for adjustment in adjustments), ZERO)
    if stated is None or paid - taken == (stated if header.credit else -stated):
        return
    message = (
        f"Remittance does not balance: {paid} paid on claims less {taken} of provider adjustments is "
        f"{paid - taken}, and the payment is {stated}"
    )
    yield RemittanceFinding("REM103", Severity.ERROR, message, place)
