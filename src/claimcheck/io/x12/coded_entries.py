"""The coded entries of the HI segment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from claimcheck.claims import Diagnosis, InpatientProcedure, OccurrenceCode, Unreadable, ValueCode
from claimcheck.io.x12.loop import PAD
from claimcheck.io.x12.values import Fault, period

__all__ = ["coded_entry"]

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
