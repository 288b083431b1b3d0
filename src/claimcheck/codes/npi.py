"""NPI: the National Provider Identifier, issued by CMS (NPPES) to providers of health care in the US.

Ten digits, the first 1 or 2, the last a Luhn check digit computed as if prefixed with 80840 (the health prefix of a US
card issuer number). The number says nothing about its holder.

Source: CMS NPPES, "Requirements for National Provider Identifier and NPI check digit".

>>> parse("1234567893")
Npi(text='1234567893')
>>> parse("1234567890")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: NPI: the check digit does not agree with the other digits
>>> parse("3000000000")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: NPI: expected 1 or 2 at position 1
>>> parse("123456789X")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: NPI: expected a digit at position 10
>>> parse("123456789")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: NPI: expected 10 characters, found 9
>>> parse(" 1234567893", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: NPI: expected no white space at position 1
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import DIGIT, Code, Place, Shape, accepts, read
from claimcheck.errors import CodeError

NAME = "NPI"

_SHAPE = Shape(Place("12", "1 or 2"), *(DIGIT,) * 9)
_PREFIX_SUM = 24  # Luhn's sum over 80840, at its positions before ten digits
_DOUBLED = str.maketrans("0123456789", "0246813579")  # each digit doubled, the digits of the result added


@attrs.frozen
class Npi(Code):
    """A provider's number: `payload` and `check_digit`."""

    @property
    def payload(self) -> str:
        return self.text[:9]

    @property
    def check_digit(self) -> str:
        return self.text[9]


def parse(text: str | Any, strict: bool = False) -> Npi:
    """Reads an NPI."""
    code = read(NAME, _SHAPE, text, strict=strict)
    if (_PREFIX_SUM + sum(map(int, code[0::2].translate(_DOUBLED) + code[1::2]))) % 10:
        raise CodeError(NAME, "the check digit does not agree with the other digits")
    return Npi(code)


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: ten digits."""
    return parse(text).text
