"""HIPPS: the rate codes of the CMS prospective payment systems for facilities (skilled nursing, home health, rehab).

Five letters or digits, with no structure common to all systems. They appear in the procedure code field only under
qualifier HP, on lines with revenue codes 0022, 0023, and 0024; without that context almost any procedure code could be
one.

Sources: ASC X12 005010X223 (SV202-1 qualifier HP); CMS HIPPS code pages.

>>> parse("2aaa0")
Hipps(text='2AAA0')
>>> parse("2AA-0")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: HIPPS: expected a letter or a digit at position 4
>>> parse("2AAA")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: HIPPS: expected 5 characters, found 4
>>> parse("2aaa0", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: HIPPS: expected a letter or a digit in upper case at position 2
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import LETTER_OR_DIGIT, Code, Shape, accepts, read

NAME = "HIPPS"

_SHAPE = Shape(*(LETTER_OR_DIGIT,) * 5)


@attrs.frozen
class Hipps(Code):
    """A HIPPS rate code."""


def parse(text: str | Any, strict: bool = False) -> Hipps:
    """Reads a HIPPS code."""
    return Hipps(read(NAME, _SHAPE, text, strict=strict))


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: trimmed, upper case."""
    return parse(text).text
