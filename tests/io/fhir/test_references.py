"""Who is concerned in a claim: what references lead to, contained, in a Bundle, or nowhere."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from claimcheck.claims import Claim
from claimcheck.errors import InputError
from claimcheck.io import read_claims

NPI = "http://hl7.org/fhir/sid/us-npi"
MBI = "http://hl7.org/fhir/sid/us-mbi"
ROLES = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole"


def kind(code: str) -> dict[str, Any]:
    return {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": code}]}


def identifier(value: str, *, system: str | None = None, code: str | None = None) -> dict[str, Any]:
    return {"value": value} | ({"system": system} if system else {}) | ({"type": kind(code)} if code else {})


def one(resource: dict[str, Any]) -> Claim:
    [claim] = read_claims(json.dumps({"resourceType": "Claim", **resource}).encode())
    return claim


PATIENT = {
    "resourceType": "Patient",
    "id": "pat",
    "identifier": [identifier("MEMBER", code="MB"), identifier("1EG4TE5MK73", system=MBI)],
    "gender": "female",
    "birthDate": "1950-02-03",
    "deceasedDateTime": "2024-07-09T01:00:00Z",
}


def test_a_contained_patient_gives_the_mbi_and_what_else_is_known() -> None:
    claim = one({"contained": [PATIENT], "patient": {"reference": "#pat"}})
    assert claim.member_id == "1EG4TE5MK73"
    assert (claim.sex, claim.birth_date, claim.death_date) == ("F", date(1950, 2, 3), date(2024, 7, 9))


@pytest.mark.parametrize(
    ("resource", "member"),
    [
        ({"patient": {"reference": "Patient/12"}}, "Patient/12"),
        ({"patient": {"reference": "Patient/12", "identifier": identifier("L1")}}, "L1"),
        ({"patient": {"identifier": identifier("L2", code="MB")}}, "L2"),
        (
            {"contained": [{**PATIENT, "identifier": PATIENT["identifier"][:1]}], "patient": {"reference": "#pat"}},
            "MEMBER",
        ),
        (
            {
                "contained": [{"resourceType": "Coverage", "id": "cov", "subscriberId": "SUB"}],
                "patient": {"reference": "Patient/12"},
                "insurance": [{"coverage": {"reference": "#cov"}}],
            },
            "SUB",
        ),
        ({}, None),
    ],
)
def test_the_member_by_what_is_at_hand(resource: dict[str, Any], member: str | None) -> None:
    assert one(resource).member_id == member


PAS_BUNDLE = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {
            "fullUrl": "http://example.org/fhir/Claim/1",
            "resource": {
                "resourceType": "Claim",
                "id": "1",
                "status": "active",
                "type": {
                    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/claim-type", "code": "professional"}]
                },
                "use": "preauthorization",
                "patient": {"reference": "Patient/pat"},
                "insurer": {"reference": "Organization/payer"},
                "provider": {"reference": "PractitionerRole/role"},
                "insurance": [{"sequence": 1, "focal": True, "coverage": {"reference": "Coverage/none"}}],
                "careTeam": [
                    {"sequence": 1, "provider": {"reference": "http://example.org/fhir/Practitioner/doc/_history/2"}},
                    {
                        "sequence": 2,
                        "provider": {"reference": "urn:uuid:22"},
                        "role": {"coding": [{"system": "https://codesystem.x12.org/005010/98", "code": "82"}]},
                    },
                ],
                "item": [
                    {
                        "sequence": 1,
                        "careTeamSequence": [1, 2, 9],
                        "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}]},
                    }
                ],
            },
        },
        {"resource": PATIENT},
        {"resource": {"resourceType": "Organization", "id": "payer", "identifier": [identifier("PAYER1")]}},
        {
            "resource": {
                "resourceType": "PractitionerRole",
                "id": "role",
                "practitioner": {"reference": "Practitioner/doc"},
                "organization": {"reference": "Organization/group"},
            }
        },
        {
            "resource": {
                "resourceType": "Practitioner",
                "id": "doc",
                "identifier": [identifier("1679576722", system=NPI)],
            }
        },
        {
            "resource": {
                "resourceType": "Organization",
                "id": "group",
                "identifier": [identifier("123456789", system="urn:oid:2.16.840.1.113883.4.4")],
            }
        },
        {
            "fullUrl": "urn:uuid:22",
            "resource": {"resourceType": "Practitioner", "identifier": [identifier("1245319599", code="NPI")]},
        },
        {"resource": {"resourceType": "Claim", "id": "2"}},
        {"request": {"method": "GET"}},
    ],
}


def test_a_bundle_of_a_prior_authorization_request() -> None:
    first, second = read_claims(json.dumps(PAS_BUNDLE).encode(), name="pas.json")
    assert (first.claim_id, first.member_id, first.payer_id) == ("1", "1EG4TE5MK73", "PAYER1")
    assert (first.billing_npi, first.billing_tax_id) == ("1679576722", "123456789")
    assert (first.rendering_npi, first.lines[0].rendering_npi) == ("1245319599", "1245319599")
    assert second.claim_id == "2"
    assert [str(claim.source) for claim in (first, second)] == ["pas.json, #1", "pas.json, #8"]


def test_in_many_bundles_the_line_is_the_place() -> None:
    lines = [json.dumps(PAS_BUNDLE)] * 2
    assert [claim.source.place for claim in read_claims("\n".join(lines).encode()) if claim.source] == [1, 1, 2, 2]


def test_a_conditional_reference_gives_an_identifier() -> None:
    assert one({"provider": {"reference": f"Practitioner?identifier={NPI}|1245319599"}}).billing_npi == "1245319599"
    assert one({"provider": {"reference": "Practitioner?identifier=1245319599"}}).billing_npi is None


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"provider": {"reference": "Practitioner/1"}}, "1"),
        ({"provider": {"reference": "PractitionerRole/1"}}, "1"),
        ({"provider": {"reference": "http://x/fhir/Organization/1/_history/2"}}, "2"),
        ({"provider": {"reference": f"Organization?identifier={NPI}|1245319599"}}, "2"),
        ({"provider": {"reference": "urn:uuid:1", "type": "Organization"}}, "2"),
        ({"provider": {"reference": "#o"}, "contained": [{"resourceType": "Organization", "id": "o"}]}, "2"),
        ({"provider": {"reference": "Practitioner/1"}, "organization": {"reference": "Organization/1"}}, "2"),
        ({"provider": {"reference": "urn:uuid:1"}}, None),
        ({"provider": {"reference": "Location/1"}}, None),
        ({"provider": {"reference": ["Organization/1"]}}, None),
        ({}, None),
    ],
)
def test_whether_a_person_or_an_organization_bills(given: dict[str, Any], kind: str | None) -> None:
    assert one(given).billing_entity_type == kind


def carer(sequence: object, npi: str, role: str) -> dict[str, Any]:
    return {
        "sequence": sequence,
        "provider": {"identifier": identifier(npi, system=NPI)},
        "role": {"coding": [{"system": ROLES, "code": role}]},
        "qualification": {"coding": [{"system": "http://nucc.org/provider-taxonomy", "code": "207R00000X"}]},
    }


@pytest.mark.parametrize(
    ("team", "claim_type", "pointed", "of_claim", "of_line"),
    [
        ([carer(1, "A", "rendering"), carer(2, "B", "referring")], "professional", [1], "A", "A"),
        ([carer(1, "A", "performing")], "professional", [], "A", None),
        ([carer(1, "A", "rendering"), carer(2, "B", "rendering")], "professional", [2], None, "B"),
        ([carer(1, "A", "primary")], "professional", [1], "A", "A"),
        ([carer(1, "A", "primary")], "institutional", [1], None, None),
        ([carer(1, "A", "primary"), carer(2, "B", "rendering")], "professional", [1], "B", "A"),
        ([carer("x", "A", "rendering")], "professional", ["x"], "A", None),
        ([], "professional", [1], None, None),
    ],
)
def test_who_renders(
    team: list[Any], claim_type: str, pointed: list[Any], of_claim: str | None, of_line: str | None
) -> None:
    coding = {"system": "http://terminology.hl7.org/CodeSystem/claim-type", "code": claim_type}
    claim = one({"type": {"coding": [coding]}, "careTeam": team, "item": [{"careTeamSequence": pointed}]})
    assert (claim.rendering_npi, claim.lines[0].rendering_npi) == (of_claim, of_line)
    assert claim.rendering_taxonomy == ("207R00000X" if of_claim else None)


def test_other_resources_alone_are_no_claims() -> None:
    with pytest.raises(InputError, match="no Claim and no ExplanationOfBenefit"):
        list(read_claims(json.dumps(PATIENT).encode()))
    with pytest.raises(InputError, match="no Claim and no ExplanationOfBenefit"):
        list(read_claims(json.dumps({"resourceType": "Bundle", "entry": [{"resource": PATIENT}]}).encode()))


def test_other_resources_beside_claims_are_passed_over() -> None:
    lines = [PATIENT, {"resourceType": "Claim", "id": "7"}, {"resourceType": "Bundle"}]
    claims = list(read_claims("\n".join(map(json.dumps, lines)).encode()))
    assert [claim.claim_id for claim in claims] == ["7"]
