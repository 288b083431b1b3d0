"""HCPCS Level II codes and modifiers: the quarterly fixed-width file, and its CSV and xlsx twins.

A line has 320 characters; 1-based (CMS, HCPCS contractor record layout): code 1-5, of which a modifier uses the last
two; sequence 6-10; record identification 11: 3 a procedure code, 4 more of its description, 7 a modifier, 8 more of its
description; coverage 230; added 269-276, action effective 277-284, terminated 285-292, action 293. Official files have
lines that are too long or too short; what matters is that the fields up to the action are there. The table forms have
48 named columns, and three blanks before modifiers. Codes and modifiers are two tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

import regex

from claimcheck.tables.readers import days, editions
from claimcheck.tables.readers.accounting import taken
from claimcheck.tables.readers.kinds import Header, Kind, header, notice, unlike
from claimcheck.tables.readers.reading import Account, Reading, Row
from claimcheck.tables.readers.sheets import Head, Sheet, lines
from claimcheck.tables.rows import HcpcsRow

__all__ = ["HCPCS", "HCPCS_COLUMNS"]

_LINE = regex.compile(r"(?:[A-Z][0-9]{4}| {3}[0-9A-Z]{2})[0-9]{5}[3478]", regex.ASCII)
_FIELDS = (
    slice(10, 11),
    slice(0, 5),
    slice(268, 276),
    slice(276, 284),
    slice(284, 292),
    slice(229, 230),
    slice(292, 293),
)
_DECIDING = 293  #: the fields up to the action code
_BEFORE = 11  #: all that a continuation needs
_COLUMNS = ("recid", "hcpc", "add dt", "act eff dt", "term dt", "cov", "action cd")

#: table: the record that starts a row of it, the one that continues it, and what its codes look like
_TABLES = {
    "hcpcs": ("3", "4", regex.compile(r"[A-Z][0-9]{4}", regex.ASCII)),
    "modifier": ("7", "8", regex.compile(r"[0-9A-Z]{2}", regex.ASCII)),
}


Fields = list[str] | str  #: the seven fields of a record, or why it has none


def _recognise_lines(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    return _line_readings if _LINE.match(head.text) else None


def _line_readings(sheet: Sheet) -> Iterator[Reading]:
    def records() -> Iterator[tuple[int, Fields]]:
        for number, line in enumerate(lines(sheet.source), 1):
            text = line.rstrip("\r\n\x1a")
            whole = len(text) >= (_BEFORE if text[10:11] in ("4", "8") else _DECIDING) or not text.strip()
            fields = [text[field].strip() for field in _FIELDS]
            yield number, fields if whole else f"a line of {len(text)} characters, where 320 are expected"

    yield from _readings(sheet, records, "")


def _recognise_columns(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    top = header(head, "hcpc", "recid")
    return None if top is None else partial(_column_readings, head=head, top=top)


def _column_readings(sheet: Sheet, head: Head, top: Header) -> Iterator[Reading]:
    missing = ", ".join(name.upper() for name in _COLUMNS if name not in top.at)
    if missing:
        raise sheet.source.error(f"a HCPCS file without the columns: {missing}", top.row + 1)
    places = [top.at[name] for name in _COLUMNS]
    width = len(top.cells)

    def records() -> Iterator[tuple[int, Fields]]:
        for number, cells in islice(sheet.rows(), top.row + 1, None):
            if len(cells) == width:
                yield number, [cells[place].strip() for place in places]
            elif any(cells):
                yield number, f"{len(cells)} columns where {width} are expected"

    yield from _readings(sheet, records, notice(head, top.row))


def _readings(sheet: Sheet, records: Callable[[], Iterator[tuple[int, Fields]]], text: str) -> Iterator[Reading]:
    """A reading for each of the two tables of which the file has a record; for both, if it has neither."""
    source = sheet.source
    first = editions.quarter(source, like="HCPC2026_JAN_ANWEB_01122026.txt")
    seen = {fields[0] for _, fields in records()}
    for table in [table for table, form in _TABLES.items() if form[0] in seen] or _TABLES:
        account = Account()
        edition = editions.quarterly("medicare", table, first)
        rows = partial(_rows, table, sheet, records, account)
        yield Reading(edition, text, source.file, source.sha256, None, rows, account)


def _rows(
    table: str, sheet: Sheet, records: Callable[[], Iterator[tuple[int, Fields]]], account: Account
) -> Iterator[Row]:
    return taken(sheet.source, account, records(), _parser(table), sheet.cut)


def _parser(table: str) -> Callable[[Fields], HcpcsRow | str | None]:
    """The parser of one table's records: the other table's are not rows of it, and those of neither are reported with
    codes."""
    opens, _, form = _TABLES[table]
    known = {record for *records, _ in _TABLES.values() for record in records}
    day = days.compact()

    def parse(fields: Fields) -> HcpcsRow | str | None:
        if isinstance(fields, str):
            return fields if table == "hcpcs" else None
        record, code, added, effective, terminated, coverage, action = fields
        if record != opens:
            odd = (record or code) and record not in known and table == "hcpcs"
            return unlike("RECID", record, "3, 4, 7 or 8") if odd else None
        if form.fullmatch(code) is None:
            return unlike("HCPC", code, f"a HCPCS {'code' if table == 'hcpcs' else 'modifier'}")
        try:
            added_on, effective_on, terminated_on = map(day.optional, (added, effective, terminated))
        except ValueError as error:
            return str(error)
        return HcpcsRow(code, added_on, effective_on, terminated_on, coverage, action)

    return parse


HCPCS = Kind("HCPCS Level II", _recognise_lines)
HCPCS_COLUMNS = Kind("HCPCS Level II in columns", _recognise_columns)
