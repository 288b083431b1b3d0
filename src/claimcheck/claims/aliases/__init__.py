"""The names that billing people use for the fields of a claim: one table for mappings, tables of lines, and the docs.

Names match in any style: "Place of Service", `placeOfService`, and `PLACE_OF_SERVICE` are the same. Each field is
listed with its names in exports, boxes of the CMS-1500, form locators of the UB-04, and place in an 837.

Sources: NUCC, "1500 Health Insurance Claim Form Reference Instruction Manual" (02/12), with its crosswalk to the 837P;
Medicare Claims Processing Manual, chapter 25, section 75 (form locators of the UB-04), and chapter 26, section 10
(items of the CMS-1500); X12 005010X222A1 and 005010X223A2; HL7 FHIR R4, Claim and ExplanationOfBenefit.

>>> [meant(name, LINE).field for name in ("cpt", "Box 24B", "FL 42", "Date of Service")]
['procedure_code', 'place_of_service', 'revenue_code', 'service_date']
>>> meant("mod2", LINE), meant("21B", CLAIM).number, meant("npi", CLAIM).field, meant("npi", LINE).field
(Place(field='modifiers', number=2, role=None), 2, 'billing_npi', 'rendering_npi')
>>> meant("colour", LINE) is None
True
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from claimcheck.claims.aliases.alias import CLAIM, CODED, DIAGNOSIS, LINE, Alias
from claimcheck.claims.aliases.bill import BILL
from claimcheck.claims.aliases.diagnoses import DIAGNOSES
from claimcheck.claims.aliases.header import HEADER
from claimcheck.claims.aliases.line import SERVICE_LINE
from claimcheck.claims.aliases.parties import PARTIES

__all__ = [
    "ALIASES",
    "CLAIM",
    "CODED",
    "DIAGNOSIS",
    "LINE",
    "Alias",
    "Place",
    "bare",
    "fhir_elements",
    "meant",
    "names",
    "names_of",
]

ALIASES: tuple[Alias, ...] = (*HEADER, *PARTIES, *BILL, *DIAGNOSES, *SERVICE_LINE)


class Place(NamedTuple):
    """A field; with the item number if it is a list and the name means one item, and the role of a diagnosis."""

    field: str
    number: int | None = None
    role: str | None = None


_LONGEST = 64
_MOST_ITEMS = {"modifiers": 8, "diagnosis_pointers": 12}
_FORMS = {
    "boxes": ("box", "item", "cms1500", "cms1500box", "hcfa"),
    "locators": ("fl", "locator", "ub04", "ub04fl", "formlocator"),
}


def bare(name: str) -> str:
    """A name in lowercase, without separators between its words.

    >>> bare("Place of Service"), bare("placeOfService"), bare("FL 42")
    ('placeofservice', 'placeofservice', 'fl42')
    """
    return "".join(filter(str.isalnum, name)).lower()


def names_of(alias: Alias) -> Iterator[tuple[str, int | None]]:
    """The bare names of a field, each with the item number it means.

    >>> list(names_of(Alias(LINE, "place_of_service", ("pos",), ("24b",))))[:3]
    [('placeofservice', None), ('pos', None), ('24b', None)]
    """
    if alias.role is None:
        yield bare(alias.field), None
    for name in alias.names:
        yield from _numbered(name, alias.field)
    for box in alias.boxes:
        if not box.isdigit():
            yield from _numbered(box, alias.field)
        for form in _FORMS["boxes"]:
            yield from _numbered(form + box, alias.field)
    for place, locator in enumerate(alias.locators, 1):
        for form in _FORMS["locators"]:
            for name, number in _numbered(form + locator, alias.field):
                yield name, place if len(alias.locators) > 2 else number  # several locators are one item each


def _numbered(name: str, field: str) -> Iterator[tuple[str, int | None]]:
    most = _MOST_ITEMS.get(field, 25)
    if "{n}" in name:
        for number in range(1, most + 1):
            yield bare(name.replace("{n}", str(number))), number
            yield bare(name.replace("{n}", f"{number:02}")), number
    elif "{a}" in name:
        for number, letter in enumerate("abcdefghijklmnopq", 1):
            yield bare(name.replace("{a}", letter)), number
    else:
        yield bare(name), None


@lru_cache(maxsize=8)
def names(level: str) -> Mapping[str, Place]:
    """The place that each bare name at a level means."""
    known: dict[str, Place] = {}
    for alias in ALIASES:
        if alias.level == level:
            for name, number in names_of(alias):
                known.setdefault(name, Place(alias.field, number, alias.role))
    return known


_OF_MANY = ("adjudication", "supportinginfo")  #: elements of FHIR that hold many things


@lru_cache(maxsize=8)
def fhir_elements(level: str) -> Mapping[str, str]:
    """The field that each element of a FHIR claim, or of its item, is read into, by its bare name.

    >>> fhir_elements(LINE)["productorservice"], fhir_elements(CLAIM)["insurer"]
    ('procedure_code', 'payer_id')
    """
    known: dict[str, str] = {}
    for alias in ALIASES:
        for path in alias.fhir.split(" or ") if alias.level == level and alias.fhir else ():
            element = bare(path.removeprefix("item.").partition(".")[0])
            if element not in _OF_MANY:
                known.setdefault(element, alias.field)
    return known


def meant(name: str, level: str) -> Place | None:
    """The place that a name means at a level, or None."""
    return names(level).get(bare(name)) if len(name) <= _LONGEST else None
