"""The parties of a claim: member, payer, billing provider, and rendering provider."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from claimcheck.io.fhir.element import codings, day, each, get, names, objects, text
from claimcheck.io.fhir.references import References, npi, tax_id, with_kind
from claimcheck.io.fhir.systems import Coded

__all__ = ["CareTeam", "billing", "member", "payer"]

Resource = dict[str, Any]

#: What resources are, as in X12 NM102.
_ENTITY_TYPES = {"Practitioner": "1", "PractitionerRole": "1", "Organization": "2"}
_SEX = {"male": "M", "female": "F", "unknown": "U"}  # AdministrativeGender to X12 DMG03
#: Roles of a rendering provider: CARIN's (`performing` up to version 1.0) and X12's (data element 98).
_RENDERING = {"rendering", "performing", "82"}


def member(resource: Resource, references: References) -> dict[str, Any]:
    """The member identifier: the MBI, a member number, the subscriber's, or else the reference to the patient."""
    reference = resource.get("patient")
    patient = references.find(reference)
    identifiers = [*references.identifiers(reference)]
    coverages = [references.find(cover.get("coverage")) for cover in objects(resource.get("insurance"))]
    candidates = (
        with_kind(identifiers, Coded.MBI, "mc"),
        with_kind(identifiers, (), "mb", "um", "mi"),
        *(coverage.get("subscriberId") for coverage in coverages),
        *(identifier.get("value") for identifier in objects(get(reference, "identifier"))),
        get(reference, "reference"),
    )
    gender = patient.get("gender")
    return {
        "member_id": next((value for value in candidates if value is not None), None),
        "birth_date": patient.get("birthDate"),
        "death_date": day(patient.get("deceasedDateTime")),
        "sex": _SEX.get(gender, gender) if isinstance(gender, str) else gender,
    }


def payer(resource: Resource, references: References) -> dict[str, Any]:
    """The payer's first identifier; a reference alone is not one."""
    identifiers = references.identifiers(resource.get("insurer"))
    return {"payer_id": next(filter(None, (identifier.get("value") for identifier in identifiers)), None)}


def billing(resource: Resource, references: References) -> dict[str, Any]:
    """The provider in R4. STU3 names the provider's organization separately, and that is the billing provider."""
    identifiers = [
        *references.identifiers(resource.get("provider")),
        *references.identifiers(resource.get("organization")),
    ]
    kinds = [references.kind(resource.get(name)) for name in ("organization", "provider")]
    return {
        "billing_npi": npi(identifiers),
        "billing_tax_id": tax_id(identifiers),
        "billing_entity_type": next((_ENTITY_TYPES[kind] for kind in kinds if kind in _ENTITY_TYPES), None),
    }


@attrs.frozen
class Carer:
    """A member of the care team."""

    npi: Any
    taxonomy: Any
    roles: set[str]


class CareTeam:
    """The care team by sequence number.

    The role `primary` is the rendering provider on a professional claim; on an institutional one Blue Button uses it
    for the attending provider.
    """

    def __init__(self, resource: Resource, references: References, *, professional: bool) -> None:
        self._rendering = _RENDERING | ({"primary"} if professional else set())
        self._by_sequence: dict[int, Carer] = {}
        self._all: list[Carer] = []
        for entry in objects(resource.get("careTeam")):
            carer = _carer(entry, references)
            self._all.append(carer)
            if isinstance(entry.get("sequence"), int):
                self._by_sequence.setdefault(entry["sequence"], carer)

    def of_claim(self) -> dict[str, Any]:
        """The rendering provider of the claim, if there is only one."""
        carers = self._rendering_among(self._all)
        known = _with_npi(carers)
        return _fields(known[0]) if len({text(carer.npi) for carer in known}) == 1 else {}

    def of_line(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """The rendering provider among the care team members that the line refers to."""
        pointed = [*each(item.get("careTeamSequence")), *each(item.get("careTeamLinkId"))]
        carers = [self._by_sequence[number] for number in pointed if _is_key(number, self._by_sequence)]
        rendering = self._rendering_among(carers)
        return _fields(_with_npi(rendering)[0]) if rendering else {}

    def _rendering_among(self, carers: list[Carer]) -> list[Carer]:
        """Those with a rendering role; `primary` counts only if no other role says so."""
        certain = [carer for carer in carers if carer.roles & _RENDERING]
        return certain or [carer for carer in carers if carer.roles & self._rendering]


def _with_npi(carers: list[Carer]) -> list[Carer]:
    """Those with an NPI, or all if none has one: Blue Button also identifies rendering providers by UPIN."""
    return [carer for carer in carers if text(carer.npi) is not None] or carers


def _is_key(number: object, keys: Mapping[int, object]) -> bool:
    return isinstance(number, int) and number in keys


def _carer(entry: Resource, references: References) -> Carer:
    identifiers = references.identifiers(entry.get("provider"))
    taxonomies = [code for system, code in codings(entry.get("qualification")) if system in Coded.TAXONOMY]
    return Carer(npi(identifiers), taxonomies[0] if taxonomies else None, names(entry.get("role")))


def _fields(carer: Carer) -> dict[str, Any]:
    return {"rendering_npi": carer.npi, "rendering_taxonomy": carer.taxonomy}
