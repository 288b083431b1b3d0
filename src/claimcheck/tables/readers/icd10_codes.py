"""ICD-10-CM and ICD-10-PCS: the codes files, with billable codes only, found with the order files in some zips.

A line, 0-based: 0:7 the code without dot, 8: its description. Headers are prefixes of the codes: for ICD-10-PCS the
first three characters, for ICD-10-CM three or more, except an X that only fills the places before a seventh character
(T61.14XA is under T61.14). Derived this way they are those of the order file (CMS, fiscal years 2024 and 2025: all
23,252 and 23,324; for April 2023 one of 23,122 is not).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import regex

from claimcheck.tables.readers.accounting import taken
from claimcheck.tables.readers.icd10 import CODES, editions_of, table_of
from claimcheck.tables.readers.kinds import Kind, unlike
from claimcheck.tables.readers.reading import Account, Reading, Row
from claimcheck.tables.readers.sheets import Head, Sheet, lines
from claimcheck.tables.rows import DiagnosisRow

__all__ = ["ICD10_CODES", "headers_over"]

_LINE = regex.compile(r"(?:([A-Z][0-9][0-9A-Z]{1,5}) *|([0-9A-HJ-NP-Z]{7}) )(?<=^.{8})\S", regex.ASCII)
_LOOKED_AT = 40  #: lines that all must have the form


def headers_over(codes: set[str], table: str) -> set[str]:
    """The headers of these billable codes.

    >>> sorted(headers_over({"T6114XA", "T360X1A"}, "icd10cm")), sorted(headers_over({"0016070"}, "icd10pcs"))
    (['T36', 'T360', 'T360X', 'T360X1', 'T61', 'T611', 'T6114'], ['001'])
    """
    if table == "icd10pcs":
        return {code[:3] for code in codes}
    found = {code[:end] for code in codes for end in range(3, len(code)) if not _fills(code, end)}
    return found - codes


def _fills(code: str, end: int) -> bool:
    return end > 3 and code[end - 1] == "X" and len(code) == 7 and set(code[end:6]) <= {"X"}


def _recognise(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    begun = [line for line in head.text.split("\n")[:_LOOKED_AT] if line.strip("\r\x1a ")]
    found = [match for line in begun if (match := _LINE.match(line))]
    whole = bool(begun) and len(found) == len(begun) and any(character.isdigit() for character in begun[0][:7])
    return partial(_readings, codes=[match[1] or match[2] for match in found]) if whole else None


def _readings(sheet: Sheet, codes: list[str]) -> Iterator[Reading]:
    source, account = sheet.source, Account()
    table = table_of(source, codes, codes)
    held = (line[:7].strip() for line in lines(source))
    october, april, is_april = editions_of(source, table, None, held)
    rows = partial(_rows, sheet, table, account)
    yield Reading(april if is_april else october, "", source.file, source.sha256, None, rows, account)


def _rows(sheet: Sheet, table: str, account: Account) -> Iterator[Row]:
    codes = set()
    for row in taken(sheet.source, account, enumerate(lines(sheet.source), 1), _parser(table), sheet.cut):
        codes.add(row.code)
        yield row
    for code in sorted(headers_over(codes, table)):
        yield DiagnosisRow(code, False)


def _parser(table: str) -> Callable[[str], DiagnosisRow | str | None]:
    form = CODES[table]

    def parse(line: str) -> DiagnosisRow | str | None:
        text = line.rstrip("\r\n\x1a ")
        if not text:
            return None
        code = text[:7].rstrip()
        if form.fullmatch(code) is None or text[7:8] not in ("", " "):
            return unlike("the code", code, f"an {'ICD-10-CM' if table == 'icd10cm' else 'ICD-10-PCS'} code")
        return DiagnosisRow(code, True)

    return parse


ICD10_CODES = Kind("ICD-10 codes file", _recognise, spare=True)
