"""Diagnoses, procedures, and other coded entries of a claim: bill type, patient status, occurrence codes."""

from __future__ import annotations

from typing import Any

from claimcheck.claims import Diagnosis, InpatientProcedure, OccurrenceCode, Unreadable, ValueCode
from claimcheck.claims.unreadable import shape
from claimcheck.io.fhir.element import amount, code, codings, day, each, get, names, objects
from claimcheck.io.fhir.references import References
from claimcheck.io.fhir.systems import Coded, field_of

__all__ = ["diagnoses", "pointers", "procedures", "supporting"]

Resource = dict[str, Any]

#: Types of diagnoses: HL7's and CARIN's, and the X12 qualifiers (data element 1270).
_ROLES = {
    "principal": "principal",
    "abk": "principal",
    "admitting": "admitting",
    "abj": "admitting",
    "patientreasonforvisit": "reason_for_visit",
    "apr": "reason_for_visit",
    "externalcauseofinjury": "external_cause",
    "externalcause": "external_cause",
    "abn": "external_cause",
}
_ORDER = ("principal", "admitting", "reason_for_visit", "external_cause")


def diagnoses(
    resource: Resource, references: References, *, first_is_principal: bool = False
) -> tuple[Diagnosis | Unreadable, ...]:
    """The diagnoses in order; one that cannot be read keeps its position.

    Blue Button also marks an admitting diagnosis as principal when it is first in the list, so a diagnosis of several
    types is the principal only if no other has that type alone. FHIR does not require types: if a professional or
    dental claim gives none at all, the first diagnosis is the principal, as in HI of an 837P.
    """
    entries = _entries(resource)
    types = [_types(entry) for entry in entries]
    if first_is_principal and entries and not any(get(entry, "type") for entry in entries):
        types[0] = {"principal"}
    settled = {"principal"} in types
    return tuple(
        _diagnosis(entry, _role(found, settled), references) for entry, found in zip(entries, types, strict=True)
    )


def _entries(resource: Resource) -> list[Any]:
    """The entries that are diagnoses. An entry with only a package code is a DRG (Blue Button gives one for every
    stay)."""
    return [entry for entry in each(resource.get("diagnosis")) if not _is_package(entry)]


def _is_package(entry: object) -> bool:
    if get(entry, "packageCode") is None:
        return False
    return get(entry, "diagnosisCodeableConcept") is None and get(entry, "diagnosisReference") is None


def _types(entry: object) -> set[str]:
    return {_ROLES[name] for concept in each(get(entry, "type")) for name in names(concept) & _ROLES.keys()}


def _role(types: set[str], settled: bool) -> str:
    if settled and len(types) > 1:
        types = types - {"principal"}
    return next((role for role in _ORDER if role in types), "other")


def _diagnosis(entry: object, role: str, references: References) -> Diagnosis | Unreadable:
    expected = "a code of ICD-10-CM"
    if not isinstance(entry, dict):
        return Unreadable(expected, shape(entry))
    concept = entry.get("diagnosisCodeableConcept")
    if concept is None:
        concept = references.find(entry.get("diagnosisReference")).get("code")
    old = [value for system, value in codings(concept) if system in Coded.DIAGNOSIS_9]
    if old and not any(system in Coded.DIAGNOSIS_10 for system, _ in codings(concept)):
        return Diagnosis(old[0], "ICD-9-CM", role, _present_on_admission(entry))
    value = code(concept, Coded.DIAGNOSIS_10, expected)
    if value is None or isinstance(value, Unreadable):
        return value or Unreadable(expected, "nothing")
    return Diagnosis(value, role=role, poa=_present_on_admission(entry))


def _present_on_admission(entry: Resource) -> Any:
    """From R4, or from Blue Button's extension."""
    extensions = (found for found in objects(entry.get("extension")) if "clm_poa_ind_sw" in str(found.get("url")))
    given = [value for _, value in codings(entry.get("onAdmission"))]
    given += [get(extension, "valueCoding", "code") for extension in extensions]
    found = next((value for value in given if value is not None), None)
    return found.upper() if isinstance(found, str) else found


def pointers(item: Resource, resource: Resource) -> list[int | Unreadable]:
    """The positions of the diagnoses that a line refers to by sequence number."""
    places: dict[int, int] = {}
    for place, entry in enumerate(_entries(resource), 1):
        if isinstance(sequence := get(entry, "sequence"), int):
            places.setdefault(sequence, place)
    named = [*each(item.get("diagnosisSequence")), *each(item.get("diagnosisLinkId"))]
    unknown = Unreadable("the sequence number of a diagnosis of the claim", "another")
    return [places.get(number, unknown) if isinstance(number, int) else unknown for number in named]


def procedures(resource: Resource, references: References) -> list[InpatientProcedure | Unreadable]:
    """ICD procedures. One with a HCPCS code is also on a line, and is not an inpatient procedure."""
    found: list[InpatientProcedure | Unreadable] = []
    for entry in objects(resource.get("procedure")):
        concept = entry.get("procedureCodeableConcept")
        if concept is None:
            concept = references.find(entry.get("procedureReference")).get("code")
        systems = {system for system, _ in codings(concept)}
        if systems & Coded.HCPCS and not systems & Coded.PROCEDURE_10:
            continue
        version, accepted = ("ICD-10-PCS", Coded.PROCEDURE_10)
        if systems & Coded.PROCEDURE_9 and not systems & Coded.PROCEDURE_10:
            version, accepted = ("ICD-9-CM", Coded.PROCEDURE_9)
        value = code(concept, accepted, "a code of ICD-10-PCS")
        if isinstance(value, Unreadable):
            found.append(value)
            continue
        types = {name for kind in each(entry.get("type")) for name in names(kind)}
        role = "principal" if types & {"principal", "primary", "bbr"} else "other"
        found.append(InpatientProcedure(value, day(entry.get("date")), version, role))
    return found


def supporting(resource: Resource) -> dict[str, Any]:
    """The fields found in supporting information, by code system, and for dates by category."""
    fields: dict[str, Any] = {}
    for entry in (*objects(resource.get("supportingInfo")), *objects(resource.get("information"))):
        category = names(entry.get("category"))
        period, on = get(entry, "timingPeriod"), get(entry, "timingDate")
        if "admissionperiod" in category:
            fields.setdefault("admission_date", day(get(period, "start")))
            fields.setdefault("discharge_date", day(get(period, "end")))
        elif "clmrecvddate" in category:
            fields.setdefault("received_date", day(on))
        for system, value in codings(entry.get("code")):
            _add(fields, field_of(system), value, entry)
    return fields


def _add(fields: dict[str, Any], field: str | None, value: Any, entry: Resource) -> None:
    match field:
        case None:
            return
        case "condition_codes":
            fields.setdefault(field, []).append(value)
        case "occurrence_codes":
            start = entry.get("timingDate") or get(entry, "timingPeriod", "start")
            occurrence = OccurrenceCode(value, day(start), day(get(entry, "timingPeriod", "end")))
            fields.setdefault(field, []).append(occurrence)
        case "value_codes":
            fields.setdefault(field, []).append(ValueCode(value, amount(entry.get("valueQuantity"))))
        case _:
            fields.setdefault(field, value)
