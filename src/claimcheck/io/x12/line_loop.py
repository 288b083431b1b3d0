"""A service line (2400), with its drug (2410); its providers (2420) are read as those of a claim are."""

from __future__ import annotations

from typing import Any

from claimcheck.io.x12.draft import Draft
from claimcheck.io.x12.values import amount, period, pointers, procedure, whole

__all__ = ["ctp", "dtp", "lin", "lx", "mea", "ref", "sv1", "sv2"]

_TEST_DATES = ("738", "739")  # most recent hemoglobin or hematocrit, most recent serum creatinine
_TESTS = ("TR", "OG")  # MEA01: test results, original (a starting dosage)


def lx(draft: Draft, elements: list[str]) -> None:
    draft.open_line()["line_number"] = whole(elements[1])


def sv1(draft: Draft, elements: list[str]) -> None:
    line = _line_of(draft, "SV1", "professional")
    _, procedure, charge, basis, units, place, _, pointer = elements[:8]
    _procedure(draft, line, procedure)
    line["charge"] = amount(charge)
    line["unit_basis"] = basis
    line["units"] = amount(units)
    line["place_of_service"] = place
    line["diagnosis_pointers"] = pointers(pointer, draft.component)


def sv2(draft: Draft, elements: list[str]) -> None:
    line = _line_of(draft, "SV2", "institutional")
    _, revenue, procedure, charge, basis, units, _, noncovered = elements[:8]
    _procedure(draft, line, procedure)
    line["revenue_code"] = revenue
    line["charge"] = amount(charge)
    line["unit_basis"] = basis
    line["units"] = amount(units)
    line["noncovered_charge"] = noncovered


def _line_of(draft: Draft, name: str, claim_type: str) -> dict[str, Any]:
    """The line that a service segment fills: that of its LX, or one of its own where it has none."""
    line = draft.line
    if line is None or "charge" in line:
        line = draft.open_line()
        draft.note(f"LX is expected before {name}")
    if draft.transaction.setdefault("claim_type", claim_type) != claim_type:
        draft.note(f"{name} is not the service segment of this transaction set")
    return line


def _procedure(draft: Draft, line: dict[str, Any], composite: str) -> None:
    """SV101 or SV202: qualifier, code, four modifiers, description."""
    if composite:
        fields = procedure(composite, draft.component)
        line.update(fields)
        if "procedure_code" not in fields:
            draft.note("a procedure is a qualifier and a code")


def dtp(draft: Draft, elements: list[str]) -> None:
    qualifier = elements[1]
    if qualifier == "472":
        first, last = period(elements[2], elements[3])
        draft.put("service_date", first)
        draft.put("service_date_end", last)
    elif qualifier in _TEST_DATES:
        draft.fields["result_date"], _ = period(elements[2], elements[3])


def ref(draft: Draft, elements: list[str]) -> None:
    if elements[1] == "X4":
        draft.put("clia", elements[2])


def mea(draft: Draft, elements: list[str]) -> None:
    """A line has one result: the first of several."""
    if elements[1] in _TESTS:
        draft.fields.setdefault("result_value", elements[3])


def lin(draft: Draft, elements: list[str]) -> None:
    """A line has one drug, the first: 004010 allows several, the ingredients of a compound."""
    if elements[2] == "N4":
        draft.put("ndc", elements[3])


def ctp(draft: Draft, elements: list[str]) -> None:
    draft.put("ndc_quantity", elements[4])
    draft.put("ndc_unit", elements[5].split(draft.component)[0])
