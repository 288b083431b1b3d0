"""X12 dates, the composites of a service, and the indicators of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from claimcheck.claims import amount_fields
from claimcheck.io.x12.loop import PAD

__all__ = ["ProfessionalService", "indicators", "period", "pointers", "procedure", "professional_service"]

#: Valid values of CLM06 to CLM09, by claim type; an institutional claim has no CLM06.
_INDICATORS = {"CLM06": ("Y", "N"), "CLM07": ("A", "B", "C"), "CLM08": ("N", "W", "Y"), "CLM09": ("I", "Y")}


def period(spelling: str, text: str) -> tuple[str, str | None]:
    """The first and last date of `text` in the format `spelling`; no last date if it is a single day.

    The formats (data element 1250) are D8, CCYYMMDD; RD8, two of those with a hyphen; DT and RDT, the same with hours
    and minutes, which a claim does not keep. Any other text is passed on unchanged, and the claim finds it unreadable.

    >>> period("D8", "20240701"), period("RD8", "20240701-20240703"), period("DT", "202407010830")
    (('20240701', None), ('20240701', '20240703'), ('20240701', None))
    >>> period("D8", "20240701-20240703")
    ('20240701-20240703', None)
    """
    if spelling == "D8":
        return text, None
    if spelling in ("RD8", "RDT"):
        first, _, last = text.partition("-")
        return first[:8] if spelling == "RDT" else first, last[:8] if spelling == "RDT" else last
    return text[:8] if spelling == "DT" else text, None


Fault = tuple[str, str]
"""A fault of an element: the kind of problem, and which element or what is wrong with it."""


@lru_cache(maxsize=1_024)
def indicators(claim_type: str, *given: str) -> tuple[Fault, ...]:
    """Faults of CLM06 to CLM09: signature, assignment, benefits assignment, release of information.

    >>> indicators("professional", "Y", "A", "Y", "Y"), indicators("institutional", "", "A", "", "X")
    ((), (('missing_indicator', 'CLM08'), ('missing_indicator', 'CLM09')))
    """
    asked = [*zip(_INDICATORS.items(), given, strict=True)]
    if claim_type == "institutional":
        asked = asked[1:]
    return tuple(("missing_indicator", element) for (element, known), value in asked if value.strip() not in known)


@lru_cache(maxsize=16_384)
def procedure(composite: str, component: str = ":") -> tuple[Mapping[str, Any], bool]:
    """The line fields in a composite SV101, SV202, or SV301, and whether it has a qualifier and a code.

    A code without its qualifier is not read.

    >>> fields, is_whole = procedure("HC:99213:25:59")
    >>> dict(fields), is_whole
    ({'code_qualifier': 'HC', 'procedure_code': '99213', 'modifiers': ('25', '59')}, True)
    >>> dict(procedure("99213")[0]), procedure(":99213")[1]
    ({'code_qualifier': '99213'}, False)
    """
    qualifier, *parts = composite.split(component)
    fields: dict[str, Any] = {"code_qualifier": qualifier}
    if parts:
        fields["procedure_code"] = parts[0]
    if len(parts) > 1:
        fields["modifiers"] = tuple(parts[1:5])
    if len(parts) > 5:
        fields["description"] = parts[5]
    return MappingProxyType(fields), bool(qualifier and parts)


class ProfessionalService(NamedTuple):
    """The line fields in an SV1. `is_plain` if there is nothing to report about it."""

    fields: Mapping[str, Any]
    composite: str
    pointer: str
    is_plain: bool


@lru_cache(maxsize=16_384)
def professional_service(segment: str, element: str = "*", component: str = ":") -> ProfessionalService:
    """The line fields in an SV1, cached because the same services recur.

    >>> service = professional_service("SV1*HC:99213*125*UN*1***1:2")
    >>> service.fields["procedure_code"], service.fields["charge"], service.fields["diagnosis_pointers"]
    ('99213', '125', (1, 2))
    >>> service.is_plain, professional_service("SV1*HC:99213*125*UN*1***A").is_plain
    (True, False)
    """
    _, composite, charge, basis, units, place, _, pointer = [*segment.split(element), *PAD][:8]
    fields, is_whole = procedure(composite, component) if composite else ({}, False)
    fields = {**fields, "charge": charge, "unit_basis": basis, "units": units}
    if place:
        fields["place_of_service"] = place
    fields["diagnosis_pointers"] = pointers(pointer, component)
    points = pointer[:1] not in ("", component) and not any(map(str.isalpha, pointer))
    return ProfessionalService(MappingProxyType(fields), composite, pointer, bool(is_whole and basis and points))


@lru_cache(maxsize=4_096)
def pointers(text: str, component: str = ":") -> tuple[int | str, ...]:
    """Diagnosis pointers; whole numbers as such, because they may have to be renumbered.

    >>> pointers("1:3"), pointers("1:?")
    ((1, 3), (1, '?'))
    """
    return tuple(map(_whole, text.split(component)))


def _whole(text: str) -> int | str:
    read = amount_fields.whole(text)
    return read if isinstance(read, int) else text
