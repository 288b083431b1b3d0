"""What every kind of table file is to the reader: how it is recognised, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

import regex

from claimcheck.tables.readers.accounting import taken
from claimcheck.tables.readers.reading import Reading, Refused, Row
from claimcheck.tables.readers.sheets import Head, Sheet

__all__ = ["CODE", "Header", "Kind", "header", "notice", "sheet_reader"]

CODE = regex.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]", regex.ASCII)  #: a CPT or HCPCS code, as in every table of codes


class Kind(NamedTuple):
    """A kind of file. `recognise` looks at the head only, and gives what reads the sheet, or None.

    The readings may raise `TableError` as they are asked for, and again as their rows are consumed.
    """

    name: str
    recognise: Callable[[Head], Callable[[Sheet], Iterator[Reading]] | None]


class Header(NamedTuple):
    """The header row of a sheet: its 0-based number, its cells in lower case, and where each first stands."""

    row: int
    cells: list[str]
    at: dict[str, int]


def header(head: Head, *names: str) -> Header | None:
    """The first row that holds a cell for each of `names` (in lower case), or None."""
    for index, row in enumerate(head.rows):
        cells = [cell.lower() for cell in row]
        if all(name in cells for name in names):
            return Header(index, cells, {name: place for place, name in reversed(list(enumerate(cells)))})
    return None


def notice(head: Head, before: int) -> str:
    """The copyright lines among the rows before the header."""
    cells = (cell for row in head.rows[:before] for cell in row)
    return "\n".join(cell for cell in cells if "copyright" in cell.lower())


def sheet_reader(
    sheet: Sheet,
    first: int,
    parse: Callable[[list[str]], Row | str | None],
    refused: list[Refused],
    *,
    whole: bool = False,
) -> Callable[[], Iterator[Row]]:
    """The `rows` of a reading: each record from the 0-based `first` on, parsed and accounted for.

    `whole` where the last column decides something: a row could then be cut short unseen, so that a file without a
    line end at its end is refused.
    """

    def rows() -> Iterator[Row]:
        if whole and sheet.cut():
            raise sheet.source.error("ends without a line end, so it may be cut short: if it is whole, add one")
        return taken(sheet.source, refused, islice(sheet.rows(), first, None), parse, sheet.cut)

    return rows
