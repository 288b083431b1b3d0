"""Reads FHIR `ExplanationOfBenefit` resources as remittances: what the payer adjudicated, line by line.

R4, with the categories of HL7, CARIN and Blue Button. An adjudication with a category for paid, allowed or patient
amounts is that amount. One whose reason is a claim adjustment reason code (CARC, X12 code list 139) is an adjustment
with its own amount, if it has one; without amounts, as in CARIN's `adjustmentreason`, the first one gets what is left
of the charge and the others get zero, because nothing more is stated. The patient is not read.

What CLP02 says in an 835 is here `use` (a predetermination pays nothing), `precedence` (of the payers) and `status`: an
explanation that is cancelled or entered in error takes back its own amounts, as a reversal does.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from claimcheck.claims import Claim, ServiceLine, amount_fields, date_fields, reading
from claimcheck.errors import InputError
from claimcheck.io.fhir import reader
from claimcheck.io.fhir.element import amount, codings, day, each, get, names, objects, text
from claimcheck.io.json_values import values
from claimcheck.io.stream import Stream
from claimcheck.money import ZERO
from claimcheck.remittance.adjusting import without_amounts
from claimcheck.remittance.values import ClaimStatus, RemittanceHeader, RemittedAdjustment, RemittedClaim, RemittedLine

__all__ = ["is_json", "remitted_claims"]

Resource = dict[str, Any]

_EXPLANATION = "ExplanationOfBenefit"
#: Payments: to the provider and to the patient; or as one amount.
_PAID_TO = ("paidtoprovider", "paidtopatient")
_PAID = ("benefit", "line_nch_pmt_amt", "clm_line_prvdr_pmt_amt", "rev_cntr_pmt_amt_amt")
_ALLOWED = ("eligible", "line_alowd_chrg_amt", "clm_line_alowd_chrg_amt")
#: Categories that say why an amount was not paid, as group code and CARC.
_BY_CATEGORY = MappingProxyType(
    {
        "deductible": ("PR", "1"),
        "coinsurance": ("PR", "2"),
        "copay": ("PR", "3"),
        "discount": ("CO", "45"),
        "priorpayerpaid": ("OA", "23"),
    }
)
_BY_PRECEDENCE = MappingProxyType({"2": ClaimStatus.SECONDARY, "3": ClaimStatus.TERTIARY})
_CARC = ("claim-adjustment-reason-codes", "ansi-rsn-cd", "claim-adjustment-reason-code")
_GROUP = ("claim-adjustment-group-codes", "ansi-grp-cd", "claim-adjustment-group-code")
_RARC = ("remittance-advice-remark-codes", "remittance-advice-remark-code")


def is_json(head: bytes) -> bool:
    """Whether a file that starts like this is JSON.

    >>> is_json(b' {"resourceType"'), is_json(b"ISA*00*")
    (True, False)
    """
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def remitted_claims(stream: Stream) -> Iterator[RemittedClaim]:
    """The explanations of benefits in a JSON document, JSON Lines, or Bundles, in order.

    The claim number is that of the submitted claim (`claim`), if the resource names it. InputError if the file holds
    resources of other kinds only.
    """
    found = others = False
    for number, value in values(stream):
        if not isinstance(value, dict) or "resourceType" not in value:
            said = "no FHIR resource: an ExplanationOfBenefit or a Bundle of them is expected"
            raise InputError(said, file=stream.file, place=number)
        for resource, claim in zip(_all(value), reader.claims(value, stream.file, number), strict=True):
            if resource.get("resourceType") == _EXPLANATION:
                found = True
                yield _claim(resource, claim)
        others = others or value["resourceType"] != "Bundle" or bool(value.get("entry"))
    if others and not found:
        raise InputError("an ExplanationOfBenefit is expected: the file holds no remittance", file=stream.file)


def _all(value: Resource) -> Iterator[Resource]:
    """The claims of any kind that a resource is or contains, as the reader of claims finds them."""
    if value.get("resourceType") == "Bundle":
        entries = (entry.get("resource") for entry in objects(value.get("entry")))
        yield from (entry for entry in entries if isinstance(entry, dict) and reader.holds_claims(entry))
    elif reader.holds_claims(value):
        yield value


def _claim(resource: Resource, claim: Claim) -> RemittedClaim:
    items = [item if isinstance(item, dict) else {} for item in each(resource.get("item"))]
    lines = tuple(_line(item, line) for item, line in zip(items, claim.lines, strict=True))
    own = list(objects(resource.get("adjudication")))
    paid = _decimal(get(resource, "payment", "amount"))
    if paid is None and lines:
        paid = sum((line.paid or ZERO for line in lines), ZERO)
    charge = _known(claim.total_charge, Decimal)
    if charge is None and all(line.charge is not None for line in lines):
        charge = sum((line.charge or ZERO for line in lines), ZERO)
    sent = _known(claim.submitted_claim_id, str) or _known(claim.claim_id, str)
    status = _status(resource)
    if status is ClaimStatus.REVERSAL:
        charge, paid = None if charge is None else -charge, None if paid is None else -paid
        lines, own = (), []
    return RemittedClaim(
        _header(resource, claim),
        None if sent is None else sent.rpartition("/")[2],
        str(status),
        charge,
        paid,
        payer_claim_id=_known(claim.claim_id, str),
        statement_from=_known(claim.statement_from, datetime.date),
        statement_through=_known(claim.statement_through, datetime.date),
        rendering_npi=_known(claim.rendering_npi, str),
        adjustments=tuple(_adjustments(own, None)),
        remarks=_remarks(own),
        lines=lines,
        source=claim.source,
    )


def _status(resource: Resource) -> ClaimStatus:
    if resource.get("status") in ("cancelled", "entered-in-error"):
        return ClaimStatus.REVERSAL
    if resource.get("use") in ("predetermination", "preauthorization"):
        return ClaimStatus.PREDETERMINATION
    return _BY_PRECEDENCE.get(str(resource.get("precedence")), ClaimStatus.PRIMARY)


def _header(resource: Resource, claim: Claim) -> RemittanceHeader:
    return RemittanceHeader(
        payer_name=text(get(resource, "insurer", "display")),
        payer_id=_known(claim.payer_id, str),
        payee_npi=_known(claim.billing_npi, str),
        payee_tax_id=_known(claim.billing_tax_id, str),
        payment_date=_known(
            reading.value_of(date_fields.civil_date(day(get(resource, "payment", "date")))), datetime.date
        ),
        source=claim.source,
    )


def _line(item: Resource, line: ServiceLine) -> RemittedLine:
    entries = list(objects(item.get("adjudication")))
    charge = _known(line.charge, Decimal)
    paid_to = [given for category in _PAID_TO if (given := _of(entries, (category,))) is not None]
    paid = sum(paid_to, ZERO) if paid_to else _of(entries, _PAID)
    number = _known(line.line_number, int)
    return RemittedLine(
        _known(line.procedure_code, str),
        charge,
        paid,
        tuple(modifier for modifier in line.modifiers if isinstance(modifier, str)),
        code_qualifier=_known(line.code_qualifier, str),
        revenue_code=_known(line.revenue_code, str),
        units=_known(line.units, Decimal),
        service_date=_known(line.service_date, datetime.date),
        service_date_end=_known(line.service_date_end, datetime.date),
        control_number=None if number is None else str(number),
        adjustments=tuple(_adjustments(entries, None if charge is None else charge - (paid or ZERO))),
        remarks=_remarks(entries),
        allowed=_of(entries, _ALLOWED),
        rendering_npi=_known(line.rendering_npi, str),
    )


def _adjustments(entries: list[Resource], left: Decimal | None) -> list[RemittedAdjustment]:
    """Those with amounts unchanged; of reasons without one, the first gets what is left of the charge."""
    found, open_ones = [], []
    for entry in entries:
        given = _decimal(entry.get("amount"))
        carcs, groups = _codes(entry.get("reason"), _CARC), _codes(entry.get("reason"), _GROUP)
        group = groups[0] if groups else ""
        if carcs and given is None:
            open_ones.append((group, carcs[0]))
        elif carcs and given is not None:
            found.append(RemittedAdjustment(group, carcs[0], given))
        elif given:
            found += [
                RemittedAdjustment(*_BY_CATEGORY[name], given)
                for name in sorted(names(entry.get("category")) & _BY_CATEGORY.keys())
            ]
    return [*found, *without_amounts(open_ones, found, left)]


def _remarks(entries: list[Resource]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for entry in entries for code in _codes(entry.get("reason"), _RARC)))


def _codes(concept: object, endings: tuple[str, ...]) -> list[str]:
    """The codes of a concept with one of these systems, each once."""
    return list(
        dict.fromkeys(
            code.strip() for system, code in codings(concept) if isinstance(code, str) and system.endswith(endings)
        )
    )


def _of(entries: list[Resource], categories: Collection[str]) -> Decimal | None:
    """The amount of the first of these categories that has one."""
    for category in categories:
        for entry in entries:
            if category in names(entry.get("category")) and (given := _decimal(entry.get("amount"))) is not None:
                return given
    return None


def _decimal(money: object) -> Decimal | None:
    value: Decimal | None = _known(amount_fields.amount(amount(money)), Decimal)
    return value


def _known(value: object, kind: type[Any]) -> Any:
    """A value that could be read, otherwise None."""
    plain = reading.value_of(value)
    return plain if isinstance(plain, kind) else None
