"""The fields of `Claim` and `ServiceLine` in a text's segments.

Each equals what the claim reader (`claimcheck.io.x12`) reads. If that would note anything about the notation, or read
another field, the claim is odd and left to it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from claimcheck.frames.x12 import loops as of
from claimcheck.frames.x12.loops import LoopMap
from claimcheck.frames.x12.slots import Slots
from claimcheck.frames.x12.text import Bools, Composite, Ints, SegmentText, Slices, are

__all__ = ["MOST_DIAGNOSES", "MOST_POINTERS", "ReadFields", "read"]

MOST_DIAGNOSES = 12
MOST_POINTERS = 4
_CODE = 5  #: characters of a procedure code
_PB = 19  #: CLM19 says whether it is a predetermination
_INDICATORS = ((6, (b"Y", b"N")), (7, (b"A", b"B", b"C")), (8, (b"N", b"W", b"Y")), (9, (b"I", b"Y")))


class ReadFields:
    """The fields of claims and lines, and those of the loops around claims."""

    def __init__(self, text: SegmentText, loops: LoopMap) -> None:
        self.text, self.loops = text, loops
        self.service: Composite  #: SV101 of lines
        self.providers = Slots(text, len(loops.heads[of.PROVIDER]))
        self.subscribers = Slots(text, len(loops.heads[of.SUBSCRIBER]))
        self.patients = Slots(text, len(loops.heads[of.PATIENT]))
        self.claims = Slots(text, len(loops.claims))
        self.lines = Slots(text, len(loops.lines))
        heads = {**loops.heads, of.CLAIM: loops.claims, of.LINE: loops.lines}
        self._rows = {kind: _counted(len(text), begin) for kind, begin in heads.items()}
        self._qualifiers: dict[tuple[int, str], tuple[Any, Ints]] = {}
        self.claim_of_line: Ints = self._rows[of.CLAIM][loops.lines]

    def rows(self, kind: int, at: Ints) -> Ints:
        """The rows of segments in loops of a kind."""
        return self._rows[kind][at]

    def row_of(self, kind: int, units: Ints) -> Ints:
        """The rows of units of that kind; of -1 that of the last."""
        return self._rows[kind][self.loops.units[units]]

    def slots(self, kind: int) -> Slots:
        """The fields of loops of a kind."""
        return {
            of.PROVIDER: self.providers,
            of.SUBSCRIBER: self.subscribers,
            of.PATIENT: self.patients,
            of.CLAIM: self.claims,
            of.LINE: self.lines,
        }[kind]

    def element(self, kind: int, at: Ints, **fields: int) -> None:
        """Puts elements of segments into fields."""
        rows, slots = self.rows(kind, at), self.slots(kind)
        for name, number in fields.items():
            slots.put(name, rows, self.text.element(at, number))

    def leave(self, kind: int, at: Ints, which: Bools) -> None:
        """Leaves the loops of some segments to the reader of claims."""
        self.slots(kind).leave(self.rows(kind, at), which)

    def at(self, kind: int, name: str, *qualifiers: bytes) -> Ints:
        """The segments of an id in loops of a kind, whose first element is one of these."""
        at = self.loops.at(kind, name)
        if not qualifiers:
            return at
        if (kind, name) not in self._qualifiers:
            first = self.text.element(at, 1)
            self._qualifiers[kind, name] = self.text.word(first), first.sizes
        return at[are(*self._qualifiers[kind, name], *qualifiers)]


def _counted(many: int, begin: Ints) -> Ints:
    """Of each of so many segments, the row of the loop that began last."""
    begins = np.zeros(many, np.int64)
    begins[begin] = 1
    return np.cumsum(begins) - 1


def read(text: SegmentText, loops: LoopMap, *, whole: bool = True) -> ReadFields:
    """What a text says; else of whom claims are, what they are called, their services, and when and by whom."""
    found = ReadFields(text, loops)
    _providers(found)
    _people(found)
    _claims(found)
    _services(found)
    if whole:
        _diagnoses(found)
        _details(found)
        _references(found)
        _drugs(found)
    for kind in (of.CLAIM, of.LINE):
        _rendering(found, kind)
    return found


def _providers(found: ReadFields) -> None:
    text, loops = found.text, found.loops
    at = found.at(of.PROVIDER, "NM1", b"85")
    found.leave(of.PROVIDER, at, ~text.spells(text.element(at, 8), b"XX"))
    found.leave(of.PROVIDER, at, ~text.spells(text.element(at, 2), b"1", b"2"))
    found.element(of.PROVIDER, at, billing_npi=9, billing_entity_type=2)
    found.element(of.PROVIDER, found.at(of.PROVIDER, "PRV", b"BI"), billing_taxonomy=3)
    at = found.at(of.PROVIDER, "REF", b"EI", b"SY")
    parties = found.at(of.PROVIDER, "NM1")
    if len(parties):
        last = parties[np.maximum(np.searchsorted(parties, at) - 1, 0)]
        own = (last < at) & (loops.unit[last] == loops.unit[at]) & text.spells(text.element(last, 1), b"85")
        found.element(of.PROVIDER, at[own], billing_tax_id=2)


def _people(found: ReadFields) -> None:
    text = found.text
    at = found.at(of.SUBSCRIBER, "NM1", b"IL")
    named = text.element(at, 9).sizes > 0
    found.leave(of.SUBSCRIBER, at, named & ~text.spells(text.element(at, 8), b"MI", b"II"))
    found.element(of.SUBSCRIBER, at, member_id=9)
    at = found.at(of.SUBSCRIBER, "NM1", b"PR")
    named = text.element(at, 9).sizes > 0
    found.leave(of.SUBSCRIBER, at, ~(named & text.spells(text.element(at, 8), b"PI", b"XV")))
    found.element(of.SUBSCRIBER, at, payer_id=9)
    at = found.at(of.PATIENT, "NM1", b"QC")
    found.element(of.PATIENT, at, member_id=9, first_name=4)
    for kind in (of.SUBSCRIBER, of.PATIENT):
        found.element(kind, found.at(kind, "DMG"), birth_date=2, sex=3)
        at = found.at(kind, "PAT")
        found.leave(kind, at, text.element(at, 6).sizes > 0)


def _claims(found: ReadFields) -> None:
    text, at = found.text, found.loops.claims
    facility = text.element(at, 5)
    place, qualifier, frequency = map(text.composite(facility).component, (1, 2, 3))
    plain = (text.composite(facility).many == 2) & text.spells(qualifier, b"B") & (frequency.sizes == 1)
    for number, known in _INDICATORS:
        plain &= text.spells(text.element(at, number), *known)
    plain &= text.elements(at) < _PB
    found.leave(of.CLAIM, at, ~plain)
    rows = found.rows(of.CLAIM, at)
    found.element(of.CLAIM, at, claim_id=1, total_charge=2)
    found.claims.put("place_of_service", rows, place)
    found.claims.put("frequency_code", rows, frequency)
    at = found.at(of.CLAIM, "DTP", b"434", b"472")
    found.leave(of.CLAIM, at, np.ones(len(at), bool))
    for field, name in (("admission_date", b"435"), ("discharge_date", b"096")):
        at = found.at(of.CLAIM, "DTP", name)
        found.leave(of.CLAIM, at, ~text.spells(text.element(at, 2), b"D8"))
        found.element(of.CLAIM, at, **{field: 3})
    for field, name in (("original_claim_id", b"F8"), ("prior_authorization", b"G1"), ("clia", b"X4")):
        found.element(of.CLAIM, found.at(of.CLAIM, "REF", name), **{field: 2})


def _diagnoses(found: ReadFields) -> None:
    """HI: the principal diagnosis first, then others, and nothing else; each a qualifier and a code."""
    text, at = found.text, found.at(of.CLAIM, "HI")
    rows = found.rows(of.CLAIM, at)
    many = text.elements(at)
    found.leave(of.CLAIM, at, (many < 1) | (many > MOST_DIAGNOSES))
    for number in range(1, min(MOST_DIAGNOSES, int(many.max(initial=0))) + 1):
        those = np.flatnonzero(many >= number)
        entry = text.composite(text.element(at[those], number))
        qualifier, code = entry.component(1), entry.component(2)
        plain = text.spells(qualifier, b"ABK" if number == 1 else b"ABF") & (entry.many == 1)
        plain &= (code.sizes > 0) & (code.sizes <= 8) & ~text.holds(code, ".")
        found.claims.leave(rows[those], ~plain)
        found.claims.put(f"diagnosis_{number}", rows[those], code)


def _rendering(found: ReadFields, kind: int) -> None:
    text = found.text
    at = found.at(kind, "NM1", b"82")
    found.leave(kind, at, ~text.spells(text.element(at, 8), b"XX"))
    found.element(kind, at, rendering_npi=9)
    found.element(kind, found.at(kind, "PRV", b"PE"), rendering_taxonomy=3)


def _services(found: ReadFields) -> None:
    """SV1: a line has one; its code."""
    text = found.text
    found.element(of.LINE, found.loops.lines, line_number=1)
    at = found.at(of.LINE, "SV1")
    rows, lines = found.rows(of.LINE, at), found.lines
    found.service = text.composite(text.element(at, 1))
    served = np.zeros(lines.many, bool)
    served[rows] = True
    lines.odd |= ~served
    code = found.service.component(2)
    lines.leave(rows, code.sizes != _CODE)
    lines.put("procedure_code", rows, code)
    _dates(found)


def _details(found: ReadFields) -> None:
    """SV1: all else that it says."""
    text, at, lines, composite = found.text, found.at(of.LINE, "SV1"), found.lines, found.service
    rows = found.rows(of.LINE, at)
    qualifier, *modifiers, description = map(composite.component, (1, 3, 4, 5, 6, 7))
    lines.leave(rows, (qualifier.sizes != 2) | (composite.many > 6) | (text.element(at, 3).sizes == 0))
    lines.put("code_qualifier", rows, qualifier)
    lines.put("description", rows, description)
    for number, pieces in enumerate(modifiers, 1):
        lines.put(f"modifier_{number}", rows, pieces)
    _pointers(found, rows, text.element(at, 7))
    found.element(of.LINE, at, charge=2, unit_basis=3, units=4, place_of_service=5)


def _pointers(found: ReadFields, rows: Ints, pointers: Slices) -> None:
    text = found.text
    composite = text.composite(pointers)
    many = composite.many
    found.lines.leave(rows, (pointers.sizes == 0) | (many >= MOST_POINTERS))
    for number in range(1, MOST_POINTERS + 1):
        piece = composite.component(number)
        plain = (piece.sizes > 0) & text.are_digits(piece, 2) & (text.first(piece) != ord("0"))
        found.lines.leave(rows, (many >= number - 1) & ~plain)
        found.lines.put(f"diagnosis_pointer_{number}", rows, piece)


def _dates(found: ReadFields) -> None:
    """DTP: the day of a service (472), or its first and last; those of tests are left."""
    text = found.text
    at = found.at(of.LINE, "DTP", b"738", b"739")
    found.leave(of.LINE, at, np.ones(len(at), bool))
    at = found.at(of.LINE, "DTP", b"472")
    spelling, days = text.element(at, 2), text.element(at, 3)
    several = text.spells(spelling, b"RD8") & (days.sizes == 17)
    found.leave(of.LINE, at, ~(several | text.spells(spelling, b"D8")))
    rows = found.rows(of.LINE, at)
    found.lines.put("service_date", rows, Slices(days.starts, np.where(several, 8, days.sizes)))
    spans = np.flatnonzero(several)
    found.lines.leave(rows[spans], text.octets[days.starts[spans] + 8] != ord("-"))
    found.lines.put("service_date_end", rows[spans], Slices(days.starts[spans] + 9, np.full(len(spans), 8)))


def _references(found: ReadFields) -> None:
    """REF*6R: the provider's own number of the line; REF*X4: the laboratory."""
    for field, name in (("line_control_number", b"6R"), ("clia", b"X4")):
        found.element(of.LINE, found.at(of.LINE, "REF", name), **{field: 2})


def _drugs(found: ReadFields) -> None:
    """LIN and CTP: the drug of a line, and how much of it. Results of tests are left."""
    text = found.text
    at = found.at(of.LINE, "LIN")
    at = at[text.spells(text.element(at, 2), b"N4")]
    found.element(of.LINE, at, ndc=3)
    at = found.at(of.LINE, "CTP")
    found.element(of.LINE, at, ndc_quantity=4)
    found.lines.put("ndc_unit", found.rows(of.LINE, at), text.composite(text.element(at, 5)).component(1))
    at = found.at(of.LINE, "MEA", b"TR", b"OG")
    found.leave(of.LINE, at, np.ones(len(at), bool))
