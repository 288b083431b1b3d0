"""Reads claims from FHIR resources: R4 `Claim` and `ExplanationOfBenefit`, alone, in a Bundle, or in a list.

Elements are identified by the URIs of their code and identifier systems, never by position. STU3 names are read too,
because version 1 of Blue Button uses them. An absent element is a missing field; a code from a system that the claim
does not use there is unreadable. Not read: payments, `addItem` (lines that the payer added), and Observations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from claimcheck.claims import Claim, Source, reading
from claimcheck.io.fhir.claim import read_resource
from claimcheck.io.fhir.element import get, objects, text
from claimcheck.io.fhir.parties import member
from claimcheck.io.fhir.references import CLAIMS, References, index
from claimcheck.io.sharing import Wanted

__all__ = ["claims", "holds_claims", "is_resource"]

Resource = dict[str, Any]


def is_resource(value: object) -> bool:
    """Whether a JSON value is a FHIR resource.

    >>> is_resource({"resourceType": "Patient"}), is_resource({"claim_id": "1"}), is_resource([])
    (True, False, False)
    """
    return isinstance(value, dict) and "resourceType" in value


def holds_claims(value: Resource) -> bool:
    """Whether a resource is a claim, or holds one.

    >>> holds_claims({"resourceType": "ExplanationOfBenefit"}), holds_claims({"resourceType": "Bundle"})
    (True, False)
    """
    return any(True for _ in _found(value))


def claims(value: Resource, file: str | None, place: int | None, wanted: Wanted | None = None) -> Iterator[Claim]:
    """The claims that a resource is or contains, if any; `place` is its number in the input.

    `place` is None if the resource is the whole input; claims of a Bundle are then numbered by entry. `wanted` selects
    which claims are read; see `claimcheck.io.sharing`.

    >>> bundle = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Claim", "id": "7"}}]}
    >>> [claim.claim_id for claim in claims(bundle, "bundle.json", None)]
    ['7']
    >>> list(claims({"resourceType": "Patient"}, None, 1))
    []
    """
    beside = _beside(value)
    for number, resource, url in _found(value):
        if wanted is None or wanted(_member_id(resource, beside)):
            yield read_resource(resource, beside, Source(file, place or number, "record"), url)


def _found(value: Resource) -> Iterator[tuple[int, Resource, str | None]]:
    """Each claim, its entry number in the Bundle, and its full URL there."""
    if value.get("resourceType") in CLAIMS:
        yield 1, value, None
    elif value.get("resourceType") == "Bundle":
        for number, entry in enumerate(objects(value.get("entry")), 1):
            resource = entry.get("resource")
            if isinstance(resource, dict) and get(resource, "resourceType") in CLAIMS:
                yield number, resource, text(entry.get("fullUrl"))


def _beside(value: Resource) -> Mapping[str, Resource]:
    """What the claims of a Bundle can refer to."""
    if value.get("resourceType") != "Bundle":
        return {}
    entries = ((text(entry.get("fullUrl")), entry.get("resource")) for entry in objects(value.get("entry")))
    return index((url, resource) for url, resource in entries if isinstance(resource, dict))


def _member_id(resource: Resource, beside: Mapping[str, Resource]) -> Any:
    return reading.member_text(member(resource, References(resource, beside))["member_id"])
