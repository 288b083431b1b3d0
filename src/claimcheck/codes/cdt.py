"""CDT: the dental procedure codes of the American Dental Association, letter D of HCPCS Level II.

The letter D and four digits. The codes are part of HCPCS, but not of the file that CMS publishes.

Sources: CMS HCPCS pages; CMS Physician Fee Schedule relative value file, July 2024 (lists the D codes).

>>> parse("d0120")
ProcedureCode(text='D0120', kind=<ProcedureKind.DENTAL: 'dental'>)
>>> parse("d0120", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: CDT: expected the letter D in upper case at position 1
>>> parse("J0120")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: CDT: expected the letter D at position 1
>>> parse("D012")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: CDT: expected 5 characters, found 4
"""

from __future__ import annotations

from typing import Any

from claimcheck.codes._format import DIGIT, Place, Shape, accepts, read
from claimcheck.codes._procedure import ProcedureCode, ProcedureKind

NAME = "CDT"

_SHAPE = Shape(Place("D", "the letter D"), *(DIGIT,) * 4)


def parse(text: str | Any, strict: bool = False) -> ProcedureCode:
    """Reads a CDT code."""
    return ProcedureCode(read(NAME, _SHAPE, text, strict=strict), ProcedureKind.DENTAL)


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: trimmed, upper case."""
    return parse(text).text
