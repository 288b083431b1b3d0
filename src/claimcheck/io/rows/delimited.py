"""Tables as text: cells separated by comma, tab, pipe, or semicolon, with the column names in the first row."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from claimcheck.io.rows.layout import plain
from claimcheck.io.rows.table import Row, Table
from claimcheck.io.stream import Stream
from claimcheck.io.text import lines

__all__ = ["read"]

_DELIMITERS = ",\t|;"
_LONGEST_LINE = 1 << 24


def read(stream: Stream) -> Table:
    """The table in a text. Rows are numbered as a spreadsheet shows them: the header is row 1.

    Raises:
        InputError: no header row; or, while rows are read, a row that cannot be split into cells.

    >>> from claimcheck.io.stream import opened
    >>> with opened(b"claim_id|units\\n7|1\\n8\\n", "lines.txt") as stream:
    ...     table = read(stream)
    ...     table.columns, [tuple(row) for row in table.rows()]
    (['claim_id', 'units'], [(2, ['7', '1'], None, True), (3, ['8', ''], '1 cell where 2 are expected', True)])
    >>> with opened(b'claim_id,units\\n7,"1', "lines.csv") as stream:
    ...     [*read(stream).rows()]
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: lines.csv, segment or row 2: cannot be split into cells: unexpected end of data
    """
    records = _records(stream)
    names = next((record for _, record in records if any(map(str.strip, record))), None)
    if names is None:
        raise stream.error("the file is empty")
    columns = [plain(name) for name in names]
    begun = False

    def rows() -> Iterator[Row]:
        nonlocal begun
        source = records
        if begun:
            stream.again()
            source = _records(stream)
            next(record for _, record in source if any(map(str.strip, record)))
        begun = True
        for place, cells in source:
            if any(map(str.strip, cells)):
                yield _row(place, cells, len(columns))

    return Table(stream.file, columns, rows, stream.repeatable)


def _records(stream: Stream) -> Iterator[tuple[int, list[str]]]:
    text = lines(stream, _LONGEST_LINE)
    reader: Iterator[list[str]] | None = None
    place = 0
    try:
        for first in text:
            reader = csv.reader(_after(first, text), delimiter=_delimiter(first), strict=True)
            break
        for place, record in enumerate(reader or (), 1):
            yield place, record
    except csv.Error as error:
        raise stream.error(f"cannot be split into cells: {error}", place + 1) from None


def _after(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _delimiter(names: str) -> str:
    """The delimiter that occurs most in the first line."""
    return max(_DELIMITERS, key=names.count)


def _row(place: int, cells: list[str], width: int) -> Row:
    """Missing cells at the end of a short row are blank; blank cells at the end of a long one are dropped."""
    if len(cells) == width:
        return Row(place, cells)
    if len(cells) > width and not any(map(str.strip, cells[width:])):
        return Row(place, cells[:width])
    problem = f"{len(cells)} {'cell' if len(cells) == 1 else 'cells'} where {width} are expected"
    return Row(place, (cells + [""] * width)[:width], problem)
