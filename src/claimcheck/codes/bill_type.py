"""Type of bill of an institutional claim, issued by the NUBC (UB-04 form locator 4).

Facility type (1-9), classification (1-9) and frequency (a digit or a letter). Paper puts a 0 in front, 0131, and
that is the canonical text. Editors and tables write three characters, 131, which lenient parsing takes too. An
837I splits it: CLM05-1 is 13, CLM05-3 is 1.

Source: ASC X12 005010X223 (CLM05); NUBC type of bill, as used in CMS manuals.

>>> parse("0131")
BillType(text='0131')
>>> parse("131") == parse("0131"), parse("0131").x12, parse("0131").frequency
(True, ('13', '1'), '1')
>>> parse("013")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: type of bill: expected a digit from 1 to 9 at position 1
>>> parse("131A")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: type of bill: expected 0 at position 1
>>> parse("13")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: type of bill: expected 4 characters, found 2
>>> parse("131", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: type of bill: expected 4 characters, found 3
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import LETTER_OR_DIGIT, Code, Place, Shape, accepts, clean

NAME = "type of bill"

#: Facility and classification of inpatient bills: hospital, SNF, swing bed (NUBC, UB-04 form locator 4).
INPATIENT = frozenset({"11", "18", "21", "28", "41", "65", "66", "86"})

_ONE_TO_NINE = Place("123456789", "a digit from 1 to 9")
_EDITORS = Shape(_ONE_TO_NINE, _ONE_TO_NINE, LETTER_OR_DIGIT)
_PAPER = Shape(Place("0", "0"), *_EDITORS.places)


@attrs.frozen
class BillType(Code):
    """A type of bill: `facility`, `classification`, `frequency`."""

    @property
    def facility(self) -> str:
        return self.text[1]

    @property
    def classification(self) -> str:
        return self.text[2]

    @property
    def frequency(self) -> str:
        return self.text[3]

    @property
    def paper(self) -> str:
        """As in form locator 4, 0131."""
        return self.text

    @property
    def short(self) -> str:
        """As editors and tables write it, 131."""
        return self.text[1:]

    @property
    def x12(self) -> tuple[str, str]:
        """CLM05-1 and CLM05-3 of an 837I."""
        return self.text[1:3], self.text[3]


def parse(text: str | Any, strict: bool = False) -> BillType:
    """Reads a type of bill; lenient also takes the three characters of editors."""
    code, offset = clean(NAME, text, strict=strict)
    if len(code) == 3 and not strict:
        _EDITORS.check(NAME, code, offset)
        return BillType("0" + code)
    _PAPER.check(NAME, code, offset)
    return BillType(code)


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: four characters."""
    return parse(text).text
