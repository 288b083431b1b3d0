"""What a reference of a claim refers to, where it can be found: contained in the claim, or beside it in a Bundle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from claimcheck.io.fhir.element import get, names, objects, text
from claimcheck.io.fhir.systems import Coded, same

__all__ = ["References", "index", "npi", "tax_id", "with_kind"]

Resource = dict[str, Any]


def index(entries: Iterable[tuple[str | None, Resource]]) -> dict[str, Resource]:
    """Resources by what refers to them: their full URL, and their type and id.

    >>> sorted(index([("urn:uuid:1", {"resourceType": "Patient", "id": "p"})]))
    ['Patient/p', 'urn:uuid:1']
    """
    found: dict[str, Resource] = {}
    for url, resource in entries:
        found[f"{text(resource.get('resourceType'))}/{text(resource.get('id'))}"] = resource
        if url is not None:
            found[url] = resource
    return found


class References:
    """The resources that a claim can refer to: those contained in it, and those `beside` it."""

    def __init__(self, resource: Resource, beside: Mapping[str, Resource]) -> None:
        self._contained = {f"#{text(inner.get('id'))}": inner for inner in objects(resource.get("contained"))}
        self._beside = beside

    def find(self, reference: object) -> Resource:
        """The resource, empty where it is not at hand."""
        target = text(get(reference, "reference"))
        if target is None:
            return {}
        target = target.partition("/_history/")[0]
        for resources, name in (
            (self._contained, target),
            (self._beside, target),
            (self._beside, "/".join(target.split("/")[-2:])),  # an absolute URL of a resource given by type and id
        ):
            if name in resources:
                return resources[name]
        return {}

    def identifiers(self, reference: object) -> Iterator[Resource]:
        """The identifiers that a reference gives, and those of what it refers to; of a role, those of who has it.

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


def with_kind(identifiers: Iterable[Resource], systems: Collection[str], *types: str) -> Any:
    """The value of the first identifier of one of `systems`, or of one of `types` by its code.

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
