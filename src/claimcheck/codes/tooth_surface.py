"""Tooth surface: which side of a tooth a dental service treats.

One letter: M mesial, O occlusal, D distal, B buccal, L lingual, I incisal, F facial. A service on several surfaces
names each, and people write them together (MOD): `parse` reads one, `split` separates a group.

Sources: X12 004010X097A1 and 005010X224A2, TOO03 (data element 1369); ADA Dental Claim Form completion instructions,
item 28; CARIN IG for Blue Button, C4BBSurfaceCodes.

>>> parse("m"), split("MOD")
(ToothSurface(text='M'), ('M', 'O', 'D'))
>>> parse("X")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: tooth surface: expected a surface (B D F I L M O) at position 1
>>> parse("MO")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: tooth surface: expected 1 character, found 2
>>> parse("m", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: tooth surface: expected a surface (B D F I L M O) in upper case at position 1
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import Code, Place, Shape, accepts, read

NAME = "tooth surface"

_SHAPE = Shape(Place("BDFILMO", "a surface (B D F I L M O)"))


@attrs.frozen
class ToothSurface(Code):
    """A surface of a tooth."""


def parse(text: str | Any, strict: bool = False) -> ToothSurface:
    """Reads one surface."""
    return ToothSurface(read(NAME, _SHAPE, text, strict=strict))


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: one letter in upper case."""
    return parse(text).text


def split(text: str) -> tuple[str, ...]:
    """The surfaces in a text that writes them together; a text that is not such a group stays whole.

    >>> split(" mo "), split("MX"), split("")
    (('M', 'O'), ('MX',), ('',))
    """
    letters = tuple(text.strip().upper())
    return letters if letters and all(map(is_valid, letters)) else (text,)
