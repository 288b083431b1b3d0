"""The service of a line: SV1, SV2, or SV3."""

from __future__ import annotations

from typing import Any

from claimcheck.io.x12.draft import Draft
from claimcheck.io.x12.loop import PAD
from claimcheck.io.x12.values import ProfessionalService, pointers, procedure, professional_service

__all__ = ["sv1", "sv2", "sv3"]

_SV311 = 11
#: By claim type, the element that names the code set of the procedure.
_QUALIFIERS = {"professional": "SV101-1", "institutional": "SV202-1", "dental": "SV301-1"}


def sv1(draft: Draft, segment: str) -> None:
    """A professional service."""
    line = _line_of(draft, "SV1", "professional")
    service = professional_service(segment, draft.element, draft.component)
    line.update(service.fields)
    if not service.is_plain or draft.gaps:
        _odd_service(draft, line, service)


def _odd_service(draft: Draft, line: dict[str, Any], service: ProfessionalService) -> None:
    """What to report of a service that lacks something, or has unusual diagnosis pointers."""
    basis, pointer = line["unit_basis"], service.pointer
    _whole(draft, line, service.composite)
    _point(draft, line, pointer, "SV107")
    if not basis or not pointer or pointer[0] == draft.component:
        _lacks(draft, basis, pointer)


def _lacks(draft: Draft, basis: str, pointer: str) -> None:
    """A line without unit of measure or first diagnosis pointer. 004010 requires the latter if there are diagnoses."""
    if not basis and draft.asks:
        draft.fault("missing_element", "SV103")
    points = pointer and pointer[0] != draft.component
    if not points and (draft.asks_for_all or (draft.asks and draft.claim is not None and "diagnoses" in draft.claim)):
        draft.fault("missing_element", "SV107-1")


def sv2(draft: Draft, segment: str) -> None:
    """An institutional service."""
    elements = draft.split(segment)
    line = _line_of(draft, "SV2", "institutional")
    _, revenue, procedure, charge, basis, units, _, noncovered = elements[:8]
    _procedure(draft, line, procedure)
    line["revenue_code"] = revenue
    line["charge"] = charge
    line["unit_basis"] = basis
    line["units"] = units
    line["noncovered_charge"] = noncovered
    if not basis and draft.asks:
        draft.fault("missing_element", "SV204")
    if revenue.strip().lstrip("0") == "1" and draft.asks:
        draft.fault("total_as_line", "SV201")


def sv3(draft: Draft, segment: str) -> None:
    """A dental service. SV305 (replacement) is validated and not kept."""
    elements = draft.split(segment)
    line = _line_of(draft, "SV3", "dental")
    _, procedure, charge, place, areas, prosthesis, units = elements[:7]
    _procedure(draft, line, procedure)
    line["charge"] = charge
    line["place_of_service"] = place
    line["oral_cavity"] = tuple(areas.split(draft.component))
    line["units"] = units
    if len(elements) > _SV311 + len(PAD):
        _point(draft, line, elements[_SV311], "SV311")
    if draft.asks and prosthesis not in ("", "I", "R"):
        draft.fault("unknown_value", "SV305")


def _line_of(draft: Draft, name: str, claim_type: str) -> dict[str, Any]:
    """The line that a service segment fills: that of its LX, or a new one if there is none."""
    line = draft.line
    if line is None or "charge" in line:
        line = draft.open_line()
        draft.note(f"expected LX before {name}")
    if draft.transaction.get("claim_type") != claim_type or not draft.type_is_settled:
        _settle_type(draft, name, claim_type)
    return line


def _settle_type(draft: Draft, name: str, claim_type: str) -> None:
    """The guide of a set gives the type of its claims; that of the group only until a service segment does.

    A dental service makes its claim dental whatever the guide says, because no other claim has one.
    """
    stated = draft.transaction.get("claim_type")
    claim = draft.claim
    if claim_type == "dental" and claim is not None and "bill_type" in claim:
        claim["place_of_service"] = claim.pop("bill_type")  # 004010 does not say which of the two CLM05 is
    if draft.type_is_settled and stated is not None:
        draft.note(f"{name} is the service segment of another claim type")
        if claim_type == "dental" and claim is not None:
            claim["claim_type"] = claim_type
        return
    draft.transaction["claim_type"] = claim_type
    draft.type_is_settled = True
    if stated not in (None, claim_type):
        draft.note(f"GS08 names another guide than that of {name}, which is followed", kind="other_guide")


def _procedure(draft: Draft, line: dict[str, Any], composite: str) -> None:
    """SV202 or SV301, structured like SV101: qualifier, code, four modifiers, description."""
    line.update(procedure(composite, draft.component)[0])
    _whole(draft, line, composite)


def _whole(draft: Draft, line: dict[str, Any], composite: str) -> None:
    """Whether a procedure has its qualifier and its code."""
    if not composite or procedure(composite, draft.component)[1]:
        return
    if "procedure_code" not in line:
        draft.note("a procedure is a qualifier and a code")
    elif line["procedure_code"] and draft.asks:
        draft.fault("missing_element", _QUALIFIERS[draft.transaction["claim_type"]])


def _point(draft: Draft, line: dict[str, Any], text: str, element: str) -> None:
    """The diagnoses of a line: by number, not by the letters of the paper form."""
    given = line["diagnosis_pointers"] = pointers(text, draft.component)
    if draft.asks and any(isinstance(one, str) and one.isalpha() for one in given):
        draft.fault("unknown_value", element)
    if draft.gaps:
        _over_gaps(draft, line, element)


def _over_gaps(draft: Draft, line: dict[str, Any], element: str) -> None:
    """Pointers number the elements of HI: those after an empty one are earlier diagnoses of the claim."""
    given = line["diagnosis_pointers"]
    if not {*given}.isdisjoint(draft.gaps):
        draft.fault("unknown_value", element)
    line["diagnosis_pointers"] = tuple(
        one - sum(gap < one for gap in draft.gaps) if isinstance(one, int) else one
        for one in given
        if one not in draft.gaps
    )
