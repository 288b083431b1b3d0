"""The field dictionary's FHIR paths: without what stands at the path of a field, the field is empty."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import attrs
import pytest

from claimcheck.claims import Claim, ServiceLine
from claimcheck.claims.aliases import ALIASES, CLAIM, LINE, Alias
from claimcheck.io import read_claims

NUBC = "https://www.nubc.org/CodeSystem/"
HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
ADA = "http://terminology.hl7.org/CodeSystem/ADA"


def coded(code: str, system: str | None = None) -> dict[str, Any]:
    return {"coding": [{"code": code} | ({"system": system} if system else {})]}


def identified(value: str, kind: str | None = None, system: str | None = None) -> dict[str, Any]:
    given = {"value": value} | ({"system": system} if system else {}) | ({"type": coded(kind)} if kind else {})
    return {"identifier": given}


NPI = {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}
TAX = {"system": "urn:oid:2.16.840.1.113883.4.4", "value": "123456789", "type": coded("TAX")}
SUPPORTING = [
    ("PatDischargeStatus", "01"),
    ("PointOfOrigin", "1"),
    ("PriorityTypeOfAdmitOrVisit", "1"),
    ("ConditionCodes", "45"),
    ("OccurrenceCodes", "11"),
    ("ValueCodes", "80"),
]
RESOURCE: dict[str, Any] = {
    "resourceType": "ExplanationOfBenefit",
    "id": "1",
    "identifier": [{"value": "C-1"}],
    "type": coded("institutional"),
    "use": "predetermination",
    "subType": coded("131", NUBC + "TypeOfBill"),
    "patient": {"reference": "#p"},
    "insurer": identified("PAYER"),
    "provider": {"reference": "#o"},
    "careTeam": [
        {
            "sequence": 1,
            "provider": {"reference": "#d"},
            "role": coded("rendering"),
            "qualification": coded("207Q00000X", "http://nucc.org/provider-taxonomy"),
        }
    ],
    "related": [{"relationship": coded("prior"), "claim": {"reference": "Claim/0"}}],
    "claim": {"reference": "Claim/2"},
    "billablePeriod": {"start": "2024-07-01", "end": "2024-07-03"},
    "insurance": [{"coverage": {"reference": "#c"}, "preAuthRef": ["A1"]}],
    "supportingInfo": [
        {"category": coded("admissionperiod"), "timingPeriod": {"start": "2024-07-01", "end": "2024-07-03"}},
        {"category": coded("clmrecvddate"), "timingDate": "2024-07-09"},
        {"code": coded("1", "https://bluebutton.cms.gov/resources/variables/clm_freq_cd")},
        *({"code": coded(code, NUBC + system), "valueQuantity": {"value": 1}} for system, code in SUPPORTING),
    ],
    "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": coded("E11.9", "http://hl7.org/fhir/sid/icd-10-cm")}],
    "procedure": [{"procedureCodeableConcept": coded("0DTJ4ZZ", "http://www.cms.gov/Medicare/Coding/ICD10")}],
    "total": [{"category": coded("submitted"), "amount": {"value": 125}}],
    "contained": [
        {
            "resourceType": "Patient",
            "id": "p",
            "identifier": [{"value": "M1", "type": coded("MB")}],
            "birthDate": "1980-01-01",
            "deceasedDateTime": "2024-08-01",
            "gender": "male",
        },
        {"resourceType": "Organization", "id": "o", "identifier": [NPI, TAX]},
        {"resourceType": "Practitioner", "id": "d", "identifier": [NPI]},
    ],
    "item": [
        {
            "sequence": 1,
            "traceNumber": [{"value": "7-1"}],
            "productOrService": coded("J1885", HCPCS),
            "modifier": [coded("JZ", HCPCS)],
            "revenue": coded("0636", NUBC + "RevenueCodes"),
            "servicedPeriod": {"start": "2024-07-01", "end": "2024-07-02"},
            "quantity": {"value": 2, "unit": "UN"},
            "net": {"value": 125},
            "adjudication": [{"category": coded("noncovered"), "amount": {"value": 5}}],
            "locationCodeableConcept": coded("11"),
            "diagnosisSequence": [1],
            "careTeamSequence": [1],
            "detail": [
                {
                    "productOrService": coded("00409379501", "http://hl7.org/fhir/sid/ndc"),
                    "quantity": {"value": 1, "unit": "ML"},
                }
            ],
            "bodySite": [
                coded("3", ADA + "UniversalToothDesignationSystem"),
                coded("10", ADA + "AreaOralCavitySystem"),
            ],
            "subSite": [coded("M", ADA + "ToothSurfaceCodes")],
        }
    ],
}
#: Fields that need another sample.
ELSEWHERE = {"provider_kind", "replaced_by_claim_id"}
WITH_PATHS = [
    alias for alias in ALIASES if alias.fhir and alias.level in (CLAIM, LINE) and alias.field not in ELSEWHERE
]


def claim(resource: dict[str, Any]) -> Claim:
    [read] = read_claims(json.dumps(resource).encode())
    return read


def field_of(read: Claim, alias: Alias) -> Any:
    if alias.level == CLAIM:
        return getattr(read, alias.field)
    return getattr(read.lines[0], alias.field) if read.lines else None


def without(resource: dict[str, Any], path: str) -> dict[str, Any]:
    """The resource without what stands at the path; a reference leads to the contained resource."""
    cut = deepcopy(resource)
    holders: list[Any] = [cut]
    *steps, last = path.split(".")
    for step in steps:
        holders = [found for holder in holders for found in listed(resolved(cut, holder.get(step)))]
    for holder in holders:
        resolved(cut, holder).pop(last, None)
    return cut


def resolved(resource: dict[str, Any], value: Any) -> Any:
    if isinstance(value, dict) and str(value.get("reference", "")).startswith("#"):
        found = [one for one in resource["contained"] if one["id"] == value["reference"][1:]]
        return found[0] if found else value
    return value


def listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


@pytest.mark.parametrize("alias", WITH_PATHS, ids=lambda alias: f"{alias.level}.{alias.field}")
def test_the_value_of_a_field_is_at_its_path(alias):
    whole = field_of(claim(RESOURCE), alias)
    assert whole not in (None, (), False), "the sample has it not"
    cut = RESOURCE
    for path in alias.fhir.split(" or "):
        cut = without(cut, path)
    assert field_of(claim(cut), alias) != whole


def test_what_fhir_gives_has_a_path():
    read = claim(RESOURCE)
    known = {(alias.level, alias.field) for alias in ALIASES if alias.fhir}
    for level, value, kind in ((CLAIM, read, Claim), (LINE, read.lines[0], ServiceLine)):
        for field in attrs.fields(kind):
            if field.name not in ("source", "problems") and getattr(value, field.name) not in (None, ()):
                assert (level, field.name) in known, field.name
