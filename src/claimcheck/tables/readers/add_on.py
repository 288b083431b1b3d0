"""NCCI add-on codes: the quarterly fixed-width text file, its xlsx twin, and CSV with column names made from either.

The text file has no header; a line has 97 characters: type 0:1, add-on code 1:6 (beware of reading the two as one
code), its deletion 6:13, primary code 13:18 (CCCCC: the contractor defines the primaries), its deletion 18:25, the
edit's effective date 25:32 and deletion 32:39, notes 39:97. Dates are YYYYDDD. The file is cumulative and its dates are
real, so an edition answers from its earliest effective date on.

A CSV made from the file may have years as dates, or none. It answers for its own quarter only: a row is in force from
the first day of its year (of the quarter, if it has none); one deleted in an earlier year, to the end of it; one
deleted in the edition's own year is refused, because it may have been before the quarter or after.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial

import regex

from claimcheck import dates
from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers import days, editions
from claimcheck.tables.readers.accounting import taken
from claimcheck.tables.readers.kinds import CODE, PROCEDURE, Header, Kind, header, notice, sheet_reader, unlike
from claimcheck.tables.readers.reading import Account, Reading, Row
from claimcheck.tables.readers.sheets import Head, Sheet, lines
from claimcheck.tables.readers.source import Source
from claimcheck.tables.rows import AddOnRow

__all__ = ["ADD_ON", "ADD_ON_COLUMNS"]

CONTRACTOR = "CCCCC"
_LINE = regex.compile(r"[1-3][0-9A-Z]{5}(?:[0-9]{7}| {7})[0-9A-Z]{5}(?:[0-9]{7}| {7})[0-9]{7}", regex.ASCII)
_SLICES = (slice(0, 1), slice(1, 6), slice(13, 18), slice(25, 32), slice(32, 39), slice(6, 13), slice(18, 25))
_NEEDED = 32  #: a line may end at the first blank after the effective date
_DECIDING = 39  #: not the last line without line end: its deletion date may have been cut off

#: type, add-on code, primary code, the edit's effective date, then the three deletion dates, in each form of header
_HEADERS = (
    (
        "aoc_edit_type", "add-on_code", "primary_code",
        "aoc_edit_effdt", "aoc_edit_deldt", "aoc_deldt", "primary_code_deldt",
    ),
    ("type", "addon", "primary", "edit_effective", "edit_deleted", "addon_deleted", "primary_deleted"),
    ("aoc_edit_type", "add_on_code", "primary_code"),
)  # fmt: skip
_JULIAN = regex.compile(
    r"[\s_]*\(?julian\)?$", regex.IGNORECASE
)  #: what some releases add to the names of date columns
_YEAR = regex.compile(r"([12][0-9]{3})(?:\.0)?", regex.ASCII)

Read = Callable[[str], datetime.date | None]


def row_of(fields: list[str], effective: Read, deletion: Read) -> AddOnRow | str:
    """The row with the seven fields, or why it is refused."""
    kind, add_on, primary, start, *ends = (field.strip() for field in fields)
    if kind not in ("1", "2", "3"):
        return unlike("the type", kind, "1, 2 or 3")
    primary = primary or CONTRACTOR
    for column, code in (("the add-on code", add_on), ("the primary code", primary)):
        if CODE.fullmatch(code) is None and code != CONTRACTOR:
            return unlike(column, code, PROCEDURE)
    try:
        first, over = effective(start), [day for end in ends if (day := deletion(end))]
    except ValueError as error:
        return str(error)
    if first is None:
        return "no effective date"
    return AddOnRow(int(kind), add_on, None if primary == CONTRACTOR else primary, first, min(over, default=None))


def _recognise_lines(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    return _line_readings if _LINE.match(head.text) else None


def _line_readings(sheet: Sheet) -> Iterator[Reading]:
    source, account, day = sheet.source, Account(), days.julian()

    def parse(line: str) -> AddOnRow | str | None:
        text = line.rstrip("\r\n\x1a")
        if not text.strip():
            return None
        if len(text) < (_NEEDED if line.endswith("\n") else _DECIDING):
            return f"a line of {len(text)} characters, where 97 are expected"
        return row_of([text[field] for field in _SLICES], day.optional, day.optional)

    def rows() -> Iterator[Row]:
        return taken(source, account, enumerate(lines(source), 1), parse, sheet.cut)

    yield Reading(_cumulative(source, rows), "", source.file, source.sha256, None, rows, account)


def _recognise_columns(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    named = Head(head.text, tuple([_JULIAN.sub("", cell) for cell in row] for row in head.rows))
    for names in _HEADERS:
        top = header(named, *names[:3])
        if top is not None:
            return partial(_column_readings, head=head, top=top, names=names)
    return None


def _column_readings(sheet: Sheet, head: Head, top: Header, names: tuple[str, ...]) -> Iterator[Reading]:
    missing = ", ".join(name for name in names if name not in top.at)
    if missing:
        raise sheet.source.error(f"an add-on code file without the columns: {missing}", top.row + 1)
    source, account = sheet.source, Account()
    first = editions.quarter(source, like="AOC_V2024Q3_01-F-MCR.txt")
    official = names is _HEADERS[0]
    effective, deletion = _readers(official=official, dated=len(names) > 3, quarter=first)
    places = [top.at[name] for name in names]

    def parse(cells: list[str]) -> AddOnRow | str | None:
        if not any(cells):
            return None
        if len(cells) != len(top.cells):
            return f"{len(cells)} columns where {len(top.cells)} are expected"
        kind, add_on, primary, *rest = (cells[place].strip() for place in places)
        codes = account.procedure(add_on), account.procedure(primary)
        return row_of([kind, *codes, *(rest or [""])], effective, deletion)

    rows = sheet_reader(sheet, top.row + 1, parse, account)
    edition = _cumulative(source, rows) if official else _edition(source, first)
    text = notice(head, top.row)
    yield Reading(edition, text, source.file, source.sha256, None, rows, account)


def _readers(*, official: bool, dated: bool, quarter: datetime.date) -> tuple[Read, Read]:
    """How to read the effective and the deletion dates."""
    if official:
        day = days.julian()
        return day.optional, day.optional
    return (
        (_first_of_year, partial(_last_of_year, before=quarter.year)) if dated else (lambda _: quarter, lambda _: None)
    )


def _first_of_year(text: str) -> datetime.date | None:
    return datetime.date(_year(text), 1, 1) if text else None


def _last_of_year(text: str, before: int) -> datetime.date | None:
    if not text:
        return None
    if _year(text) >= before:
        raise ValueError(f"deleted in {_year(text)}, the edition's own year, on a day that the file does not say")
    return datetime.date(_year(text), 12, 31)


def _year(text: str) -> int:
    found = _YEAR.fullmatch(text)
    if found is None:
        raise ValueError(unlike("a date", text, "a year"))
    return int(found[1])


def _edition(source: Source, first: datetime.date, since: datetime.date | None = None) -> Edition:
    program = editions.program_named(source) or "medicare"
    name = f"{first.year}Q{(first.month + 2) // 3}"
    return Edition(program, "add_on", name, since or first, dates.quarter_end(first))


def _cumulative(source: Source, rows: Callable[[], Iterator[Row]]) -> Edition:
    """The edition of a file with real dates: it answers from its earliest effective date on."""
    first = editions.quarter(source, like="AOC_V2024Q3_01-F-MCR.txt")
    earliest = min(row.effective for row in rows() if isinstance(row, AddOnRow))
    return _edition(source, first, min(first, earliest))


ADD_ON = Kind("NCCI add-on codes", _recognise_lines)
ADD_ON_COLUMNS = Kind("NCCI add-on codes in columns", _recognise_columns)
