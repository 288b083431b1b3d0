"""Tooth number of the Universal/National Tooth Designation System, as dental claims in the United States use it.

Permanent teeth are 1 to 32, from the upper right third molar along both arches to the lower right one; primary teeth
are A to T in the same order. A supernumerary tooth has the number of the adjacent tooth with 50 added (51 to 82), or,
next to a primary tooth, its letter followed by an S (AS to TS).

Sources: X12 004010X097A1 and 005010X224A2, TOO of loop 2400 (TOO01 = JP); American Dental Association,
Universal/National Tooth Designation System, as published by HL7 terminology (ADAUniversalToothDesignationSystem); ADA
Dental Claim Form completion instructions, item 27.

>>> parse("08"), parse("a").is_primary, parse("58").beside, parse("AS").beside
(Tooth(text='8'), True, '8', 'A')
>>> parse("8").is_anterior, parse("3").is_anterior
(True, False)
>>> parse("33")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: tooth: expected 1 to 32, 51 to 82, A to T or AS to TS
>>> parse("U")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: tooth: expected 1 to 32, 51 to 82, A to T or AS to TS
>>> parse("08", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: tooth: expected no leading zero at position 1
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import LETTER_OR_DIGIT, Code, Shape, accepts, clean
from claimcheck.errors import CodeError

NAME = "tooth"

_SHAPE = Shape(LETTER_OR_DIGIT, LETTER_OR_DIGIT, minimum=1)
_PERMANENT = tuple(map(str, range(1, 33)))
_PRIMARY = tuple("ABCDEFGHIJKLMNOPQRST")
_BESIDE = {
    **{str(int(number) + 50): number for number in _PERMANENT},
    **{f"{letter}S": letter for letter in _PRIMARY},
}
_KNOWN = frozenset({*_PERMANENT, *_PRIMARY, *_BESIDE})
#: Incisors and canines.
_ANTERIOR = frozenset({*map(str, range(6, 12)), *map(str, range(22, 28)), *"CDEFGH", *"MNOPQR"})


@attrs.frozen
class Tooth(Code):
    """A tooth. `beside` is the regular tooth next to a supernumerary one, None for any other."""

    @property
    def beside(self) -> str | None:
        return _BESIDE.get(self.text)

    @property
    def is_primary(self) -> bool:
        """Whether it is a primary tooth, or next to one."""
        return (self.beside or self.text) in _PRIMARY

    @property
    def is_anterior(self) -> bool:
        """Whether it is an incisor or canine, or next to one."""
        return (self.beside or self.text) in _ANTERIOR


def parse(text: str | Any, strict: bool = False) -> Tooth:
    """Reads a tooth number; lenient also takes a leading zero."""
    code, offset = clean(NAME, text, strict=strict)
    _SHAPE.check(NAME, code, offset)
    if len(code) == 2 and code[0] == "0":
        if strict:
            raise CodeError(NAME, "expected no leading zero", offset + 1)
        code = code[1]
    if code not in _KNOWN:
        raise CodeError(NAME, "expected 1 to 32, 51 to 82, A to T or AS to TS")
    return Tooth(code)


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: upper case, without a leading zero."""
    return parse(text).text
