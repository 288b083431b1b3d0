"""ICD-10-CM: the diagnosis codes of the US, maintained by the CDC (NCHS) and published with CMS.

Three to seven characters: a category of three (letter; digit or A; digit, A or B), then up to three for etiology,
site and severity, then a seventh. X holds a place that has no meaning, so that the seventh character keeps its
own: W19.XXXA. People write a dot after the category; claims carry none, and the canonical text has none.

The shape cannot tell all: that W19.A or T36.01A lacks its placeholders, that E11 is a header and not billable,
or that the 7 of a code is an extension rather than a detail (E11.3211), only the table of the date of service
says. Undotted, a diagnosis may look like a HCPCS code (E1165): the field decides.

Sources: CDC/CMS ICD-10-CM order files FY2023 to FY2025 and the current release (characters per position); ICD-10-CM
Official Guidelines, sections I.A.4-5 (placeholder, seventh character).

>>> parse("e11.65")
Icd10Cm(text='E1165')
>>> parse("W19.XXXA").dotted, parse("W19XXXA").category, parse("W19XXXA").extension
('W19.XXXA', 'W19', 'A')
>>> parse("QA00101").unseen_position is None, parse("E11O").unseen_position
(True, 4)
>>> parse("E1.19")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: ICD-10-CM: expected a digit, A or B at position 3
>>> parse("E119.")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: ICD-10-CM: expected a dot at position 4
>>> parse("W19XXXX")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: ICD-10-CM: expected a seventh character (not I L O or T-Z) at position 7
>>> parse("E1")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: ICD-10-CM: expected 3 to 7 characters, found 2
>>> parse("E11.65", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: ICD-10-CM: expected a letter or a digit at position 4
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import DOT, LETTER, LETTER_OR_DIGIT, Code, Place, Separated, Shape, accepts, clean

NAME = "ICD-10-CM"

# Positions 4 to 6 take any letter: releases have added letters there. The seventh characters are closed lists of
# the guidelines, which leave out the placeholder X and what looks like a digit.
_SEVENTH = Place("0123456789ABCDEFGHJKMNPQRS", "a seventh character (not I L O or T-Z)")
_SHAPE = Separated(
    Shape(
        LETTER,
        Place("0123456789A", "a digit or A"),
        Place("0123456789AB", "a digit, A or B"),
        *(LETTER_OR_DIGIT,) * 3,
        _SEVENTH,
        minimum=3,
    ),
    DOT,
    3,
)
_SEEN = ("0123456789ABCDEFGHIJKLXZ", "0123456789ABCDEXYZ", "0123456789ABCDEFGHX")


@attrs.frozen
class Icd10Cm(Code):
    """A diagnosis: `category`, `subcategory` (etiology, site, severity), `extension` (the seventh character)."""

    @property
    def category(self) -> str:
        return self.text[:3]

    @property
    def subcategory(self) -> str:
        return self.text[3:6]

    @property
    def extension(self) -> str:
        return self.text[6:]

    @property
    def dotted(self) -> str:
        return _SHAPE.write(self.text)

    @property
    def has_placeholder(self) -> bool:
        return "X" in self.subcategory

    @property
    def unseen_position(self) -> int | None:
        """The first position of `text` (4 to 6) whose character no release has used there: most likely a typo."""
        pairs = zip(self.subcategory, _SEEN, strict=False)
        return next((position for position, (char, seen) in enumerate(pairs, 4) if char not in seen), None)


def parse(text: str | Any, strict: bool = False) -> Icd10Cm:
    """Reads a diagnosis; lenient also takes the dot."""
    code, offset = clean(NAME, text, strict=strict)
    return Icd10Cm(_SHAPE.check(NAME, code, offset, strict=strict))


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text, as claims carry it: upper case, no dot."""
    return parse(text).text
