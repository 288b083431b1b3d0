"""Writes an 835 from values, to test software that reads remittances with claimcheck's results.

The output balances on all three levels (005010X221A1, section 1.10.2), and reads back equal. No value here holds
anybody's name or address, so the segments of patients, payers and payees give identifiers only: the output is for
tests, not for payment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from claimcheck.claims import ClaimResult, Disposition, LineResult, ServiceLine
from claimcheck.claims.outcome import with_claim
from claimcheck.errors import InputError
from claimcheck.money import CENT, ZERO
from claimcheck.remittance.envelope_text import COMPONENT, SOME_DAY, day_text, interchange, number_text
from claimcheck.remittance.sent import with_claims
from claimcheck.remittance.values import (
    ClaimStatus,
    ProviderAdjustment,
    RemittanceHeader,
    RemittedAdjustment,
    RemittedClaim,
    RemittedLine,
)

__all__ = ["answered", "written"]

_NOBODY = RemittanceHeader()
_OPEN = (Disposition.REVIEW, Disposition.SUPERSEDED)
_PAYS = (Disposition.PAYABLE,)
_TRIPLETS = 6
_REMARKS = 5  #: MOA03 to MOA07
#: "Charge exceeds fee schedule" (X12 code list 139): the part of the charge above the price.
_PRICE = ("CO", "45")
_SOME_PLAN = "ZZ"  #: claim filing indicator (code list 1032): mutually defined


def answered(
    results: Iterable[ClaimResult],
    header: RemittanceHeader = _NOBODY,
    *,
    price: Callable[[LineResult], Decimal | None] = lambda line: line.allowed_amount,
    claims: Iterable[object] | None = None,
) -> Iterator[RemittedClaim]:
    """The answer of a payer that follows the results: each claim with its lines, payments and adjustments.

    `price` gives the allowed amount of a payable line, None for its charge; it is rounded to the cent. `claims` are the
    claims of the results, in the same order: they hold the units and the provider's own control numbers, which an
    answer returns.

    A claim that is returned, superseded or in review is not answered by a remittance, and neither is one without a
    number or with a line without a charge. A rejected line of another claim pays nothing, for the reason of its
    finding.

    >>> from claimcheck import validate_claim
    >>> result = validate_claim({"claim_id": "A1", "claim_type": "professional", "lines": [
    ...     {"procedure_code": code, "units": 1, "charge": "100.00", "service_date": "2024-07-15"}
    ...     for code in ("45380", "45378")]})
    >>> [claim] = answered([result])
    >>> [(line.procedure_code, str(line.paid), [each.carc for each in line.adjustments]) for line in claim.lines]
    [('45380', '100.00', []), ('45378', '0.00', ['236'])]
    >>> list(answered(result))
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: results: a list is expected of what validate_claim returns or validate_claims yields, not ClaimResult
    """  # noqa: E501 - what is shown
    for result, claim in with_claims(results, claims):
        told = with_claim(result)
        is_open = any(line.disposition in _OPEN or line.charge is None for line in told)
        if result.claim_id is None or result.returned or result.disposition in _OPEN or is_open or not told:
            continue
        sent = claim.lines if claim is not None else [None] * len(told)
        lines = tuple(_line(line, price(line), one) for line, one in zip(told, sent, strict=True))
        charge = sum((line.charge or ZERO for line in lines), ZERO)
        paid = sum((line.paid or ZERO for line in lines), ZERO)
        denied = not any(line.disposition in (*_PAYS, Disposition.REPORT_ONLY) for line in told)
        status = ClaimStatus.DENIED if denied else ClaimStatus.PRIMARY
        yield RemittedClaim(
            header,
            result.claim_id,
            str(status),
            charge,
            paid,
            lines=lines,
            filing_indicator=_SOME_PLAN,
            payer_claim_id=result.claim_id,
        )


def _line(line: LineResult, price: Decimal | None, sent: ServiceLine | None) -> RemittedLine:
    charge = line.charge or ZERO
    paid = ZERO
    if line.disposition in _PAYS:
        paid = charge if price is None else min(charge, price.quantize(CENT, ROUND_HALF_UP))
    number = None if sent is None else sent.line_control_number
    billed = sent.units if sent is not None and isinstance(sent.units, Decimal) else None
    units = billed if billed is None or line.disposition in _PAYS else ZERO
    left = charge - paid
    deciding = line.deciding
    group, carc = _PRICE
    if line.disposition not in _PAYS and deciding is not None and deciding.carc is not None:
        group, carc = deciding.group_code or group, deciding.carc
    return RemittedLine(
        line.procedure_code,
        charge,
        paid,
        line.modifiers,
        code_qualifier="HC" if line.procedure_code is not None else "NU",
        revenue_code=line.revenue_code,
        units=Decimal(1) if units is None else units,
        submitted_units=billed if billed != units else None,
        service_date=line.service_date,
        control_number=number if isinstance(number, str) else str(line.line_number),
        adjustments=(RemittedAdjustment(group, carc, left),) if left else (),
        remarks=() if deciding is None or line.disposition in _PAYS else deciding.rarcs,
    )


def written(
    claims: Iterable[RemittedClaim],
    header: RemittanceHeader = _NOBODY,
    provider_adjustments: Iterable[ProviderAdjustment] = (),
) -> bytes:
    """One interchange with one 835 of these claims; its total payment is their payments less the provider adjustments.

    Raises:
        InputError: a text holds a delimiter, or a claim has more than the five remark codes that MOA takes.

    >>> from claimcheck.remittance import read_remittances
    >>> claim = RemittedClaim(RemittanceHeader(), "A1", "1", Decimal("10.00"), Decimal("10.00"))
    >>> data = written([claim])
    >>> [item.findings for item in read_remittances(data)]
    [(), ()]
    >>> written([RemittedClaim(RemittanceHeader(), "A*1", "1", Decimal(0), Decimal(0))])
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: CLP01 holds a delimiter: one without * : ~ is expected
    """
    given, adjustments = list(claims), list(provider_adjustments)
    taken = sum((each.amount for each in adjustments), ZERO)
    payment = sum((claim.paid or ZERO for claim in given), ZERO) - taken
    body = [*_head(header, payment), *(segment for claim in given for segment in _claim(claim)), *_plb(adjustments)]
    return interchange("HP", "005010X221A1", ["ST", "835", header.control_number or "0001"], body)


def _head(header: RemittanceHeader, payment: Decimal) -> Iterator[list[str]]:
    method = header.payment_method or ("CHK" if payment else "NON")
    credit = "C" if payment >= 0 else "D"
    yield ["BPR", "I", number_text(abs(payment)), credit, method, *[""] * 11, day_text(header.payment_date or SOME_DAY)]
    yield ["TRN", "1", header.trace_number or "1", "1999999999"]
    if header.production_date is not None:
        yield ["DTM", "405", day_text(header.production_date)]
    yield ["N1", "PR", header.payer_name or ""]
    yield from (["N3", "STREET"], ["N4", "TOWN", "NY", "10001"])
    if header.payer_id is not None:
        yield ["REF", "2U", header.payer_id]
    yield ["PER", "BL", "SUPPORT", "TE", "8005550100"]
    yield ["N1", "PE", "PAYEE", *(["XX", header.payee_npi] if header.payee_npi is not None else [])]
    if header.payee_tax_id is not None:
        yield ["REF", "TJ", header.payee_tax_id]
    yield ["LX", "1"]


def _claim(claim: RemittedClaim) -> Iterator[list[str]]:
    yield [
        "CLP",
        claim.claim_id or "",
        claim.status,
        number_text(claim.charge),
        number_text(claim.paid),
        number_text(claim.patient_responsibility),
        claim.filing_indicator or "",
        claim.payer_claim_id or "",
        claim.facility_type or "",
        claim.frequency or "",
    ]
    yield from _cas(claim.adjustments)
    yield ["NM1", "QC", "1"]
    if claim.rendering_npi is not None:
        yield ["NM1", "82", "1", "", "", "", "", "", "XX", claim.rendering_npi]
    if claim.remarks:
        if len(claim.remarks) > _REMARKS:
            raise InputError(f"{len(claim.remarks)} remark codes of a claim: at most {_REMARKS} are expected")
        yield ["MOA", "", "", *claim.remarks]
    days = (("232", claim.statement_from), ("233", claim.statement_through), ("050", claim.received_date))
    yield from (["DTM", qualifier, day_text(day)] for qualifier, day in days if day is not None)
    for line in claim.lines:
        yield from _service(line)


def _service(line: RemittedLine) -> Iterator[list[str]]:
    by_revenue = line.procedure_code is None and line.revenue_code is not None
    code = line.revenue_code if by_revenue else line.procedure_code
    qualifier = "NU" if by_revenue else line.code_qualifier or "HC"
    of_codes = "HC" if line.code_qualifier in (None, "NU") else line.code_qualifier
    submitted = (
        "" if line.submitted_code is None else _composite(of_codes, line.submitted_code, line.submitted_modifiers)
    )
    if line.submitted_revenue_code is not None:
        submitted = _composite("NU", line.submitted_revenue_code, ())
    yield [
        "SVC",
        _composite(qualifier, code, line.modifiers),
        number_text(line.charge),
        number_text(line.paid),
        "" if by_revenue else line.revenue_code or "",
        number_text(line.units),
        submitted,
        number_text(line.submitted_units),
    ]
    if line.service_date_end is not None:
        yield ["DTM", "150", day_text(line.service_date)]
        yield ["DTM", "151", day_text(line.service_date_end)]
    elif line.service_date is not None:
        yield ["DTM", "472", day_text(line.service_date)]
    yield from _cas(line.adjustments)
    if line.control_number is not None:
        yield ["REF", "6R", line.control_number]
    if line.rendering_npi is not None:
        yield ["REF", "HPI", line.rendering_npi]
    if line.allowed is not None:
        yield ["AMT", "B6", number_text(line.allowed)]
    yield from (["LQ", "HE", remark] for remark in line.remarks)


def _composite(qualifier: str, code: str | None, modifiers: Iterable[str]) -> str:
    return COMPONENT.join([qualifier, code or "", *modifiers])


def _cas(adjustments: Iterable[RemittedAdjustment]) -> Iterator[list[str]]:
    """A segment for each run of one group code, with up to six reasons."""
    segment: list[str] = []
    for each in adjustments:
        if segment and (segment[1] != each.group_code or len(segment) >= 2 + 3 * _TRIPLETS):
            yield segment
            segment = []
        segment = segment or ["CAS", each.group_code]
        segment += [each.carc, number_text(each.amount), number_text(each.quantity)]
    if segment:
        yield segment


def _plb(adjustments: Iterable[ProviderAdjustment]) -> Iterator[list[str]]:
    for each in adjustments:
        reason = each.reason if each.reference is None else f"{each.reason}{COMPONENT}{each.reference}"
        yield ["PLB", each.provider_id or "", day_text(each.fiscal_period), reason, number_text(each.amount)]
