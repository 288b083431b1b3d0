"""The claims of FHIR resources: R4 `Claim` and `ExplanationOfBenefit`, alone, in a Bundle or in a list.

Elements are read by the URIs of their code systems and identifier systems, never by their place. The STU3 names of the
same elements are read too, as version 1 of Blue Button writes them. What is absent is missing; a code of a system that
a claim does not know there is unreadable. What is not read: what was paid, `addItem` (lines that the payer added),
Observations.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claimcheck.claims import Claim, Source
from claimcheck.io.fhir.claim import read_resource
from claimcheck.io.fhir.element import get, objects, text
from claimcheck.io.fhir.references import index

__all__ = ["claims", "is_resource"]

Resource = dict[str, Any]

_CLAIMS = ("Claim", "ExplanationOfBenefit")


def is_resource(value: object) -> bool:
    """Whether a JSON value is a FHIR resource.

    >>> is_resource({"resourceType": "Patient"}), is_resource({"claim_id": "1"}), is_resource([])
    (True, False, False)
    """
    return isinstance(value, dict) and "resourceType" in value


def claims(value: Resource, file: str | None, place: int | None) -> Iterator[Claim]:
    """The claims that a resource is or holds, none where it is another; `place` is its number in the input.

    It is None where the resource is the whole input; then those of a Bundle are numbered by their entries.

    >>> bundle = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Claim", "id": "7"}}]}
    >>> [claim.claim_id for claim in claims(bundle, "bundle.json", None)]
    ['7']
    >>> list(claims({"resourceType": "Patient"}, None, 1))
    []
    """
    if value.get("resourceType") in _CLAIMS:
        yield read_resource(value, {}, Source(file, place or 1))
    elif value.get("resourceType") == "Bundle":
        entries = [(text(entry.get("fullUrl")), entry.get("resource")) for entry in objects(value.get("entry"))]
        held = index((url, resource) for url, resource in entries if isinstance(resource, dict))
        for number, (_, resource) in enumerate(entries, 1):
            if isinstance(resource, dict) and get(resource, "resourceType") in _CLAIMS:
                yield read_resource(resource, held, Source(file, place or number))
