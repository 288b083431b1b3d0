"""Area of the oral cavity: the part of the mouth that a dental service treats, if not single teeth.

Two digits: 00 the entire cavity, 01 and 02 the upper and lower arch, 10, 20, 30, and 40 the quadrants starting at the
upper right. X12 has more in its list (03 to 08 are sextants; 09, and L and R for the sides, were in the 004010 guide):
they are read as well, and `is_of_ada` tells them apart.

Sources: ADA Dental Claim Form completion instructions, item 25, as published by HL7 terminology
(ADAAreaOralCavitySystem); ISO 3950; X12 data element 1361; X12 004010X097A1, SV304.

>>> parse("10"), parse("L").is_of_ada
(OralCavityArea(text='10'), False)
>>> parse("50")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: oral cavity area: expected 00, 01, 02, 10, 20, 30 or 40
>>> parse("l", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: oral cavity area: expected a letter or a digit in upper case at position 1
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import LETTER_OR_DIGIT, Code, Shape, accepts, clean
from claimcheck.errors import CodeError

NAME = "oral cavity area"

_SHAPE = Shape(LETTER_OR_DIGIT, LETTER_OR_DIGIT, minimum=1)
_ADA = ("00", "01", "02", "10", "20", "30", "40")
_OF_X12 = ("03", "04", "05", "06", "07", "08", "09", "L", "R")
_KNOWN = frozenset({*_ADA, *_OF_X12})


@attrs.frozen
class OralCavityArea(Code):
    """An area of the oral cavity."""

    @property
    def is_of_ada(self) -> bool:
        """Whether it is one of the areas on the claim form of the American Dental Association."""
        return self.text in _ADA


def parse(text: str | Any, strict: bool = False) -> OralCavityArea:
    """Reads an area."""
    code, offset = clean(NAME, text, strict=strict)
    _SHAPE.check(NAME, code, offset)
    if code not in _KNOWN:
        *first, last = _ADA
        raise CodeError(NAME, f"expected {', '.join(first)} or {last}")
    return OralCavityArea(code)


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: trimmed, upper case."""
    return parse(text).text
