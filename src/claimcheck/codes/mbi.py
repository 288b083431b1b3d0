"""MBI: the Medicare Beneficiary Identifier, issued by CMS (the Social Security Administration mails the cards).

Eleven characters: digit 1-9, letter, letter or digit, digit, letter, letter or digit, digit, letter, letter, digit,
digit. The letters S L O I B Z are never used. The card prints hyphens, 1EG4-TE5-MK73; they are for display only.

It identifies a person: `repr` and `str` of the value do not show it, nor does any error.

Source: CMS, "Understanding the Medicare Beneficiary Identifier (MBI) format".

>>> parse("1eg4-te5-mk73")
Mbi(****)
>>> parse("1EG4-TE5-MK73").text == "1EG4TE5MK73"
True
>>> parse("0EG4TE5MK73")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: MBI: expected a digit from 1 to 9 at position 1
>>> parse("1SG4TE5MK73")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: MBI: expected a letter (not B I L O S Z) at position 2
>>> parse("1EG4TE5MKA3")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: MBI: expected a digit at position 10
>>> parse("1EG4TE5MK7")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: MBI: expected 11 characters, found 10
>>> parse("1EG4-TE5-MK73", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: MBI: expected 11 characters, found 13
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import DIGIT, HYPHEN, ConfidentialCode, Place, Separated, Shape, accepts, clean

NAME = "MBI"

_C = Place("123456789", "a digit from 1 to 9")
_A = Place("ACDEFGHJKMNPQRTUVWXY", "a letter (not B I L O S Z)")
_AN = Place(_A.allowed + DIGIT.allowed, "a digit or a letter (not B I L O S Z)")
_SHAPE = Separated(Shape(_C, _A, _AN, DIGIT, _A, _AN, DIGIT, _A, _A, DIGIT, DIGIT), HYPHEN, 4, 7)


@attrs.frozen(repr=False)
class Mbi(ConfidentialCode):
    """A beneficiary's number; `displayed` is as printed on the card."""

    @property
    def displayed(self) -> str:
        return _SHAPE.write(self.text)


def parse(text: str | Any, strict: bool = False) -> Mbi:
    """Reads an MBI; lenient also takes the card's hyphens."""
    code, offset = clean(NAME, text, strict=strict)
    return Mbi(_SHAPE.check(NAME, code, offset, strict=strict))


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: eleven characters without hyphens."""
    return parse(text).text
