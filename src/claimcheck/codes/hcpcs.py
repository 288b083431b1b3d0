"""HCPCS Level II: the national codes of CMS for what CPT does not hold, such as ambulance, supplies and drugs.

A letter and four digits. The national file uses A B C E G H J K L M P Q R S T U V. D is CDT, which the American
Dental Association maintains (`claimcheck.codes.cdt`). W X Y Z were the local codes of payers (Level III), retired
with HIPAA at the end of 2003: they are read, as kind "local". F I N O were never used. C codes belong to bills
under the hospital outpatient prospective payment system, and are a kind of their own.

Sources: CMS HCPCS Level II files, July 2024 and January 2026 (letters in use); the CMS HCPCS pages.

>>> parse("j1885")
ProcedureCode(text='J1885', kind=<ProcedureKind.LEVEL_II: 'level_ii'>)
>>> parse("C1713").kind.value, parse("X1234").level
('c_code', 'III')
>>> letter_group(parse("E0100"))
'durable medical equipment'
>>> parse("j1885", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: HCPCS: expected a HCPCS letter (not D F I N O) in upper case at position 1
>>> parse("D0120")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: HCPCS: expected a HCPCS letter (not D F I N O) at position 1
>>> parse("A123F")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: HCPCS: expected a digit at position 5
>>> parse("A123")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: HCPCS: expected 5 characters, found 4
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from claimcheck.codes._format import DIGIT, Place, Shape, accepts, read
from claimcheck.codes._procedure import ProcedureCode, ProcedureKind

NAME = "HCPCS"

LETTER_GROUPS = MappingProxyType(
    {
        "A": "ambulance, supplies, radiopharmaceuticals",
        "B": "enteral and parenteral nutrition",
        "C": "hospital outpatient payment system: drugs, devices, procedures",
        "E": "durable medical equipment",
        "G": "temporary procedures and services, quality data",
        "H": "behavioral health (state Medicaid)",
        "J": "drugs other than oral, chemotherapy",
        "K": "temporary durable medical equipment",
        "L": "orthotics and prosthetics",
        "M": "other medical services, quality data",
        "P": "pathology, laboratory, blood products",
        "Q": "temporary, miscellaneous",
        "R": "transport for diagnostic radiology",
        "S": "private payers, not for Medicare",
        "T": "state Medicaid, not for Medicare",
        "U": "COVID-19 laboratory tests",
        "V": "vision, hearing, speech",
        "W": "retired local codes",
        "X": "retired local codes",
        "Y": "retired local codes",
        "Z": "retired local codes",
    }
)
"""What the codes of a letter are about, in general words."""

_SHAPE = Shape(Place("".join(LETTER_GROUPS), "a HCPCS letter (not D F I N O)"), *(DIGIT,) * 4)
_KINDS = {"C": ProcedureKind.C_CODE} | dict.fromkeys("WXYZ", ProcedureKind.LOCAL)


def parse(text: str | Any, strict: bool = False) -> ProcedureCode:
    """Reads a national Level II code or a retired local one."""
    code = read(NAME, _SHAPE, text, strict=strict)
    return ProcedureCode(code, _KINDS.get(code[0], ProcedureKind.LEVEL_II))


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: trimmed, upper case."""
    return parse(text).text


def letter_group(code: ProcedureCode) -> str:
    """What the codes of this code's letter are about."""
    return LETTER_GROUPS[code.letter]
