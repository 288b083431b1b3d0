"""CLIA numbers: certificates of clinical laboratories, issued by CMS.

Two digits for the state, the letter D, seven digits. Numbers with Z for D occur in state disease reporting, where
a certificate is pending or a state exempts the laboratory; payers refuse them on claims, and so does `parse`.

Source: CMS CLIA program; Stedi, claim edit "Invalid CLIA number format" (what payers answer).

>>> parse("05d1234567")
Clia(text='05D1234567')
>>> parse("05D1234567").state, parse("05D1234567").serial
('05', '1234567')
>>> parse("5D1234567")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: CLIA: expected 10 characters, found 9
>>> parse("45X2167451")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: CLIA: expected the letter D at position 3
>>> parse("05d1234567", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: CLIA: expected the letter D in upper case at position 3
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import DIGIT, Code, Place, Shape, accepts, read

NAME = "CLIA"

_SHAPE = Shape(DIGIT, DIGIT, Place("D", "the letter D"), *(DIGIT,) * 7)


@attrs.frozen
class Clia(Code):
    """A laboratory's certificate: `state` (CMS's number for it) and `serial`."""

    @property
    def state(self) -> str:
        return self.text[:2]

    @property
    def serial(self) -> str:
        return self.text[3:]


def parse(text: str | Any, strict: bool = False) -> Clia:
    """Reads a CLIA number."""
    return Clia(read(NAME, _SHAPE, text, strict=strict))


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: trimmed, upper case."""
    return parse(text).text
