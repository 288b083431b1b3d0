"""What the reader needs to know about each kind of table file: how to recognize it, and how to read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

import regex

from claimcheck.claims.unreadable import shape
from claimcheck.tables.readers.accounting import taken
from claimcheck.tables.readers.reading import Account, Reading, Row
from claimcheck.tables.readers.sheets import Head, Sheet

__all__ = ["CODE", "PROCEDURE", "Header", "Kind", "header", "notice", "sheet_reader", "unlike"]

CODE = regex.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]", regex.ASCII)  #: a CPT or HCPCS code, as in every table of codes
PROCEDURE = "a CPT or HCPCS code"


class Kind(NamedTuple):
    """A kind of file. `recognise` looks only at the head, and returns what reads the sheet, or None.

    The readings may raise `TableError` when they are requested, and again as their rows are consumed. A `spare` form of
    a table is read only if there is no fuller one with it.
    """

    name: str
    recognise: Callable[[Head], Callable[[Sheet], Iterator[Reading]] | None]
    spare: bool = False


class Header(NamedTuple):
    """The header row of a sheet: its 0-based number, its cells in lowercase, and the first index of each."""

    row: int
    cells: list[str]
    at: dict[str, int]


def header(head: Head, *names: str) -> Header | None:
    """The first row that has a cell for each of `names` (in lowercase), or None."""
    for index, row in enumerate(head.rows):
        cells = [cell.lower() for cell in row]
        if all(name in cells for name in names):
            return Header(index, cells, {name: place for place, name in reversed(list(enumerate(cells)))})
    return None


def unlike(column: str, text: str, expected: str) -> str:
    """Why a row is refused: the column by its published name, and the outline of its cell, never the cell.

    A file mistaken for a published table may hold members.

    >>> unlike("HCPCS/CPT Code", "J Doe", PROCEDURE)
    'HCPCS/CPT Code: text of 5: A Aaa, where a CPT or HCPCS code is expected'
    """
    return f"{column}: {shape(text)}, where {expected} is expected"


def notice(head: Head, before: int) -> str:
    """The copyright lines among the rows before the header."""
    cells = (cell for row in head.rows[:before] for cell in row)
    return "\n".join(cell for cell in cells if "copyright" in cell.lower())


def sheet_reader(
    sheet: Sheet,
    first: int,
    parse: Callable[[list[str]], Row | str | None],
    account: Account,
    *,
    whole: bool = False,
) -> Callable[[], Iterator[Row]]:
    """The `rows` of a reading: each record from the 0-based `first` on, parsed and accounted for.

    `whole` if the last column decides something: then a row could be cut short unnoticed, so a file without a final
    line end is refused.
    """

    def rows() -> Iterator[Row]:
        if whole and sheet.cut():
            raise sheet.source.error("ends without a line end, so it may be cut short: if it is whole, add one")
        return taken(sheet.source, account, islice(sheet.rows(), first, None), parse, sheet.cut)

    return rows
