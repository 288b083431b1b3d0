"""Versions of one bill in FHIR: `related`, and an ExplanationOfBenefit beside its Claim."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from claimcheck import Validator
from claimcheck.io import read_claims

CARIN = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBRelatedClaimRelationshipCodes"
HL7 = "http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship"
UNIQUE = {"coding": [{"system": "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType", "code": "uc"}]}
NPI = {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}
VALIDATOR = Validator()


def a_claim(kind: str = "Claim", *, of: str = "Patient/1", number: str | None = None, **more: Any) -> dict[str, Any]:
    """A professional claim for a visit of $125."""
    visit = {
        "sequence": 1,
        "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}]},
        "servicedDate": "2024-07-15",
        "quantity": {"value": 1},
        "net": {"value": 125, "currency": "USD"},
    }
    professional = [{"system": "http://terminology.hl7.org/CodeSystem/claim-type", "code": "professional"}]
    found = {"resourceType": kind, "type": {"coding": professional}, "patient": {"reference": of}, "item": [visit]}
    if number is not None:
        found["identifier"] = [{"type": UNIQUE, "value": number}]
    return {**found, **more}


def eob(**fields: Any) -> dict[str, Any]:
    return a_claim("ExplanationOfBenefit", **fields)


def related(code: str, system: str = CARIN, **to: Any) -> list[dict[str, Any]]:
    return [{"relationship": {"coding": [{"system": system, "code": code}]}, **to}]


def by_identifier(value: str) -> dict[str, Any]:
    return {"claim": {"identifier": {"value": value}}}


def by_reference(target: str) -> dict[str, Any]:
    return {"claim": {"reference": target}}


def bundle(*resources: dict[str, Any], urls: bool = False) -> bytes:
    entries = [
        {"resource": one} | ({"fullUrl": f"http://x/fhir/{one['resourceType']}/{one['id']}"} if urls else {})
        for one in resources
    ]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def ndjson(*resources: dict[str, Any]) -> bytes:
    return "\n".join(map(json.dumps, resources)).encode()


def judged(data: bytes) -> tuple[dict[str | None, str | None], Decimal]:
    """The superseded claims, each with its successor, and what the others charge."""
    results = list(VALIDATOR.validate_many(list(read_claims(io.BytesIO(data), name="claims.json")), sort=True))
    fallen = {result.claim_id: result.superseded_by for result in results if result.disposition == "superseded"}
    in_force = [result for result in results if result.claim_id not in fallen]
    return fallen, sum((line.charge for result in in_force for line in result.lines), Decimal(0))


ONE_BILL = {
    "by the identifier in `reference`": (
        [eob(id="e1", number="A1"), eob(id="e2", number="A2", related=related("prior", reference={"value": "A1"}))],
        {"A1": "A2"},
    ),
    "by the identifier of the claim": (
        [eob(id="e1", number="A1"), eob(id="e2", number="A2", related=related("prior", HL7, **by_identifier("A1")))],
        {"A1": "A2"},
    ),
    "by a reference": (
        [
            eob(id="e1", number="A1"),
            eob(id="e2", number="A2", related=related("prior", **by_reference("ExplanationOfBenefit/e1"))),
        ],
        {"A1": "A2"},
    ),
    "by the URL of a version": (
        [
            eob(id="e1", number="A1"),
            eob(
                id="e2",
                number="A2",
                related=related("prior", **by_reference("http://x/fhir/ExplanationOfBenefit/e1/_history/3")),
            ),
        ],
        {"A1": "A2"},
    ),
    "the old one says so": (
        [
            eob(id="e1", number="A1", related=related("replacedby", reference={"value": "A2"})),
            eob(id="e2", number="A2"),
        ],
        {"A1": "A2"},
    ),
    "both say so": (
        [
            eob(id="e1", number="A1", related=related("replacedby", **by_reference("ExplanationOfBenefit/e2"))),
            eob(id="e2", number="A2", related=related("prior", **by_reference("ExplanationOfBenefit/e1"))),
        ],
        {"A1": "A2"},
    ),
    "a chain": (
        [
            a_claim(id="c1"),
            a_claim(id="c2", related=related("prior", **by_reference("Claim/c1"))),
            a_claim(id="c3", related=related("prior", **by_reference("Claim/c2"))),
        ],
        {"c1": "c2", "c2": "c3"},
    ),
    "a claim and its explanation": (
        [a_claim(id="c9"), eob(id="e9", number="P9", claim={"reference": "Claim/c9"})],
        {"c9": "P9"},
    ),
    "a claim with a number, and its explanation": (
        [a_claim(id="c9", number="C9"), eob(id="e9", number="P9", claim={"reference": "Claim/c9"})],
        {"C9": "P9"},
    ),
    "a claim and its explanation, by identifier": (
        [a_claim(id="c9", number="C9"), eob(id="e9", number="P9", claim={"identifier": {"value": "C9"}})],
        {"C9": "P9"},
    ),
    "a claim and its explanation, of one number": (
        [a_claim(id="c9", number="N"), eob(id="e9", number="N", claim={"reference": "Claim/c9"})],
        {"N": "N"},
    ),
}


@pytest.mark.parametrize("name", [name for name in ONE_BILL if "one number" not in name])
def test_versions_are_one_bill_however_they_are_read(name):
    resources, expected = ONE_BILL[name]
    for order in permutations(resources):
        for data in (bundle(*order), bundle(*order, urls=True), ndjson(*order)):
            assert judged(data) == (expected, Decimal(125))


def test_a_claim_and_its_explanation_may_have_one_number():
    resources, _ = ONE_BILL["a claim and its explanation, of one number"]
    for order in permutations(resources):
        for data in (bundle(*order), ndjson(*order)):
            results = VALIDATOR.validate_many(list(read_claims(io.BytesIO(data), name="claims.json")), sort=True)
            assert sorted(str(result.disposition) for result in results) == ["payable", "superseded"]


def test_a_bundle_may_know_its_claims_by_their_urls_alone():
    old = {"fullUrl": "urn:uuid:1", "resource": a_claim()}
    new = {"fullUrl": "urn:uuid:2", "resource": eob(claim={"reference": "urn:uuid:1"}, number="P")}
    for order in ([old, new], [new, old]):
        data = json.dumps({"resourceType": "Bundle", "entry": order}).encode()
        assert judged(data) == ({None: "P"}, Decimal(125))


def test_an_identifier_that_is_not_the_number_of_the_claim_is_known_in_a_bundle():
    numbers = [{"value": "internal"}, {"type": UNIQUE, "value": "A1"}]
    old = a_claim(id="c1", identifier=numbers)
    new = a_claim(id="c2", related=related("prior", reference={"value": "internal"}))
    assert judged(bundle(new, old)) == ({"A1": "c2"}, Decimal(125))


def test_an_explanation_of_each_version():
    resources = [
        a_claim(id="c1"),
        eob(id="e1", claim={"reference": "Claim/c1"}),
        a_claim(id="c2", related=related("prior", **by_reference("Claim/c1"))),
        eob(id="e2", claim={"reference": "Claim/c2"}),
    ]
    for order in permutations(resources):
        fallen, charges = judged(ndjson(*order))
        assert (set(fallen), charges) == ({"c1", "e1", "c2"}, Decimal(125))


TWO_BILLS = {
    "associated": [a_claim(id="c1"), a_claim(id="c2", related=related("associated", HL7, **by_reference("Claim/c1")))],
    "of another patient": [
        a_claim(id="c1", of="Patient/2"),
        a_claim(id="c2", related=related("prior", **by_reference("Claim/c1"))),
    ],
    "an explanation of a claim that is elsewhere": [a_claim(id="c1"), eob(id="e1", claim={"reference": "Claim/c2"})],
    "a prior that is elsewhere": [
        a_claim(id="c1"),
        a_claim(id="c2", related=related("prior", reference={"value": "X"})),
    ],
    "nothing said": [a_claim(id="c1"), eob(id="e1")],
    "of no relationship": [a_claim(id="c1"), a_claim(id="c2", related=[by_reference("Claim/c1")])],
}


@pytest.mark.parametrize("name", TWO_BILLS)
def test_bills_that_are_two(name):
    for order in permutations(TWO_BILLS[name]):
        for data in (bundle(*order), ndjson(*order)):
            assert judged(data) == ({}, Decimal(250))


@pytest.mark.parametrize(
    "broken", [5, "Claim/1", [], [[]], {}, {"reference": 5}, {"identifier": []}, {"claim": {"reference": {}}}]
)
def test_whatever_stands_there_a_claim_comes_of_it(broken):
    resource = eob(id="e1", claim=broken, related=[*related("prior"), broken], identifier=broken)
    (claim,) = read_claims(io.BytesIO(json.dumps(resource).encode()), name="claims.json")
    assert claim.lines[0].procedure_code == "99213"


def test_a_claim_that_names_a_prior_one_replaces_it_also_where_its_number_is_the_payers() -> None:
    first = a_claim(number="A1", provider={"identifier": NPI})
    second = a_claim(number="A2", provider={"identifier": NPI}, related=related("prior", **by_identifier("ICN-1")))
    claims = [*read_claims(io.BytesIO(bundle(first, second)))]
    assert [claim.frequency_code for claim in claims] == [None, "7"]
    results = [*VALIDATOR.validate_many(claims)]
    assert [str(result.disposition) for result in results] == ["superseded", "payable"]


def test_a_claim_keeps_the_frequency_that_it_says() -> None:
    kind = {"coding": [{"system": "https://www.nubc.org/CodeSystem/TypeOfBill", "code": "0135"}]}
    late = a_claim(number="A2", subType=kind, related=related("prior", **by_identifier("A1")))
    (claim,) = read_claims(io.BytesIO(bundle(late)))
    assert (claim.bill_type, claim.frequency_code) == ("0135", None)
