"""Employer identification numbers: the tax number of a billing provider, issued by the IRS.

Nine digits, written 12-3456789, with no check digit. A sole proprietor may bill under a social security number,
from which nine plain digits cannot be distinguished: `repr` and `str` of the value do not show it, nor does any error.

Source: IRS, "Understanding your EIN" and "How EINs are assigned and valid EIN prefixes"; Social Security
Administration, "Social Security number randomization": no area number 000; ASC X12 005010X222/X223 (REF01 qualifier
EI).

>>> parse("12-3456789")
TaxId(****)
>>> parse("123456789").hyphenated == "12-3456789"
True
>>> parse("123-45-678")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: tax id: expected a hyphen at position 3
>>> parse("12345678")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: tax id: expected 9 characters, found 8
>>> parse("000000000")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: tax id: expected a number that does not begin with 000
>>> parse("12-3456789", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: tax id: expected 9 characters, found 10
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import DIGIT, HYPHEN, ConfidentialCode, Separated, Shape, accepts, clean
from claimcheck.errors import CodeError

NAME = "tax id"

_SHAPE = Separated(Shape(*(DIGIT,) * 9), HYPHEN, 2)
_NEVER_ISSUED = "000"  #: neither as a prefix 00 of the IRS nor as an area number of the SSA


@attrs.frozen(repr=False)
class TaxId(ConfidentialCode):
    """A tax number; `hyphenated` is as the IRS writes it."""

    @property
    def hyphenated(self) -> str:
        return _SHAPE.write(self.text)


def parse(text: str | Any, strict: bool = False) -> TaxId:
    """Reads a tax number; lenient also takes the hyphen."""
    code, offset = clean(NAME, text, strict=strict)
    number = _SHAPE.check(NAME, code, offset, strict=strict)
    if number.startswith(_NEVER_ISSUED):
        raise CodeError(NAME, f"expected a number that does not begin with {_NEVER_ISSUED}")
    return TaxId(number)


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: nine digits."""
    return parse(text).text
