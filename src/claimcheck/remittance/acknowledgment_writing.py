"""Writes a 277CA (005010X214) from acknowledged claims: which ones are accepted, and why the others are returned.

Its four levels are the payer, the receiver (who sent the claims), the billing provider and each claim, with the lines
of returned claims. A line without a code that may be shown is not written: its statuses are written on its claim. The
file names no patient, so it is for tests, like the written 835.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from claimcheck.errors import InputError
from claimcheck.money import ZERO
from claimcheck.remittance.acknowledging import AcknowledgedClaim, AcknowledgedLine, StatusCode
from claimcheck.remittance.envelope_text import COMPONENT, SOME_DAY, day_text, interchange, number_text
from claimcheck.remittance.values import RemittanceHeader

__all__ = ["written_acknowledgment"]

_NOBODY = RemittanceHeader()
_GUIDE = "005010X214"
_RECEIVED = StatusCode("A1", "19", "PR")  #: received by the payer
_CODES = 3  #: statuses of one STC: STC01, STC10 and STC11
_ACCEPT, _REJECT = "WQ", "U"  #: STC03


def written_acknowledgment(
    claims: Iterable[AcknowledgedClaim], header: RemittanceHeader = _NOBODY, *, on: datetime.date = SOME_DAY
) -> bytes:
    """The 277CA of these claims, of one payer and one billing provider, both named by `header`.

    `on` is the date of the acknowledgment. The sender could not recognize a claim without a number, and a claim without
    a charge has no total.

    Raises:
        InputError: a claim has no number or no charge, or a text holds a delimiter.

    >>> from claimcheck import validate_claim
    >>> from claimcheck.remittance import acknowledged
    >>> line = {"procedure_code": "99213", "charge": "125.00", "service_date": "2024-07-15", "units": -1}
    >>> results = [validate_claim({"claim_id": "A1", "claim_type": "professional", "lines": [line]})]
    >>> text = written_acknowledgment(acknowledged(results)).decode()
    >>> print(*text[text.index("TRN*2*A1") : text.index("SE*")].split("~"), sep="\\n")
    TRN*2*A1
    STC*A7:247*20240101*U*125.00
    DTP*472*D8*20240715
    SVC*HC:99213*125.00
    STC*A7:476*20240101*U
    REF*FJ*1
    DTP*472*D8*20240715
    <BLANKLINE>
    """
    given = list(claims)
    for claim in given:
        if claim.claim_id is None or claim.charge is None:
            raise InputError("a claim has no number or no charge: both are expected of each claim of a 277CA")
    body = [["BHT", "0085", "08", "1", day_text(on), "0000", "TH"], *_head(given, header, on)]
    for number, claim in enumerate(given, 4):
        body += _claim(claim, number, on)
    return interchange("HN", _GUIDE, ["ST", "277", header.control_number or "0001", _GUIDE], body)


def _head(claims: Sequence[AcknowledgedClaim], header: RemittanceHeader, on: datetime.date) -> Iterator[list[str]]:
    """Payer, receiver and billing provider; the last two with what was accepted and what was returned."""
    has_claims = "1" if claims else "0"
    yield ["HL", "1", "", "20", "1"]
    yield ["NM1", "PR", "2", header.payer_name or "PAYER", *[""] * 4, "PI", header.payer_id or "00"]
    yield ["TRN", "1", "1"]
    yield ["DTP", "050", "D8", day_text(on)]
    yield ["DTP", "009", "D8", day_text(on)]
    yield ["HL", "2", "1", "21", "1"]
    yield ["NM1", "41", "2", "RECEIVER", *[""] * 4, "46", "00"]
    yield ["TRN", "2", header.trace_number or "1"]
    total = sum((claim.charge or ZERO for claim in claims), ZERO)
    yield ["STC", str(_RECEIVED), day_text(on), _ACCEPT, number_text(total)]
    yield from _sums(claims, "90", "AA")
    yield ["HL", "3", "2", "19", has_claims]
    yield ["NM1", "85", "2", "PROVIDER", *[""] * 4, *(["XX", header.payee_npi] if header.payee_npi else [])]
    if claims:
        yield ["TRN", "1", "1"]
        # STC02 is required in 2200B, 2200D and 2220D, and not used in 2200C (the map of the guide in pyx12 4.0.0)
        yield ["STC", str(_RECEIVED), "", _ACCEPT, number_text(total)]
        yield from _sums(claims, "QA", "QC")


def _sums(claims: Iterable[AcknowledgedClaim], taken: str, returned: str) -> Iterator[list[str]]:
    """How many claims were accepted and returned, and their charges; a count of zero is left out."""
    counts: dict[bool, tuple[int, Decimal]] = {}
    for claim in claims:
        count, charge = counts.get(claim.accepted, (0, ZERO))
        counts[claim.accepted] = count + 1, charge + (claim.charge or ZERO)
    kinds = ((True, taken, "YU"), (False, returned, "YY"))
    yield from (["QTY", name, str(counts[is_taken][0])] for is_taken, name, _ in kinds if is_taken in counts)
    yield from (["AMT", name, number_text(counts[is_taken][1])] for is_taken, _, name in kinds if is_taken in counts)


def _claim(claim: AcknowledgedClaim, number: int, on: datetime.date) -> Iterator[list[str]]:
    yield ["HL", str(number), "3", "PT"]
    yield ["NM1", "QC", "1", "PATIENT", *[""] * 4, "MI", "00"]
    yield ["TRN", "2", claim.claim_id or ""]
    action = _ACCEPT if claim.accepted else _REJECT
    coded = [line for line in claim.lines if line.procedure_code is not None or line.revenue_code is not None]
    statuses = [*claim.statuses, *(code for line in claim.lines if line not in coded for code in line.statuses)]
    yield from _statuses(list(dict.fromkeys(statuses)), action, day_text(on), number_text(claim.charge))
    yield from _service_days(claim.service_date, claim.service_date_end)
    for line in coded:
        yield from _line(line, day_text(on))


def _line(line: AcknowledgedLine, on: str) -> Iterator[list[str]]:
    """A returned line (loop 2220D)."""
    if line.procedure_code is not None:
        code = COMPONENT.join(["HC", line.procedure_code, *line.modifiers])
    else:
        code = COMPONENT.join(["NU", line.revenue_code or ""])
    beside = line.revenue_code if line.procedure_code is not None else None
    yield ["SVC", code, number_text(line.charge), "", beside or ""]
    yield from _statuses(line.statuses, _REJECT, on)
    yield ["REF", "FJ", str(line.line_number)]
    yield from _service_days(line.service_date, line.service_date)


def _statuses(codes: Sequence[StatusCode], action: str, day: str, charge: str = "") -> Iterator[list[str]]:
    """STC segments of up to three statuses each."""
    for at in range(0, len(codes), _CODES):
        first, *more = map(str, codes[at : at + _CODES])
        yield ["STC", first, day, action, charge, *[""] * 5, *more]


def _service_days(first: datetime.date | None, last: datetime.date | None) -> Iterator[list[str]]:
    if first is not None and last is not None:
        is_one = first == last
        yield ["DTP", "472", "D8" if is_one else "RD8", day_text(first) + ("" if is_one else f"-{day_text(last)}")]
