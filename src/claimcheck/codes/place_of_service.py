"""Place of service: where a professional service was given, issued by CMS.

Two digits. Not all numbers are assigned; `is_assigned` says which are.

Source: CMS Place of Service Code Set, as published by HL7 terminology, 2026-08.

>>> parse("11")
PlaceOfService(text='11')
>>> parse("10").is_assigned, parse("59").is_assigned
(True, False)
>>> parse("1")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: place of service: expected 2 characters, found 1
>>> parse("1A")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: place of service: expected a digit at position 2
>>> parse("11 ", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: place of service: expected no white space at position 3
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import DIGIT, Code, Shape, accepts, read

NAME = "place of service"

_RANGES = ((1, 27), (31, 34), (41, 42), (49, 58), (60, 62), (65, 66), (71, 72), (81, 81), (99, 99))
ASSIGNED = frozenset(f"{number:02}" for first, last in _RANGES for number in range(first, last + 1))

_SHAPE = Shape(DIGIT, DIGIT)


@attrs.frozen
class PlaceOfService(Code):
    """A place of service."""

    @property
    def is_assigned(self) -> bool:
        return self.text in ASSIGNED


def parse(text: str | Any, strict: bool = False) -> PlaceOfService:
    """Reads a place of service, assigned or not."""
    return PlaceOfService(read(NAME, _SHAPE, text, strict=strict))


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: two digits."""
    return parse(text).text
