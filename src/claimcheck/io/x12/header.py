"""The loops around a claim: billing provider (2000A), subscriber and payer (2000B), patient (2000C)."""

from __future__ import annotations

from typing import Any

from claimcheck.claims import Claim
from claimcheck.io.x12.draft import Draft
from claimcheck.io.x12.loop import Loop

__all__ = ["OPENERS", "begin_without_hl", "dmg", "hl", "nm1", "npi", "pat", "prv", "ref", "sbr"]

_LEVELS = {"20": Loop.PROVIDER, "22": Loop.SUBSCRIBER, "23": Loop.PATIENT}
OPENERS = {"85": Loop.PROVIDER, "IL": Loop.SUBSCRIBER, "QC": Loop.PATIENT}
"""The parties of the loops around a claim, by NM101."""
_MEMBERS = ("MI", "II")  # NM108 of a subscriber: member number or universal identifier
_PAYERS = ("PI", "XV")  # NM108 of a payer: payer number or national plan id
_ENTITY_TYPES = ("1", "2")  # NM102: person, non-person entity
_TAX_IDS = ("24", "34")  # NM108 in 004010: employer's number, social security number


def hl(draft: Draft, segment: str) -> Claim | None:
    elements = draft.split(segment)
    finished = draft.finish()
    level = _LEVELS.get(elements[3].strip())
    # A loop of another level may belong to anyone: nothing is kept of the provider and subscriber before it.
    draft.open(level or Loop.PROVIDER)
    if level is None:
        draft.note("HL03 is not 20, 22 or 23")
    return finished


def begin_without_hl(draft: Draft, name: str, loop: Loop) -> Claim | None:
    """Opens a loop whose HL is missing: no claim may be attributed to another member."""
    finished = draft.finish()
    draft.open(loop)
    draft.note(f"expected HL before {name}")
    return finished


def sbr(draft: Draft, _segment: str) -> Claim | None:
    return None if draft.loop is Loop.SUBSCRIBER else begin_without_hl(draft, "SBR", Loop.SUBSCRIBER)


def pat(draft: Draft, segment: str) -> Claim | None:
    elements = draft.split(segment)
    finished = None
    if draft.loop not in (Loop.SUBSCRIBER, Loop.PATIENT):
        finished = begin_without_hl(draft, "PAT", Loop.PATIENT)
    _person(draft)["death_date"] = elements[6]
    return finished


def dmg(draft: Draft, segment: str) -> None:
    elements = draft.split(segment)
    person = _person(draft)
    person["birth_date"] = elements[2]
    person["sex"] = elements[3]


def _person(draft: Draft) -> dict[str, Any]:
    return draft.subscriber if draft.patient is None else draft.patient


def nm1(draft: Draft, segment: str) -> Claim | None:
    """A party. If it opens a loop and appears in another one, or twice, its HL is missing."""
    elements = draft.split(segment)
    finished = None
    entity = elements[1].strip()
    loop = OPENERS.get(entity)
    if loop is not None and (loop is not draft.loop or entity in draft.parties):
        finished = begin_without_hl(draft, "NM1", loop)
    draft.parties.add(entity)
    draft.entity = entity
    if entity == "85":
        draft.provider["billing_npi"] = npi(draft, elements)
        if elements[2].strip() in _ENTITY_TYPES:
            draft.provider["billing_entity_type"] = elements[2]
        if elements[8].strip() in _TAX_IDS:
            draft.provider["billing_tax_id"] = elements[9]
    elif entity == "IL":
        draft.subscriber["member_id"] = elements[9]
        if elements[9] and elements[8] not in _MEMBERS and draft.asks_for_all:
            draft.fault_of_loop("unknown_value" if elements[8] else "missing_element", "NM108 of the subscriber")
    elif entity == "PR" and draft.loop is Loop.SUBSCRIBER:
        draft.subscriber["payer_id"] = elements[9]
        if draft.asks_for_all:
            _payer(draft, elements)
    elif draft.patient is not None and entity == "QC":
        draft.patient["member_id"] = elements[9]
        draft.patient["first_name"] = elements[4]
    return finished


def _payer(draft: Draft, elements: list[str]) -> None:
    if not elements[9]:
        draft.fault_of_loop("missing_element", "NM109 of the payer")
    elif elements[8] not in _PAYERS:
        draft.fault_of_loop("unknown_value" if elements[8] else "missing_element", "NM108 of the payer")


def npi(draft: Draft, elements: list[str]) -> str | None:
    """The NPI in an NM1: NM109 if NM108 is XX. Legacy identifiers of 004010 are not NPIs, and not a fault."""
    qualifier = elements[8].strip()
    if qualifier == "XX":
        return elements[9]
    if qualifier not in _TAX_IDS and elements[9].strip():
        draft.note("NM108 is not XX, NM109 not read as an NPI")
    return None


def prv(draft: Draft, segment: str) -> None:
    elements = draft.split(segment)
    if elements[1] == "BI":
        draft.provider["billing_taxonomy"] = elements[3]


def ref(draft: Draft, segment: str) -> None:
    """The billing provider's tax id; a pay-to plan in the same loop has one too, which is ignored."""
    elements = draft.split(segment)
    if draft.entity == "85" and elements[1] in ("EI", "SY"):
        draft.provider["billing_tax_id"] = elements[2]
