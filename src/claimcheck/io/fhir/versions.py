"""Identifies a claim, and the earlier or later versions of it that it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claimcheck.io.fhir.element import get, names, objects, text
from claimcheck.io.fhir.references import CLAIMS, References, relative, with_kind
from claimcheck.io.fhir.systems import Coded

__all__ = ["claim_id", "versions"]

Resource = dict[str, Any]

#: From C4BBRelatedClaimRelationshipCodes (CARIN Blue Button) and ex-relatedclaimrelationship (HL7), whose `associated`
#: is a different bill. `replaces` is in neither, and can mean only one thing.
_PRIOR, _REPLACED_BY = {"prior", "replaces"}, {"replacedby"}


def claim_id(resource: Resource) -> Any:
    """The payer's unique claim number, or else the only identifier, or else the resource id."""
    identifiers = [*objects(resource.get("identifier"))]
    unique = with_kind(identifiers, Coded.CLAIM_NUMBER, "uc")
    if unique is None and len(identifiers) == 1:
        unique = identifiers[0].get("value")
    return resource.get("id") if unique is None else unique


def versions(resource: Resource, references: References, url: str | None = None) -> dict[str, Any]:
    """The claim that a resource replaces, the claim that replaced it, the claim it explains, and its own other name.

    Another claim is given by its claim id if it can be found, or else by identifier or by type and id, which are also
    recorded as that claim's other name. `url` is the full URL of the resource in its Bundle.

    >>> related = {"relationship": {"coding": [{"code": "prior"}]}, "claim": {"reference": "http://x/Claim/1/_history/2"}}
    >>> found = versions({"resourceType": "Claim", "id": "2", "related": [related]}, References({}, {}))
    >>> found["original_claim_id"], found["other_claim_id"]
    ('Claim/1', 'Claim/2')
    >>> versions({"related": "Claim/1"}, References({}, {}))["original_claim_id"] is None
    True
    """
    kind, own = text(resource.get("resourceType")), text(resource.get("id"))
    explains = kind == "ExplanationOfBenefit"
    return {
        "original_claim_id": _related(resource, references, _PRIOR),
        "replaced_by_claim_id": _related(resource, references, _REPLACED_BY),
        "submitted_claim_id": _named(resource.get("claim"), resource, references) if explains else None,
        "other_claim_id": url if own is None else f"{kind}/{own}",
    }


def _related(resource: Resource, references: References, relationships: set[str]) -> Any:
    for related in objects(resource.get("related")):
        if names(related.get("relationship")) & relationships:
            by_identifier = {"identifier": related.get("reference")}
            for reference in (by_identifier, related.get("claim")):
                name = _named(reference, resource, references)
                if name is not None:
                    return name
    return None


def _named(reference: Any, resource: Resource, references: References) -> Any:
    """The name of the claim that a reference points to."""
    value = get(reference, "identifier", "value")
    if value is not None:
        meant = [*_of_same_patient(references.claims_of(value), resource)]
        known = [claim_id(claim) for claim in meant]
        return value if value in known or not known else known[0]
    found = references.find(reference)
    number = claim_id(found) if found.get("resourceType") in CLAIMS else None
    return relative(reference) if number is None else number


def _of_same_patient(claims: list[Resource], resource: Resource) -> Iterator[Resource]:
    """An identifier may be a number that restarts for each patient."""
    patient = get(resource, "patient", "reference")
    return (claim for claim in claims if claim is not resource and get(claim, "patient", "reference") == patient)
