"""The segments of a transaction set 835: header (loops 1000A and 1000B), claims (2100), service lines (2110), PLB."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType

from claimcheck.claims import Severity
from claimcheck.remittance import elements
from claimcheck.remittance.reading import Handler, Reading, claim_draft, line_draft
from claimcheck.remittance.values import ClaimStatus, ProviderAdjustment, RemittedClaim

__all__ = ["LOOPS", "PASSED_OVER"]

_ONE = Decimal(1)


# The header of a remittance.


def _bpr(reading: Reading, segment: list[str]) -> None:
    header = reading.header
    header["payment_amount"] = reading.required(segment, 2)
    header["credit"] = segment[3] != "D"
    header["payment_method"] = segment[4] or None
    header["payment_date"] = reading.day(segment, 16)


def _trn(reading: Reading, segment: list[str]) -> None:
    reading.header["trace_number"] = segment[2] or None


def _n1(reading: Reading, segment: list[str]) -> None:
    """Payer and payee; other parties are skipped."""
    reading.party = segment[1]
    name, qualifier, number = segment[2] or None, segment[3], segment[4] or None
    if reading.party == "PR":
        reading.header["payer_name"] = name
        if qualifier == "XV":
            reading.header["payer_id"] = number
    elif reading.party == "PE" and qualifier in _PAYEE:
        reading.header[_PAYEE[qualifier]] = number


_PAYEE = MappingProxyType({"XX": "payee_npi", "FI": "payee_tax_id"})
#: Payer identifiers besides N104: the payer's number with the clearinghouse (2U), or with NAIC (NF).
_PAYER_NUMBERS = ("2U", "NF")


def _ref(reading: Reading, segment: list[str]) -> None:
    qualifier, number, line = segment[1], segment[2] or None, reading.line
    if line is not None:
        if qualifier == "6R":
            line.control_number = number
        elif qualifier == "HPI":
            line.rendering_npi = number
    elif reading.claim is None:
        if reading.party == "PR" and qualifier in _PAYER_NUMBERS:
            reading.header.setdefault("payer_id", number)
        elif reading.party == "PE" and qualifier == "TJ":
            reading.header.setdefault("payee_tax_id", number)


# Claims and lines.

_STATUSES = frozenset(ClaimStatus)


def _clp(reading: Reading, segment: list[str]) -> Sequence[RemittedClaim]:
    finished = reading.closed_claim()
    reading.claim = draft = claim_draft(
        None,
        segment[1] or None,
        segment[2],
        None,
        None,
        filing_indicator=segment[6] or None,
        payer_claim_id=segment[7] or None,
        facility_type=segment[8] or None,
        frequency=segment[9] or None,
        source=reading.source(),
    )
    if segment[2] not in _STATUSES:
        reading.note("REM201", "CLP02 cannot be read: a claim status is expected (1 to 4, 19 to 23, 25)")
    draft.lines = []
    draft.charge = reading.required(segment, 3)
    draft.paid = reading.required(segment, 4)
    draft.patient_responsibility = reading.amount(segment, 5)
    return finished


def _svc(reading: Reading, segment: list[str]) -> None:
    if reading.claim is None:
        reading.note("REM202", "SVC stands before any CLP: passed over", Severity.ERROR)
        return
    reading.closed_line()
    qualifier, code, modifiers = elements.procedure(segment[1], reading.component)
    revenue = segment[4] or None
    if qualifier == "NU":  # the line was billed by revenue code only (SVC01-1)
        revenue, code = code, None
    charge = reading.required(segment, 2)
    paid = reading.amount(segment, 3)
    units = reading.amount(segment, 5)
    if units is None and not segment[5]:  # SVC05: absent means one
        units = _ONE
    reading.line = line = line_draft(code, charge, paid, modifiers, qualifier, revenue, units, place=reading.place)
    if segment[6]:
        qualifier, code, modifiers = elements.procedure(segment[6], reading.component)
        if qualifier == "NU":
            line.submitted_revenue_code = code
        else:
            line.submitted_code, line.submitted_modifiers = code, modifiers
    if segment[7]:
        line.submitted_units = reading.amount(segment, 7)


def _cas(reading: Reading, segment: list[str]) -> None:
    level = reading.line or reading.claim
    if level is None:
        reading.note("REM202", "CAS stands before any CLP: passed over", Severity.ERROR)
        return
    found, whole = elements.adjustments(segment, reading.amount)
    if not whole:
        reading.note("REM204", "CAS is incomplete: a group code, and a reason with its amount, are required")
    level.adjustments += found


_DAYS_OF_LINE = MappingProxyType({"150": "service_date", "151": "service_date_end", "472": "service_date"})
_DAYS_OF_CLAIM = MappingProxyType({"232": "statement_from", "233": "statement_through", "050": "received_date"})


def _dtm(reading: Reading, segment: list[str]) -> None:
    qualifier = segment[1]
    if reading.line is not None:
        if field := _DAYS_OF_LINE.get(qualifier):
            setattr(reading.line, field, reading.day(segment, 2))
    elif reading.claim is not None:
        if field := _DAYS_OF_CLAIM.get(qualifier):
            setattr(reading.claim, field, reading.day(segment, 2))
    elif qualifier == "405":
        reading.header["production_date"] = reading.day(segment, 2)


def _nm1(reading: Reading, segment: list[str]) -> None:
    """The rendering provider of the claim (NM1*82); patient and other persons are never read."""
    if segment[1] == "82" and reading.claim is not None and segment[8] == "XX":
        reading.claim.rendering_npi = segment[9] or None


def _lq(reading: Reading, segment: list[str]) -> None:
    if reading.line is not None and segment[1] == "HE" and segment[2]:
        reading.line.remarks += (segment[2],)


def _remarks_of(*places: int) -> Handler:
    """The remark codes of an MIA or MOA, which are in these elements."""

    def read(reading: Reading, segment: list[str]) -> None:
        if reading.claim is not None:
            reading.claim.remarks += tuple(code for place in places if (code := segment[place]))

    return read


def _amt(reading: Reading, segment: list[str]) -> None:
    if reading.line is not None and segment[1] == "B6":
        reading.line.allowed = reading.amount(segment, 2)


def _plb(reading: Reading, segment: list[str]) -> Sequence[RemittedClaim]:
    """Up to six pairs of a reason (with a reference) and an amount (PLB03 to PLB14)."""
    finished = reading.closed_claim()
    period: datetime.date | None = reading.day(segment, 2)
    for number in range(3, 15, 2):
        reason, _, reference = segment[number].partition(reading.component)
        if not reason:
            continue
        stated = reading.required(segment, number + 1)
        if stated is not None:
            reading.provider_adjustments.append(
                ProviderAdjustment(segment[1] or None, period, reason.strip(), stated, reference.strip() or None)
            )
    return finished


#: Segments of an 835 for which there is no field here.
PASSED_OVER = frozenset(("NTE", "CUR", "N3", "N4", "PER", "RDM", "LX", "TS2", "TS3", "QTY", "TA1"))


def _padded(handler: Handler, last: int) -> tuple[Handler, list[str]]:
    """A handler, and the empty elements to append so that every element up to the last can be read."""
    return handler, [""] * last


#: The handlers of a transaction set's segments, each with the number of the last element that it reads.
LOOPS = MappingProxyType(
    {
        "BPR": _padded(_bpr, 16),
        "TRN": _padded(_trn, 2),
        "N1": _padded(_n1, 4),
        "REF": _padded(_ref, 2),
        "CLP": _padded(_clp, 9),
        "SVC": _padded(_svc, 7),
        "CAS": _padded(_cas, 0),
        "DTM": _padded(_dtm, 2),
        "NM1": _padded(_nm1, 9),
        "LQ": _padded(_lq, 2),
        "MIA": _padded(_remarks_of(5, 20, 21, 22, 23), 23),
        "MOA": _padded(_remarks_of(3, 4, 5, 6, 7), 7),
        "AMT": _padded(_amt, 2),
        "PLB": _padded(_plb, 14),
    }
)
