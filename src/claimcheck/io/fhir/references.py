"""Resolves references of a claim: to resources contained in it, or to others in its Bundle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from claimcheck.io.fhir.element import get, names, objects, text
from claimcheck.io.fhir.systems import Coded, same

__all__ = ["CLAIMS", "Beside", "References", "index", "npi", "relative", "tax_id", "with_kind"]

Resource = dict[str, Any]

CLAIMS = ("Claim", "ExplanationOfBenefit")
"""Resource types that are claims."""


class Beside(dict[str, Resource]):
    """The resources of a Bundle, indexed by what refers to them."""

    @cached_property
    def claims(self) -> dict[str, list[Resource]]:
        """Its claims, by identifier."""
        found: dict[str, dict[int, Resource]] = {}
        for resource in self.values():
            if resource.get("resourceType") in CLAIMS:
                for identifier in objects(resource.get("identifier")):
                    value = text(identifier.get("value"))
                    if value is not None:
                        found.setdefault(value, {})[id(resource)] = resource
        return {value: [*claims.values()] for value, claims in found.items()}


def index(entries: Iterable[tuple[str | None, Resource]]) -> Beside:
    """Resources by full URL, and by type and id.

    >>> sorted(index([("urn:uuid:1", {"resourceType": "Patient", "id": "p"})]))
    ['Patient/p', 'urn:uuid:1']
    """
    found = Beside()
    for url, resource in entries:
        found[f"{text(resource.get('resourceType'))}/{text(resource.get('id'))}"] = resource
        if url is not None:
            found[url] = resource
    return found


class References:
    """The resources that a claim can refer to: those contained in it, and those `beside` it in the Bundle."""

    def __init__(self, resource: Resource, beside: Mapping[str, Resource]) -> None:
        self._contained = {f"#{text(inner.get('id'))}": inner for inner in objects(resource.get("contained"))}
        self._beside = beside

    def find(self, reference: object) -> Resource:
        """The resource, or an empty one if it is not available."""
        target = text(get(reference, "reference"))
        if target is None:
            return {}
        target = target.partition("/_history/")[0]
        for resources, name in (
            (self._contained, target),
            (self._beside, target),
            (self._beside, "/".join(target.split("/")[-2:])),  # the absolute URL of a resource listed by type and id
        ):
            if name in resources:
                return resources[name]
        return {}

    def kind(self, reference: object) -> str | None:
        """The type of the resource that a reference is to: as it says itself, else of its target, or in its path.

        >>> References({}, {}).kind({"reference": "http://x/fhir/Organization/1"})
        'Organization'
        >>> References({}, {}).kind({"reference": "urn:uuid:1"}) is None
        True
        """
        kind = text(get(reference, "type")) or text(self.find(reference).get("resourceType"))
        if kind is not None:
            return kind.rpartition("/")[2]
        path = (text(get(reference, "reference")) or "").partition("/_history/")[0].partition("?")
        parts = path[0].split("/")
        return (parts[-1] if path[1] else parts[-2] if len(parts) > 1 else None) or None

    def claims_of(self, identifier: object) -> list[Resource]:
        """The other claims of the Bundle that have an identifier."""
        value = text(identifier)
        return self._beside.claims.get(value, []) if isinstance(self._beside, Beside) and value is not None else []

    def identifiers(self, reference: object) -> Iterator[Resource]:
        """The identifiers in a reference and in its target; for a role, those of the person or organization in it.

        A conditional reference (`Practitioner?identifier=system|value`) gives one too.
        """
        yield from objects(get(reference, "identifier"))
        _, _, condition = (text(get(reference, "reference")) or "").partition("?identifier=")
        system, given, value = condition.partition("|")
        if given:
            yield {"system": system, "value": value}
        found = self.find(reference)
        yield from objects(found.get("identifier"))
        for person in (found.get("practitioner"), found.get("organization")):
            yield from objects(get(person, "identifier"))
            yield from objects(self.find(person).get("identifier"))


def relative(reference: object) -> str | None:
    """The target of a reference: by type and id if it names them, on whatever server, else the reference as written.

    >>> relative({"reference": "http://x/fhir/Claim/1/_history/2"}), relative({"reference": "urn:uuid:1"})
    ('Claim/1', 'urn:uuid:1')
    >>> relative({"display": "the claim"}) is None
    True
    """
    target = text(get(reference, "reference"))
    if target is None:
        return None
    target = target.partition("/_history/")[0]
    kind, _, own = target.rpartition("/")
    kind = kind.rpartition("/")[2]
    return f"{kind}/{own}" if kind in CLAIMS else target


def with_kind(identifiers: Iterable[Resource], systems: Collection[str], *types: str) -> Any:
    """The value of the first identifier in one of `systems`, or else of one of `types`.

    >>> with_kind([{"type": {"coding": [{"code": "MB"}]}, "value": "1"}], (), "mb")
    '1'
    """
    for identifier in identifiers:
        by_system = same(text(identifier.get("system")) or "") in systems
        if identifier.get("value") is not None and (by_system or names(identifier.get("type")) & {*types}):
            return identifier["value"]
    return None


def npi(identifiers: Iterable[Resource]) -> Any:
    return with_kind(identifiers, Coded.NPI, "npi")


def tax_id(identifiers: Iterable[Resource]) -> Any:
    return with_kind(identifiers, Coded.TAX_ID, "tax", "ein")
