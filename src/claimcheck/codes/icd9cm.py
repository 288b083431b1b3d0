"""ICD-9-CM: the diagnosis and procedure codes in use until 2015-09-30.

Diagnoses: three digits, or V and two digits, with up to two more digits; or E and three digits with up to one
more. Procedures: two digits and one or two more. The dot comes after the third character (after the fourth of an
E code, the second of a procedure); the canonical text has none. `parse` reads diagnoses, `parse_procedure`
procedures: many texts could be either, and the field decides.

Sources: CMS ICD-9-CM code tables (shapes); X12 remark code N742 (end of use).

>>> parse("250.00"), parse("v10.1").kind.value, parse("E849.0").dotted
(Icd9Cm(text='25000'), 'supplementary', 'E849.0')
>>> parse_procedure("45.13")
Icd9CmProcedure(text='4513')
>>> parse("25.000")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: ICD-9-CM: expected a digit at position 3
>>> parse("X10")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: ICD-9-CM: expected a digit, E or V at position 1
>>> parse("25")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: ICD-9-CM: expected 3 to 5 characters, found 2
>>> parse_procedure("45")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: ICD-9-CM procedure: expected 3 to 4 characters, found 2
>>> parse("250.00", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: ICD-9-CM: expected 3 to 5 characters, found 6
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs

from claimcheck.codes._format import DIGIT, DOT, Code, Place, Separated, Shape, accepts, clean

NAME = "ICD-9-CM"
NAME_PROCEDURE = "ICD-9-CM procedure"

_FIRST = Place("0123456789EV", "a digit, E or V")
_DIAGNOSIS = Separated(Shape(_FIRST, *(DIGIT,) * 4, minimum=3), DOT, 3)
_EXTERNAL = Separated(Shape(_FIRST, *(DIGIT,) * 4, minimum=4), DOT, 4)
_PROCEDURE = Separated(Shape(*(DIGIT,) * 4, minimum=3), DOT, 2)


class Icd9CmKind(StrEnum):
    """The part of the classification that a diagnosis belongs to."""

    NUMERIC = "numeric"
    SUPPLEMENTARY = "supplementary"
    EXTERNAL_CAUSE = "external_cause"


@attrs.frozen
class Icd9Cm(Code):
    """A diagnosis: `category` and `subdivision` (what follows the dot)."""

    @property
    def kind(self) -> Icd9CmKind:
        if self.text[0] == "E":
            return Icd9CmKind.EXTERNAL_CAUSE
        return Icd9CmKind.SUPPLEMENTARY if self.text[0] == "V" else Icd9CmKind.NUMERIC

    @property
    def category(self) -> str:
        return self.dotted.partition(".")[0]

    @property
    def subdivision(self) -> str:
        return self.dotted.partition(".")[2]

    @property
    def dotted(self) -> str:
        return _diagnosis_shape(self.text).write(self.text)


@attrs.frozen
class Icd9CmProcedure(Code):
    """A procedure: `category` and `subdivision` (what follows the dot)."""

    @property
    def category(self) -> str:
        return self.text[:2]

    @property
    def subdivision(self) -> str:
        return self.text[2:]

    @property
    def dotted(self) -> str:
        return _PROCEDURE.write(self.text)


def _diagnosis_shape(code: str) -> Separated:
    return _EXTERNAL if code[:1] in ("E", "e") else _DIAGNOSIS


def parse(text: str | Any, strict: bool = False) -> Icd9Cm:
    """Reads a diagnosis; lenient also takes the dot."""
    code, offset = clean(NAME, text, strict=strict)
    return Icd9Cm(_diagnosis_shape(code).check(NAME, code, offset, strict=strict))


def parse_procedure(text: str | Any, strict: bool = False) -> Icd9CmProcedure:
    """Reads a procedure; lenient also takes the dot."""
    code, offset = clean(NAME_PROCEDURE, text, strict=strict)
    return Icd9CmProcedure(_PROCEDURE.check(NAME_PROCEDURE, code, offset, strict=strict))


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text as a diagnosis."""
    return accepts(parse, text, strict=strict)


def is_valid_procedure(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse_procedure` accepts the text."""
    return accepts(parse_procedure, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text of a diagnosis: upper case, no dot."""
    return parse(text).text


def normalize_procedure(text: str | Any) -> str:
    """The canonical text of a procedure: no dot."""
    return parse_procedure(text).text
