"""The claims of FHIR resources: R4 `Claim` and `ExplanationOfBenefit`, alone, in a Bundle or in a list.

Elements are read by the URIs of their code systems and identifier systems, never by their place. The STU3 names of the
same elements are read too, as version 1 of Blue Button writes them. What is absent is missing; a code of a system that
a claim does not know there is unreadable. What is not read: what was paid, `addItem` (lines that the payer added),
Observations.
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
    """The claims that a resource is or holds, none where it is another; `place` is its number in the input.

    It is None where the resource is the whole input; then those of a Bundle are numbered by their entries. `wanted`
    says which of them are read, see `claimcheck.io.sharing`.

    >>> bundle = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Claim", "id": "7"}}]}
    >>> [claim.claim_id for claim in claims(bundle, "bundle.json", None)]
    ['7']
    >>> list(claims({"resourceType": "Patient"}, None, 1))
    []
    """
    beside = _beside(value)
    for number, resource, url in _found(value):
        if wanted is None or wanted(_member_id(resource, beside)):
            yield read_resource(resource, beside, Source(file, place or number), url)


def _found(value: Resource) -> Iterator[tuple[int, Resource, str | None]]:
    """Each claim, its number among the entries of a Bundle, and its full URL there."""
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
