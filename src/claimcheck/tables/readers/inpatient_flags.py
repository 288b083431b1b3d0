"""What the place of a code in the Medicare Code Editor's definitions says of it.

Flags of diagnoses:

- `manifestation` (edit 6), `unacceptable_pdx` and `requires_secondary` (9; the latter is acceptable with another
  diagnosis), `questionable_admission` and `delivery_outcome` (8 A, B), `wrong_procedure` (18), `unspecified` (20)
- `noncovered_b` (type 1 diabetes), `noncovered_d`, `noncovered_e`, `noncovered_g`: diagnoses that procedures of the
  same list of edit 11 are held against

Flags of procedures:

- `noncovered` (edit 11 A), `pancreas_transplant` and `kidney_transplant` (B), `artificial_heart` (C),
  `noncovered_d`, `noncovered_e`, `noncovered_over_60` (F), `noncovered_g`
- `delivery` (8 B), `limited_coverage` (17 A), `long_stay` (19)

That list B holds procedures of the pancreas and of the kidney, D, E and G procedures and the diagnoses that they are
held against, F those for members over 60 is also how CMS's own program (MCE 2.0, 43.1) divides edit 11.

>>> flag_of("0TY00Z0", Place("11", "B", "the following")), flag_of("E1010", Place("11", "B", "the following"))
('kidney_transplant', 'noncovered_b')
>>> ages_of(Place("4", "B", "pediatric diagnoses (age 0 through 17)"))
('0', '17')
>>> sex_of(Place("5", "C", "diagnoses for males only"))
'M'
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import regex

__all__ = ["LAST_AGE", "Place", "ages_of", "flag_of", "is_procedure", "sex_of"]

LAST_AGE = "124"  #: the age that means no limit
_AGES = regex.compile(r"\(age (?P<low>[0-9]+) through (?P<high>[0-9]+)\)", regex.IGNORECASE)
_KIDNEY = "0TY"  #: ICD-10-PCS: transplantation in the urinary system


class Place(NamedTuple):
    """Where a code is listed: the number of the edit, the letter and the title of its list ("" without one), and
    whether it is acceptable with a secondary diagnosis."""

    edit: str
    letter: str
    title: str
    acceptable: bool = False


_DIAGNOSES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("8", ""): "questionable_admission",
        ("8", "A"): "questionable_admission",
        ("8", "B"): "delivery_outcome",
        **{("11", letter): f"noncovered_{letter.lower()}" for letter in "BDEG"},
        **{("18", letter): "wrong_procedure" for letter in ("", "A")},
        **{("20", letter): "unspecified" for letter in ("", "A")},
    }
)
_PROCEDURES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("8", "B"): "delivery",
        ("11", "A"): "noncovered",
        ("11", "C"): "artificial_heart",
        ("11", "D"): "noncovered_d",
        ("11", "E"): "noncovered_e",
        ("11", "F"): "noncovered_over_60",
        ("11", "G"): "noncovered_g",
        ("17", ""): "limited_coverage",
        ("17", "A"): "limited_coverage",
        ("19", ""): "long_stay",
        ("19", "A"): "long_stay",
    }
)
_OF_DIAGNOSES = frozenset({"4", "6", "9", "18", "20"})
_OF_PROCEDURES = frozenset({"17", "19"})


def is_procedure(code: str, place: Place) -> bool:
    """Whether a code is one of ICD-10-PCS: by the list where all its codes are of one kind, else by its first digit."""
    if place.edit in _OF_DIAGNOSES:
        return False
    if place.edit in _OF_PROCEDURES:
        return True
    if place.edit == "5":
        return place.title.startswith("procedures")
    return len(code) == 7 and code[0].isdigit()


def flag_of(code: str, place: Place) -> str | None:
    """The flag of a code, None where its list gives none."""
    if is_procedure(code, place):
        if (place.edit, place.letter) == ("11", "B"):
            return "kidney_transplant" if code.startswith(_KIDNEY) else "pancreas_transplant"
        return _PROCEDURES.get((place.edit, place.letter))
    if place.edit == "6":
        return "manifestation"
    if place.edit == "9":
        return "requires_secondary" if place.acceptable else "unacceptable_pdx"
    return _DIAGNOSES.get((place.edit, place.letter))


def ages_of(place: Place) -> tuple[str, str] | None:
    """The ages of a list of edit 4; newborns are of age 0."""
    if place.edit != "4":
        return None
    if place.title.startswith("perinatal"):
        return "0", "0"
    found = _AGES.search(place.title)
    return None if found is None else (found["low"], found["high"])


def sex_of(place: Place) -> str | None:
    """The sex of a list of edit 5."""
    if place.edit != "5" or not place.title.startswith(("diagnoses for ", "procedures for ")):
        return None
    return "F" if "female" in place.title else "M"
