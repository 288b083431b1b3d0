"""The reader of X12 835 files (005010X221A1; 004010X091A1 as far as it agrees): claims as the payer adjudicated them.

One pass, one claim held at a time. What no value here has a field for is passed over: addresses, contacts, the patient
and every other person, interest and other supplementary amounts, quantities, totals by provider (TS2, TS3).

What is wrong within a claim is a finding of the claim, with the number of the segment and never its text. A broken
envelope ends the reading with InputError, once every claim before the break is delivered.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from claimcheck.claims import Severity, Source
from claimcheck.errors import InputError
from claimcheck.io.stream import Input, Stream, opened
from claimcheck.io.x12.segments import blocks
from claimcheck.money import ZERO
from claimcheck.remittance import balances, elements, fhir
from claimcheck.remittance.elements import PAD, UnreadableElementError
from claimcheck.remittance.values import (
    ProviderAdjustment,
    Remittance,
    RemittanceFinding,
    RemittanceHeader,
    RemittedClaim,
    RemittedLine,
)

__all__ = ["read_remittances"]

_PIECE = 1 << 17
_ONE = Decimal(1)


def read_remittances(source: Input, *, name: str | None = None) -> Iterator[RemittedClaim | Remittance]:
    """The claims of an 835, one by one as they are read, and after the claims of a remittance the remittance itself.

    `source` is a path, bytes or a stream, gzipped or not; `name` is what findings and errors call it. Transaction sets
    of another kind are passed over. JSON holds FHIR explanations of benefits, each of which is a claim.

    Raises:
        InputError: the input cannot be read to its end, or holds no 835; what stands before the fault has been given.

    >>> isa = "ISA*00*          *00*          *ZZ*A              *ZZ*B              *240801*1200*^*00501*000000001*0*P"
    >>> head = "*:~GS*HP*A*B*20240801*1200*1*X*005010X221A1~ST*835*1~BPR*I*80*C*CHK************20240802~TRN*1*C7*1P~"
    >>> claim = "LX*1~CLP*A1*1*125*80**12*77*11*1~SVC*HC:99213:25*125*80**1~DTM*472*20240701~CAS*CO*45*45~LQ*HE*N22~"
    >>> tail = "SE*10*1~GE*1*1~IEA*1*000000001~"
    >>> first, remittance = read_remittances((isa + head + claim + tail).encode())
    >>> first.claim_id, first.lines[0].modifiers, first.lines[0].adjustments[0].carc, first.lines[0].remarks
    ('A1', ('25',), '45', ('N22',))
    >>> remittance.paid, remittance.findings
    (Decimal('80.00'), ())
    >>> list(read_remittances((isa + head + claim).encode(), name="cut.835"))
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: cut.835, segment or row 12: the file ends before its SE: a whole copy of it is needed
    """
    with opened(source, name) as stream:
        if fhir.is_json(stream.head()):
            yield from fhir.remitted_claims(stream)
        else:
            yield from _Reading(stream.file).items(stream)


class _Reading:
    """Where in the file the reading stands, and what of the open loops was read so far."""

    def __init__(self, file: str | None) -> None:
        self.file = file
        self.place = 0
        self.component = ":"
        self.expects = "ISA"  #: which trailer closes the open envelope; ISA between interchanges
        self.other_set: str | None = None
        self.sets = 0
        self.header: dict[str, Any] = {}
        self.claim: dict[str, Any] | None = None
        self.line: dict[str, Any] | None = None
        self.party = ""
        self.built: RemittanceHeader | None = None
        self.claims = 0
        self.paid = ZERO
        self.provider_adjustments: list[ProviderAdjustment] = []
        self.findings: list[RemittanceFinding] = []  #: of what is open: the claim where there is one, else the set
        self.opened_at = 0

    def items(self, stream: Stream) -> Iterator[RemittedClaim | Remittance]:
        for block in blocks(iter(lambda: stream.read(_PIECE), b""), self.file):
            separator, self.component = block.delimiters.element, block.delimiters.component
            for place, segment in enumerate(block.segments, block.before + 1):
                read = segment.split(separator)
                if " " in segment:
                    read = [element.strip() for element in read]
                name = read[0]
                if name in _PASSED_OVER or (self.other_set is not None and name not in _ENVELOPE):
                    continue
                self.place = place
                handler = _HANDLERS.get(name)
                if handler is None or (self.expects != "SE" and name not in _ENVELOPE):
                    self._outside()
                    continue
                read += PAD
                item = handler(self, read)
                if item is not None:
                    yield from item
            self.place = block.before + len(block.segments)
        if self.expects != "ISA":
            self.place += 1
            raise self.error(f"the file ends before its {self.expects}: a whole copy of it is needed")
        if not self.sets:
            raise InputError("a transaction set 835 is expected: the file holds no remittance", file=self.file)

    def error(self, reason: str) -> InputError:
        return InputError(reason, file=self.file, place=self.place)

    def note(self, rule_id: str, message: str, severity: Severity = Severity.WARNING) -> None:
        self.findings.append(RemittanceFinding(rule_id, severity, message, self.place))

    def _outside(self) -> None:
        """A segment that no 835 has, or that stands between two transaction sets."""
        if self.expects != "SE":
            raise self.error(f"{self.expects} is expected: the file is damaged or incomplete, a whole copy is needed")
        self.note("REM202", "Segment is not one of an 835: passed over")

    def value(self, read: Callable[[str], Any], segment: list[str], number: int) -> Any:
        """An element as a value; None, and a finding, where it cannot be read."""
        try:
            return read(segment[number])
        except UnreadableElementError as error:
            self.note("REM201", f"{segment[0]}{number:02} cannot be read: {error}", Severity.ERROR)
            return None

    # What is open is closed.

    def closed_line(self) -> None:
        if self.line is not None and self.claim is not None:
            line, self.line = self.line, None
            line["adjustments"], line["remarks"] = tuple(line["adjustments"]), tuple(line["remarks"])
            self.claim["lines"].append(RemittedLine(**line))

    def closed_claim(self) -> Iterator[RemittedClaim] | None:
        self.closed_line()
        if self.claim is None:
            return None
        claim, self.claim = self.claim, None
        for name in ("adjustments", "remarks", "lines"):
            claim[name] = tuple(claim[name])
        self.findings.extend(
            balances.of_claim(
                claim["charge"], claim["paid"], claim["adjustments"], claim["lines"], claim["source"].place
            )
        )
        findings, self.findings = tuple(self.findings), claim.pop("outer")
        self.claims += 1
        self.paid += claim["paid"] or ZERO
        return iter((RemittedClaim(remittance=self.the_header(), findings=findings, **claim),))

    def the_header(self) -> RemittanceHeader:
        """The header, once all of it has been read: the same value for all claims of the remittance."""
        if self.built is None:
            self.built = RemittanceHeader(**self.header)
        return self.built


Handler = Callable[[_Reading, list[str]], "Iterator[RemittedClaim | Remittance] | None"]


# The envelope.


def _isa(reading: _Reading, _segment: list[str]) -> None:
    _expect(reading, "ISA")
    reading.expects = "IEA"


def _gs(reading: _Reading, _segment: list[str]) -> None:
    _expect(reading, "IEA")
    reading.expects = "GE"


def _st(reading: _Reading, segment: list[str]) -> None:
    _expect(reading, "GE")
    reading.expects = "SE"
    if segment[1] != "835":
        reading.other_set = segment[1]
        return
    reading.sets += 1
    reading.header = {
        "control_number": segment[2] or None,
        "source": Source(file=reading.file, place=reading.place),
    }
    reading.built = reading.claim = reading.line = None
    reading.claims, reading.paid, reading.provider_adjustments, reading.findings = 0, ZERO, [], []
    reading.party, reading.opened_at = "", reading.place


def _se(reading: _Reading, segment: list[str]) -> Iterator[RemittedClaim | Remittance] | None:
    _expect(reading, "SE")
    reading.expects = "GE"
    if reading.other_set is not None:
        reading.other_set = None
        return None
    last = reading.closed_claim()
    return _whole(reading, segment, last)


def _whole(
    reading: _Reading, segment: list[str], last: Iterator[RemittedClaim] | None
) -> Iterator[RemittedClaim | Remittance]:
    if last is not None:
        yield from last
    counted = reading.place - reading.opened_at + 1
    if (segment[1].lstrip("0") or "0") != str(counted):
        reading.note("REM203", f"SE01 does not agree with the {counted} segments read: segments may be missing")
    header, adjustments = reading.the_header(), tuple(reading.provider_adjustments)
    place = None if header.source is None else header.source.place
    reading.findings.extend(balances.of_remittance(header, reading.paid, adjustments, place))
    yield Remittance(header, reading.claims, reading.paid, adjustments, tuple(reading.findings))
    reading.findings = []


def _ge(reading: _Reading, _segment: list[str]) -> None:
    _expect(reading, "GE")
    reading.expects = "IEA"


def _iea(reading: _Reading, _segment: list[str]) -> None:
    _expect(reading, "IEA")
    reading.expects = "ISA"


def _expect(reading: _Reading, expected: str) -> None:
    if reading.expects != expected:
        reason = f"{reading.expects} is expected: the file is damaged or incomplete, a whole copy of it is needed"
        raise reading.error(reason)


# The header of a remittance.


def _bpr(reading: _Reading, segment: list[str]) -> None:
    header = reading.header
    header["payment_amount"] = reading.value(elements.amount, segment, 2)
    header["credit"] = segment[3] != "D"
    header["payment_method"] = segment[4] or None
    header["payment_date"] = reading.value(elements.day, segment, 16)


def _trn(reading: _Reading, segment: list[str]) -> None:
    reading.header["trace_number"] = segment[2] or None


def _n1(reading: _Reading, segment: list[str]) -> None:
    """Payer and payee; those of anybody else are passed over."""
    reading.party = segment[1]
    name, qualifier, number = segment[2] or None, segment[3], segment[4] or None
    if reading.party == "PR":
        reading.header["payer_name"] = name
        if qualifier == "XV":
            reading.header["payer_id"] = number
    elif reading.party == "PE" and qualifier in _PAYEE:
        reading.header[_PAYEE[qualifier]] = number


_PAYEE = {"XX": "payee_npi", "FI": "payee_tax_id"}
#: How a payer is named beside N104: the payer's number with the clearinghouse (2U), or with NAIC (NF).
_PAYER_NUMBERS = ("2U", "NF")


def _ref(reading: _Reading, segment: list[str]) -> None:
    qualifier, number = segment[1], segment[2] or None
    if reading.line is not None:
        if qualifier == "6R":
            reading.line["control_number"] = number
        elif qualifier == "HPI":
            reading.line["rendering_npi"] = number
    elif reading.claim is None:
        if reading.party == "PR" and qualifier in _PAYER_NUMBERS:
            reading.header.setdefault("payer_id", number)
        elif reading.party == "PE" and qualifier == "TJ":
            reading.header.setdefault("payee_tax_id", number)


# Claims and lines.


def _clp(reading: _Reading, segment: list[str]) -> Iterator[RemittedClaim] | None:
    finished = reading.closed_claim()
    outer, reading.findings = reading.findings, []
    amount = elements.amount
    reading.claim = {
        "claim_id": segment[1] or None,
        "status": segment[2],
        "charge": _required(reading, segment, 3),
        "paid": _required(reading, segment, 4),
        "patient_responsibility": reading.value(amount, segment, 5),
        "filing_indicator": segment[6] or None,
        "payer_claim_id": segment[7] or None,
        "facility_type": segment[8] or None,
        "frequency": segment[9] or None,
        "adjustments": [],
        "remarks": [],
        "lines": [],
        "source": Source(file=reading.file, place=reading.place),
        "outer": outer,
    }
    return finished


def _required(reading: _Reading, segment: list[str], number: int) -> Decimal | None:
    value: Decimal | None = reading.value(elements.amount, segment, number)
    if value is None and not segment[number]:
        reading.note("REM201", f"{segment[0]}{number:02} is missing: an amount is required", Severity.ERROR)
    return value


def _svc(reading: _Reading, segment: list[str]) -> None:
    reading.closed_line()
    if reading.claim is None:
        reading.note("REM202", "SVC stands before any CLP: passed over", Severity.ERROR)
        return
    qualifier, code, modifiers = elements.procedure(segment[1], reading.component)
    revenue = segment[4] or None
    if qualifier == "NU":  # the line was billed by its revenue code alone (SVC01-1)
        revenue, code = code, None
    line: dict[str, Any] = {
        "procedure_code": code,
        "charge": _required(reading, segment, 2),
        "paid": reading.value(elements.amount, segment, 3),
        "modifiers": modifiers,
        "code_qualifier": qualifier,
        "revenue_code": revenue,
        "adjustments": [],
        "remarks": [],
        "place": reading.place,
    }
    units = reading.value(elements.amount, segment, 5)
    line["units"] = _ONE if units is None and not segment[5] else units  # SVC05: absent means one
    if segment[6]:
        _, line["submitted_code"], line["submitted_modifiers"] = elements.procedure(segment[6], reading.component)
    if segment[7]:
        line["submitted_units"] = reading.value(elements.amount, segment, 7)
    reading.line = line


def _cas(reading: _Reading, segment: list[str]) -> None:
    level = reading.line or reading.claim
    if level is None:
        reading.note("REM202", "CAS stands before any CLP: passed over", Severity.ERROR)
        return
    try:
        found, whole = elements.adjustments(tuple(segment[: -len(PAD)]))
    except UnreadableElementError as error:
        reading.note("REM201", f"CAS cannot be read: {error}", Severity.ERROR)
        return
    if not whole:
        reading.note("REM204", "CAS is incomplete: a group code, and a reason with its amount, are required")
    level["adjustments"].extend(found)


_DAYS_OF_LINE = {"150": "service_date", "151": "service_date_end", "472": "service_date"}
_DAYS_OF_CLAIM = {"232": "statement_from", "233": "statement_through", "050": "received_date"}


def _dtm(reading: _Reading, segment: list[str]) -> None:
    qualifier = segment[1]
    if reading.line is not None:
        if field := _DAYS_OF_LINE.get(qualifier):
            reading.line[field] = reading.value(elements.day, segment, 2)
    elif reading.claim is not None:
        if field := _DAYS_OF_CLAIM.get(qualifier):
            reading.claim[field] = reading.value(elements.day, segment, 2)
    elif qualifier == "405":
        reading.header["production_date"] = reading.value(elements.day, segment, 2)


def _nm1(reading: _Reading, segment: list[str]) -> None:
    """The rendering provider of the claim (NM1*82); the patient and others are never looked at."""
    if reading.claim is not None and segment[1] == "82" and segment[8] == "XX":
        reading.claim["rendering_npi"] = segment[9] or None


def _lq(reading: _Reading, segment: list[str]) -> None:
    if reading.line is not None and segment[1] == "HE" and segment[2]:
        reading.line["remarks"].append(segment[2])


def _remarks_of(*places: int) -> Handler:
    """The remark codes of an MIA or MOA, which stand at these elements."""

    def read(reading: _Reading, segment: list[str]) -> None:
        if reading.claim is not None:
            reading.claim["remarks"].extend(code for place in places if (code := segment[place]))

    return read


def _amt(reading: _Reading, segment: list[str]) -> None:
    if reading.line is not None and segment[1] == "B6":
        reading.line["allowed"] = reading.value(elements.amount, segment, 2)


def _plb(reading: _Reading, segment: list[str]) -> Iterator[RemittedClaim] | None:
    """Up to six pairs of a reason (with a reference) and an amount (PLB03 to PLB14)."""
    finished = reading.closed_claim()
    period: datetime.date | None = reading.value(elements.day, segment, 2)
    for number in range(3, 15, 2):
        reason, _, reference = segment[number].partition(reading.component)
        if not reason:
            continue
        stated = _required(reading, segment, number + 1)
        if stated is not None:
            reading.provider_adjustments.append(
                ProviderAdjustment(segment[1] or None, period, reason.strip(), stated, reference.strip() or None)
            )
    return finished


_ENVELOPE = frozenset(("ISA", "GS", "ST", "SE", "GE", "IEA"))
#: Segments of an 835 that have no field here.
_PASSED_OVER = frozenset(("NTE", "CUR", "N3", "N4", "PER", "RDM", "LX", "TS2", "TS3", "QTY", "TA1"))
_HANDLERS = MappingProxyType[str, Handler](
    {
        "ISA": _isa,
        "GS": _gs,
        "ST": _st,
        "SE": _se,
        "GE": _ge,
        "IEA": _iea,
        "BPR": _bpr,
        "TRN": _trn,
        "N1": _n1,
        "REF": _ref,
        "CLP": _clp,
        "SVC": _svc,
        "CAS": _cas,
        "DTM": _dtm,
        "NM1": _nm1,
        "LQ": _lq,
        "MIA": _remarks_of(5, 20, 21, 22, 23),
        "MOA": _remarks_of(3, 4, 5, 6, 7),
        "AMT": _amt,
        "PLB": _plb,
    }
)
