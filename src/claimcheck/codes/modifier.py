"""Modifiers: two characters that accompany a procedure code and say how the service differed.

Two digits are CPT (Level I) modifiers; a letter and a letter or digit are HCPCS Level II; a digit and P are the four of
CPT Category II. P1 to P6 are anesthesia physical status. The shape admits many unassigned values: whether a modifier
exists on a date is up to a table.

Category II's 1P, 2P, and 3P exclude the patient from the measure, for the reason that `meaning` names; 8P reports that
the action was not performed. There are no others: 0P, 4P to 7P, and 9P are refused.

Sources: CMS HCPCS Level II file (Level II modifiers); CMS, "Medicare NCCI Policy Manual", revision 1/1/2026,
chapter I-E (modifiers that may bypass a procedure-to-procedure edit, anatomic modifiers); CMS MLN MM6514
(Category II modifiers).

>>> parse("59").is_ptp_associated, parse("lt").is_anatomic
(True, True)
>>> parse("2P")
Modifier(text='2P', kind=<ModifierKind.CATEGORY_II: 'category_ii'>)
>>> parse("2P").meaning, parse("2P").is_exclusion, parse("8P").is_exclusion
('not performed for a patient reason', True, False)
>>> parse("4P")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: modifier: expected 1, 2, 3 or 8 before P at position 1
>>> parse("5A")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: modifier: expected a digit or P at position 2
>>> parse("-T")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: modifier: expected a letter or a digit at position 1
>>> parse("599")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: modifier: expected 2 characters, found 3
>>> parse("lt", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: modifier: expected a letter or a digit in upper case at position 1
"""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import attrs

from claimcheck.codes._format import DIGIT, LETTER_OR_DIGIT, Code, Place, Shape, accepts, clean
from claimcheck.errors import CodeError

NAME = "modifier"

CATEGORY_II_MEANINGS = MappingProxyType(
    {
        "1P": "not performed for a medical reason",
        "2P": "not performed for a patient reason",
        "3P": "not performed for a system reason",
        "8P": "not performed, reason not given",
    }
)
PHYSICAL_STATUS = frozenset({"P1", "P2", "P3", "P4", "P5", "P6"})
_EYELIDS = {"E1", "E2", "E3", "E4"}
_FINGERS_AND_TOES = {limb + which for limb in "FT" for which in "A123456789"}
_CORONARY_ARTERIES = {"LC", "LD", "LM", "RC", "RI"}
ANATOMIC = frozenset({"LT", "RT"} | _EYELIDS | _FINGERS_AND_TOES | _CORONARY_ARTERIES)
DISTINCT_SERVICE = frozenset({"XE", "XP", "XS", "XU"})
"""XE, XP, XS and XU (the X{EPSU} modifiers), finer versions of 59."""
PTP_ASSOCIATED = ANATOMIC | DISTINCT_SERVICE | {"24", "25", "57", "58", "78", "79"} | {"27", "59", "91"}
"""The modifiers that may bypass an NCCI procedure-to-procedure edit whose indicator is 1."""
COMPONENTS = frozenset({"26", "TC"})
"""The professional and the technical component of a service."""
_DISCONTINUED = "53"

_ANY = Shape(LETTER_OR_DIGIT, LETTER_OR_DIGIT)
_AFTER_DIGIT = Shape(DIGIT, Place("0123456789P", "a digit or P"))


class ModifierKind(StrEnum):
    """What a modifier is, as far as its characters tell."""

    LEVEL_I = "level_i"
    CATEGORY_II = "category_ii"
    PHYSICAL_STATUS = "physical_status"
    ANATOMIC = "anatomic"
    DISTINCT_SERVICE = "distinct_service"
    LEVEL_II = "level_ii"


@attrs.frozen
class Modifier(Code):
    """A modifier, its kind, and the properties that rules ask about."""

    kind: ModifierKind

    @property
    def is_category_ii(self) -> bool:
        return self.kind is ModifierKind.CATEGORY_II

    @property
    def is_exclusion(self) -> bool:
        """1P, 2P or 3P: the patient does not count for the measure."""
        return self.is_category_ii and not self.is_reporting

    @property
    def is_reporting(self) -> bool:
        """8P: the action was not performed, and the patient counts."""
        return self.text == "8P"

    @property
    def is_physical_status(self) -> bool:
        return self.kind is ModifierKind.PHYSICAL_STATUS

    @property
    def is_anatomic(self) -> bool:
        return self.kind is ModifierKind.ANATOMIC

    @property
    def is_distinct_service(self) -> bool:
        """XE, XP, XS or XU; 59 itself is a Level I modifier."""
        return self.kind is ModifierKind.DISTINCT_SERVICE

    @property
    def is_ptp_associated(self) -> bool:
        return self.text in PTP_ASSOCIATED

    @property
    def meaning(self) -> str:
        """The reason that a Category II modifier gives; "" for other modifiers."""
        return CATEGORY_II_MEANINGS.get(self.text, "")


def parse(text: str | Any, strict: bool = False) -> Modifier:
    """Reads a modifier."""
    code, offset = clean(NAME, text, strict=strict)
    if code[:1].isdigit():
        _AFTER_DIGIT.check(NAME, code, offset)
        if code[1] == "P" and code not in CATEGORY_II_MEANINGS:
            raise CodeError(NAME, "expected 1, 2, 3 or 8 before P", offset + 1)
    else:
        _ANY.check(NAME, code, offset)
    return Modifier(code, _kind(code))


def _kind(code: str) -> ModifierKind:
    if code[0].isdigit():
        return ModifierKind.CATEGORY_II if code[1] == "P" else ModifierKind.LEVEL_I
    if code in ANATOMIC:
        return ModifierKind.ANATOMIC
    if code in DISTINCT_SERVICE:
        return ModifierKind.DISTINCT_SERVICE
    return ModifierKind.PHYSICAL_STATUS if code in PHYSICAL_STATUS else ModifierKind.LEVEL_II


def component_of(modifiers: Set[str]) -> str:
    """The modifier that selects the physician fee schedule row: 26, TC, or 53; "" for the whole service.

    Both components together are the whole. A code without a row for the modifier is priced by its main row.

    >>> component_of({"26", "59"}), component_of({"53"}), component_of({"26", "TC"}), component_of({"25"})
    ('26', '53', '', '')
    """
    billed = modifiers & COMPONENTS
    if len(billed) == 1:
        return next(iter(billed))
    return _DISCONTINUED if _DISCONTINUED in modifiers else ""


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: trimmed, upper case."""
    return parse(text).text
