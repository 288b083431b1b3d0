"""The service line loop (2400) with its drug (2410); its providers (2420) are read like those of a claim."""

from __future__ import annotations

from claimcheck.claims import Unreadable
from claimcheck.io.x12.draft import Draft
from claimcheck.io.x12.values import period

__all__ = ["ctp", "dtp", "lin", "lx", "mea", "ref", "too"]

_SPELLINGS = ("D8", "RD8")
_WITH_HOURS = ("DT", "RDT")  # 004010 also has hours
_TEST_DATES = ("738", "739")  # most recent hemoglobin or hematocrit, most recent serum creatinine
_DATES = ("472", *_TEST_DATES)
_CONTROL_NUMBER = "6R"  # REF01: the provider's own number of the line, which the remittance sends back
_TESTS = ("TR", "OG")  # MEA01: test results, original (a starting dosage)


def lx(draft: Draft, segment: str) -> None:
    draft.open_line()["line_number"] = segment[3:].partition(draft.element)[0]


def too(draft: Draft, segment: str) -> None:
    """A tooth and its surfaces. JP is the Universal/National Tooth Designation System; other systems are not read."""
    elements = draft.split(segment)
    line = draft.fields
    number: str | Unreadable = elements[2]
    if elements[1] != "JP" and number:
        number = Unreadable("a tooth of the Universal/National system", "one of another system")
    line["tooth_numbers"] = (*line.get("tooth_numbers", ()), number)
    line["tooth_surfaces"] = (*line.get("tooth_surfaces", ()), *elements[3].split(draft.component))


def dtp(draft: Draft, segment: str) -> None:
    fields = draft.fields
    if segment.startswith(draft.service_day) and "service_date" not in fields:  # one day, as on most lines
        day = segment[len(draft.service_day) :]
        if day <= draft.created and draft.element not in day:
            fields["service_date"] = day
            return
    if segment[4:7] in _DATES:
        _dates(draft, draft.split(segment))


def _dates(draft: Draft, elements: list[str]) -> None:
    qualifier, spelling, text = elements[1], elements[2], elements[3]
    fields = draft.fields
    if qualifier == "472":
        if spelling == "D8" and "service_date" not in fields and text <= draft.created:
            fields["service_date"] = text
            return
        if "service_date" in fields:
            fields.setdefault("service_date_end", None)
        first, last = period(spelling, text)
        draft.put("service_date", first)
        draft.put("service_date_end", last)
        draft.hold_against_file(first if last is None else last, "DTP*472")
        if spelling not in _SPELLINGS and draft.asks and (draft.asks_for_all or spelling not in _WITH_HOURS):
            draft.fault("unknown_value" if spelling else "missing_element", "DTP02")
    elif qualifier in _TEST_DATES:
        fields["result_date"], _ = period(spelling, text)


def ref(draft: Draft, segment: str) -> None:
    name = segment[4:6]
    if name == _CONTROL_NUMBER:
        elements = draft.split(segment)
        if elements[1] == name:
            draft.fields.setdefault("line_control_number", elements[2])
    elif name == "X4":
        elements = draft.split(segment)
        if elements[1] == name:
            draft.put("clia", elements[2])


def mea(draft: Draft, segment: str) -> None:
    """A line has one result: the first of several."""
    elements = draft.split(segment)
    if elements[1] in _TESTS:
        draft.fields.setdefault("result_value", elements[3])


def lin(draft: Draft, segment: str) -> None:
    """A line has one drug, the first: 004010 allows several, the ingredients of a compound."""
    elements = draft.split(segment)
    if elements[2] == "N4":
        draft.put("ndc", elements[3])


def ctp(draft: Draft, segment: str) -> None:
    elements = draft.split(segment)
    draft.put("ndc_quantity", elements[4])
    draft.put("ndc_unit", elements[5].split(draft.component)[0])
