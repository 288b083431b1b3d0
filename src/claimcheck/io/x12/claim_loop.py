"""The claim loop (2300) with its providers (2310)."""

from __future__ import annotations

from claimcheck.claims import Claim, Unreadable
from claimcheck.codes import tooth
from claimcheck.io.x12 import header
from claimcheck.io.x12.coded_entries import coded_entry
from claimcheck.io.x12.draft import Draft
from claimcheck.io.x12.loop import PAD, Loop
from claimcheck.io.x12.values import indicators, period

__all__ = ["cl1", "clm", "dn2", "dtp", "hi", "nm1", "prv", "ref", "sbr"]

_FACILITY = {"A": "bill_type", "B": "place_of_service"}  # by CLM05-2
_FACILITY_OF_TYPE = {
    "institutional": ("bill_type", "A"),
    "professional": ("place_of_service", "B"),
    "dental": ("place_of_service", "B"),
}
_REFERENCES = {"F8": "original_claim_id", "G1": "prior_authorization", "X4": "clia"}
_PARTIES = frozenset({"82", *header.OPENERS})
_PREDETERMINATION = "PB"  # CLM19
_DELAY = 20
_REASON = 19


def clm(draft: Draft, segment: str) -> Claim | None:
    """CLM05 is a bill type without frequency, or a place of service; 004010 professional does not say which.

    Some files use a component separator other than ISA16. CLM05 shows it, because its first component always has two
    characters; the claim is read with the separator it uses, and notes it.
    """
    elements = draft.split(segment)
    finished = draft.finish()
    claim = draft.open_claim()
    facility = elements[5].strip()
    if draft.component not in facility and _separates_otherwise(facility):
        draft.component = facility[2]
        draft.note("CLM05", kind="other_separator")
    code, qualifier, frequency = [*facility.split(draft.component), "", ""][:3]
    claim_type = draft.transaction.get("claim_type", "")
    of_type, expected = _FACILITY_OF_TYPE.get(claim_type, (None, qualifier))
    field = _FACILITY.get(qualifier, of_type)
    if not draft.type_is_settled:
        expected = qualifier
    if field:
        claim[field] = code
    elif code:
        draft.note("CLM05-2 is not A or B")
    claim["claim_id"] = elements[1]
    claim["total_charge"] = elements[2]
    claim["frequency_code"] = frequency
    if _PREDETERMINATION in elements[_REASON : _REASON + 1]:
        claim["predetermination"] = True
    claim["delay_reason"] = "".join(elements[_DELAY : _DELAY + 1]).strip()
    if draft.asks:
        if not frequency:
            draft.fault("missing_element", "CLM05-3")
        # Even examples in the guides omit CLM05-2; a bill with no qualifier is recognized by that.
        if qualifier not in ("", expected) and claim_type != "institutional":
            draft.fault("unknown_value", "CLM05-2")
        if draft.asks_for_all:
            for kind, element in indicators(claim_type, *elements[6:10]):
                draft.fault(kind, element)
    return finished


def _separates_otherwise(facility: str) -> bool:
    marks = {character for character in facility if not character.isalnum()}
    return facility.isascii() and marks == {facility[2:3]} and marks != {" "}


def dtp(draft: Draft, segment: str) -> None:
    """434 is the statement period (a single date is its own end), 435 admission, 096 discharge if it is a date rather
    than an hour.

    472 is the service date of a line. A dental claim gives it once for all lines without their own; elsewhere a
    claim-level 472 does not apply to any line.
    """
    elements = draft.split(segment)
    qualifier = elements[1]
    if qualifier not in ("434", "435", "096", "472"):
        return
    first, last = period(elements[2], elements[3])
    if qualifier == "434":
        draft.put("statement_from", first)
        draft.put("statement_through", first if last is None else last)
        draft.hold_against_file(last or first, "DTP*434")
    elif qualifier == "435":
        draft.put("admission_date", first)
    elif qualifier == "472":
        if draft.transaction.get("claim_type") == "dental":
            draft.days_of_lines = first, last
        else:
            draft.note("DTP*472 of the whole claim not read: expected in the service lines")
    elif elements[2] != "TM":
        draft.put("discharge_date", first)


def cl1(draft: Draft, segment: str) -> None:
    elements = draft.split(segment)
    claim = draft.fields
    claim["admission_type"] = elements[1]
    claim["admission_source"] = elements[2]
    claim["patient_status"] = elements[3]


def ref(draft: Draft, segment: str) -> None:
    if segment[4:6] not in _REFERENCES:
        return
    elements = draft.split(segment)
    field = _REFERENCES.get(elements[1])
    if field:
        draft.put(field, elements[2])


def nm1(draft: Draft, segment: str) -> Claim | None:
    """The rendering provider of the claim or a line. A party that opens a loop around a claim belongs to the next
    claim."""
    if segment[4:6] not in _PARTIES:
        return None
    elements = draft.split(segment)
    if elements[1] == "82":
        draft.put("rendering_npi", header.npi(draft, elements))
    return header.nm1(draft, segment) if elements[1] in header.OPENERS else None


def prv(draft: Draft, segment: str) -> None:
    if segment[4:6] != "PE":
        return
    elements = draft.split(segment)
    if elements[1] == "PE":
        draft.put("rendering_taxonomy", elements[3])


def hi(draft: Draft, segment: str) -> None:
    """Diagnoses and other coded entries, in order; an empty element is skipped and keeps its number."""
    elements = draft.split(segment)
    claim, component = draft.fields, draft.component
    entries = elements[1 : -len(PAD)]
    while entries and not entries[-1].strip():
        entries.pop()
    before = len(claim["diagnoses"]) + len(draft.gaps) if "diagnoses" in claim else 0
    for number, entry in enumerate(entries, 1):
        coded = coded_entry(entry, component)
        if coded is None:
            if not entry.strip():
                _gap(draft, before, number)
            continue
        field, value, faults = coded
        claim.setdefault(field, []).append(value)
        if isinstance(value, Unreadable):
            draft.note(f"HI{number:02} has an unknown qualifier, or no code")
        for kind, detail in faults:
            if kind == "malformed_segment":
                draft.note(f"HI{number:02} {detail}")
            elif draft.asks:
                draft.fault(kind, f"HI{number:02}{detail}")
        if number == 1 and not before and field == "diagnoses":
            _first(draft, value)


def _gap(draft: Draft, before: int, number: int) -> None:
    """An empty element: line pointers refer to the others by element number (SV107, SV311)."""
    if number == 1:
        draft.fault("missing_element", "HI01")
    if "diagnoses" in draft.fields or number == 1:
        draft.gaps += (before + number,)


def _first(draft: Draft, value: object) -> None:
    """HI01 of a professional or dental claim is the principal diagnosis (ABK, BK)."""
    role = getattr(value, "role", "principal")
    if role != "principal" and draft.asks and draft.transaction.get("claim_type") in ("professional", "dental"):
        draft.fault("unknown_value", "HI01-1")


def dn2(draft: Draft, segment: str) -> None:
    """Tooth status: only whether it is a tooth matters."""
    elements = draft.split(segment)
    if not tooth.is_valid(elements[1]):
        draft.note("DN201 is no tooth number")


def sbr(draft: Draft, _segment: str) -> None:
    """Starts another subscriber's coverage of the same claim (2320)."""
    draft.enter(Loop.OTHER_SUBSCRIBER)
