"""CPT: the procedure codes of the American Medical Association, Level I of HCPCS.

Five characters. Five digits are Category I (services), 00100 to 99607: the range is printed as 00100-99499, but
99500-99607 (home-health procedures, medication therapy management) are Category I as well and stand in the CMS
fee schedule. The numbers below 00100 are well formed, and no code. Four digits and a letter are:

- F: Category II, optional performance-measure codes, printed range 0001F-9007F;
- T: Category III, emerging services;
- U: proprietary laboratory analyses (PLA); M: multianalyte assays with algorithmic analyses (MAAA);
- A: administration of COVID-19 vaccines, historic.

The letter's *position* decides: 0001U is CPT, U0001 is HCPCS Level II.

Sources: AMA CPT 2020 Category II codes (header range); CMS Physician Fee Schedule relative value file, July 2024
(which numbers exist); HL7 terminology's CPT page (printed range).

>>> parse(" 3044f ")
ProcedureCode(text='3044F', kind=<ProcedureKind.CATEGORY_II: 'category_ii'>)
>>> parse("3044F").level, parse("3044F").category
('I', 'II')
>>> parse("3044f", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: CPT: expected a digit or one of A F M T U in upper case at position 5
>>> parse("3044")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: CPT: expected 5 characters, found 4
>>> parse("F3044")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: CPT: expected a digit at position 1
>>> parse("00099")
ProcedureCode(text='00099', kind=<ProcedureKind.UNASSIGNED: 'unassigned'>)
>>> parse("99608")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: CPT: expected a Category I number from 00100 to 99607
"""

from __future__ import annotations

from typing import Any

from claimcheck.codes._format import DIGIT, Place, Shape, accepts, read
from claimcheck.codes._procedure import ProcedureCode, ProcedureKind
from claimcheck.errors import CodeError

NAME = "CPT"

_SHAPE = Shape(*(DIGIT,) * 4, Place("0123456789AFMTU", "a digit or one of A F M T U"))
_KINDS = {
    "F": ProcedureKind.CATEGORY_II,
    "T": ProcedureKind.CATEGORY_III,
    "U": ProcedureKind.PLA,
    "M": ProcedureKind.MAAA,
    "A": ProcedureKind.COVID_ADMINISTRATION,
}


def parse(text: str | Any, strict: bool = False) -> ProcedureCode:
    """Reads a CPT code of any category."""
    code = read(NAME, _SHAPE, text, strict=strict)
    kind = _KINDS.get(code[4], ProcedureKind.CATEGORY_I)
    if kind is ProcedureKind.CATEGORY_I:
        if code > "99607":
            raise CodeError(NAME, "expected a Category I number from 00100 to 99607")
        if code < "00100":
            kind = ProcedureKind.UNASSIGNED
    return ProcedureCode(code, kind)


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: trimmed, upper case."""
    return parse(text).text


def in_printed_range(code: ProcedureCode) -> bool:
    """Whether a code is in the printed range of its category: 00100-99499 or 0001F-9007F.

    A code outside of it may still be in use (99605). The other kinds have no printed range.

    >>> in_printed_range(parse("99213")), in_printed_range(parse("99605")), in_printed_range(parse("9008F"))
    (True, False, False)
    """
    if code.kind is ProcedureKind.CATEGORY_I:
        return code.text <= "99499"
    return code.kind is ProcedureKind.CATEGORY_II and "0001F" <= code.text <= "9007F"
