"""ICD-10-PCS: the inpatient procedure codes of the US, maintained by CMS.

Seven characters, digits and letters without I and O (which look like digits), no dot. Each character has its own
meaning within a section; the names of the parts are those of the Medical and Surgical section.

Source: CMS, "ICD-10-PCS code structure" (MLN4151758); CMS ICD-10-PCS order file FY2026.

>>> parse("0dtj4zz")
Icd10Pcs(text='0DTJ4ZZ')
>>> parse("0DTJ4ZZ").section, parse("0DTJ4ZZ").root_operation
('0', 'T')
>>> parse("0DTI4ZZ")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: ICD-10-PCS: expected a digit or a letter (not I or O) at position 4
>>> parse("0DT.J4ZZ")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: ICD-10-PCS: expected 7 characters, found 8
>>> parse("0dtj4zz", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: ICD-10-PCS: expected a digit or a letter (not I or O) in upper case at position 2
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import Code, Place, Shape, accepts, read

NAME = "ICD-10-PCS"

_SHAPE = Shape(*(Place("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", "a digit or a letter (not I or O)"),) * 7)


@attrs.frozen
class Icd10Pcs(Code):
    """An inpatient procedure and its seven axes."""

    @property
    def section(self) -> str:
        return self.text[0]

    @property
    def body_system(self) -> str:
        return self.text[1]

    @property
    def root_operation(self) -> str:
        return self.text[2]

    @property
    def body_part(self) -> str:
        return self.text[3]

    @property
    def approach(self) -> str:
        return self.text[4]

    @property
    def device(self) -> str:
        return self.text[5]

    @property
    def qualifier(self) -> str:
        return self.text[6]


def parse(text: str | Any, strict: bool = False) -> Icd10Pcs:
    """Reads an inpatient procedure."""
    return Icd10Pcs(read(NAME, _SHAPE, text, strict=strict))


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: trimmed, upper case."""
    return parse(text).text
