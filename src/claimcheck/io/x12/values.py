"""X12 dates, and the coded entries of the HI segment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from claimcheck.claims import Diagnosis, InpatientProcedure, OccurrenceCode, Unreadable, ValueCode, amount_fields
from claimcheck.io.x12.draft import PAD

__all__ = [
    "ProfessionalService",
    "coded_entry",
    "indicators",
    "period",
    "pointers",
    "procedure",
    "professional_service",
]

#: Diagnosis qualifiers (data element 1270): the code set, and the diagnosis's role on the claim. ZZ is the patient's
#: reason for visit in 004010X096.
_DIAGNOSES = {
    "ABK": ("ICD-10-CM", "principal"),
    "ABF": ("ICD-10-CM", "other"),
    "ABJ": ("ICD-10-CM", "admitting"),
    "APR": ("ICD-10-CM", "reason_for_visit"),
    "ABN": ("ICD-10-CM", "external_cause"),
    "BK": ("ICD-9-CM", "principal"),
    "BF": ("ICD-9-CM", "other"),
    "BJ": ("ICD-9-CM", "admitting"),
    "PR": ("ICD-9-CM", "reason_for_visit"),
    "ZZ": ("ICD-9-CM", "reason_for_visit"),
    "BN": ("ICD-9-CM", "external_cause"),
}
_PROCEDURES = {
    "BBR": ("ICD-10-PCS", "principal"),
    "BBQ": ("ICD-10-PCS", "other"),
    "BR": ("ICD-9-CM", "principal"),
    "BQ": ("ICD-9-CM", "other"),
}

#: Entries that `Claim` has no field for: DRG, anesthesia-related surgery, HCPCS on a 004010 institutional claim,
#: treatment codes, advanced billing concepts.
_NOT_KEPT = ("DR", "BP", "BO", "TC", "CAH")

#: The components that an HI entry may have besides qualifier and code, by claim field: a date and its format (03, 04),
#: an amount (05), and present on admission (09).
_COMPONENTS = {
    "diagnoses": {9},
    "procedures": {3, 4},
    "occurrence_codes": {3, 4},
    "value_codes": {5},
    "condition_codes": set[int](),
}
_QUALIFIERS = frozenset({*_DIAGNOSES, *_PROCEDURES, *_NOT_KEPT, "BH", "BI", "BE", "BG"})

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


@lru_cache(maxsize=4_096)
def coded_entry(entry: str, component: str = ":") -> tuple[str, Any, tuple[Fault, ...]] | None:
    """An HI entry: its claim field, its value, and any other faults of the entry.

    An entry that is not a known qualifier and a code is an unreadable diagnosis: it may have been one, and keeping its
    position keeps line pointers correct. None if a claim has no such field, or the element is empty.

    >>> coded_entry("ABK:E119:::::::Y")
    ('diagnoses', Diagnosis(code='E119', version='ICD-10-CM', role='principal', poa='Y'), ())
    >>> coded_entry("BG:44"), coded_entry("DR:470"), coded_entry("")
    (('condition_codes', '44', ()), None, None)
    >>> coded_entry("8901")
    ('diagnoses', Unreadable(expected='a qualifier and a code', shape='text of 4: 9999'), ())
    >>> coded_entry("BG:44:BG:C2")[2]
    (('malformed_segment', 'holds a second code, which is not read: each is an element of its own'),)
    """
    if not entry.strip():
        return None
    qualifier, *components = entry.split(component)
    if qualifier in _NOT_KEPT:
        return None
    field, value = _entry(entry, qualifier, [*components, *PAD])
    return field, value, () if isinstance(value, Unreadable) else tuple(_entry_faults(field, components))


def _entry(entry: str, qualifier: str, components: list[str]) -> tuple[str, Any]:
    code, spelling, day, amount_of_value, _, _, _, poa = components[:8]
    if not code.strip():
        qualifier = ""
    if qualifier in _DIAGNOSES:
        return "diagnoses", Diagnosis(code, *_DIAGNOSES[qualifier], poa)
    if qualifier in _PROCEDURES:
        return "procedures", InpatientProcedure(code, period(spelling, day)[0], *_PROCEDURES[qualifier])
    if qualifier in ("BH", "BI"):
        return "occurrence_codes", OccurrenceCode(code, *period(spelling, day))
    if qualifier == "BE":
        return "value_codes", ValueCode(code, amount_of_value)
    if qualifier == "BG":
        return "condition_codes", code
    return "diagnoses", Unreadable.of(entry, expected="a qualifier and a code")


def _entry_faults(field: str, components: list[str]) -> Iterator[Fault]:
    """An ICD code is sent without its decimal point (005010X222, HI of loop 2300), and an entry holds one code."""
    if field in ("diagnoses", "procedures") and "." in components[0]:
        yield "written_with_point", "-2"
    others = {number: text.strip() for number, text in enumerate(components[1:], 3) if text.strip()}
    if not _QUALIFIERS.isdisjoint(others.values()):
        yield "malformed_segment", "holds a second code, which is not read: each is an element of its own"
    elif not others.keys() <= _COMPONENTS[field]:
        yield "malformed_segment", "has components that its qualifier does not have, and that are not read"


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
