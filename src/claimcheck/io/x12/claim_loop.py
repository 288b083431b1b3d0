"""The claim itself (2300), with its providers (2310)."""

from __future__ import annotations

from claimcheck.claims import Claim, Unreadable
from claimcheck.io.x12 import header
from claimcheck.io.x12.draft import PAD, Draft, Loop
from claimcheck.io.x12.values import coded_entry, period

__all__ = ["cl1", "clm", "dtp", "hi", "nm1", "prv", "ref", "sbr"]

_FACILITY = {"A": "bill_type", "B": "place_of_service"}  # by CLM05-2
_FACILITY_OF_TYPE = {"institutional": "bill_type", "professional": "place_of_service"}
_REFERENCES = {"F8": "original_claim_id", "G1": "prior_authorization", "X4": "clia"}


def clm(draft: Draft, elements: list[str]) -> Claim | None:
    """CLM05 is a bill type without its frequency, or a place of service; 004010 professional does not say which.

    Some files separate their components by another character than the one that ISA16 names. CLM05 shows it, because
    its first component is always of two characters; the claim is read with the one that it uses, and says so.
    """
    finished = draft.finish()
    claim = draft.open_claim()
    facility = elements[5].strip()
    if draft.component not in facility and _separates_otherwise(facility):
        draft.component = facility[2]
        draft.note("CLM05 is separated by another character than ISA16 names", kind="other_separator")
    code, qualifier, frequency = [*facility.split(draft.component), "", ""][:3]
    field = _FACILITY.get(qualifier) or _FACILITY_OF_TYPE.get(draft.transaction.get("claim_type", ""))
    if field:
        claim[field] = code
    elif code:
        draft.note("CLM05-2 is not A or B")
    claim["claim_id"] = elements[1]
    claim["total_charge"] = elements[2]
    claim["frequency_code"] = frequency
    return finished


def _separates_otherwise(facility: str) -> bool:
    marks = {character for character in facility if not character.isalnum()}
    return facility.isascii() and marks == {facility[2:3]} and marks != {" "}


def dtp(draft: Draft, elements: list[str]) -> None:
    """434 statement (a single day is its own end), 435 admission, 096 discharge where it is a date and no hour.

    472 is the service date of a line; a sender who gives it for the whole claim has not said it of any line.
    """
    qualifier = elements[1]
    if qualifier not in ("434", "435", "096", "472"):
        return
    first, last = period(elements[2], elements[3])
    if qualifier == "434":
        draft.put("statement_from", first)
        draft.put("statement_through", first if last is None else last)
    elif qualifier == "435":
        draft.put("admission_date", first)
    elif qualifier == "472":
        draft.note("DTP*472 is expected in the service lines, and is not read for the whole claim")
    elif elements[2] != "TM":
        draft.put("discharge_date", first)


def cl1(draft: Draft, elements: list[str]) -> None:
    claim = draft.fields
    claim["admission_type"] = elements[1]
    claim["admission_source"] = elements[2]
    claim["patient_status"] = elements[3]


def ref(draft: Draft, elements: list[str]) -> None:
    field = _REFERENCES.get(elements[1])
    if field:
        draft.put(field, elements[2])


def nm1(draft: Draft, elements: list[str]) -> Claim | None:
    """The rendering provider, of the claim or of a line. Who opens a loop around a claim belongs to the next one."""
    if elements[1] == "82":
        draft.put("rendering_npi", header.npi(draft, elements))
    return header.nm1(draft, elements) if elements[1] in header.OPENERS else None


def prv(draft: Draft, elements: list[str]) -> None:
    if elements[1] == "PE":
        draft.put("rendering_taxonomy", elements[3])


def hi(draft: Draft, elements: list[str]) -> None:
    """Diagnoses and the other coded entries, in order; empty elements at the end are none."""
    claim, component = draft.fields, draft.component
    entries = elements[1 : -len(PAD)]
    while entries and not entries[-1].strip():
        entries.pop()
    for number, entry in enumerate(entries, 1):
        coded = coded_entry(entry, component)
        if coded is not None:
            field, value = coded
            claim.setdefault(field, []).append(value)
            if isinstance(value, Unreadable):
                draft.note(f"HI{number:02} is not a known qualifier and a code")


def sbr(draft: Draft, _elements: list[str]) -> None:
    """Another subscriber's coverage of the same claim (2320) begins."""
    draft.enter(Loop.OTHER_SUBSCRIBER)
