"""Reads Excel workbooks as tables: the first sheet, whose first non-empty row names the columns."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zipfile import BadZipFile

from claimcheck.extras import extra
from claimcheck.io.rows.layout import plain
from claimcheck.io.rows.table import Row, Table, plain_cell
from claimcheck.io.stream import Stream

__all__ = ["is_workbook", "opened"]

_ZIP = b"PK\x03\x04"


def is_workbook(head: bytes) -> bool:
    """Whether a file that starts like this may be an Excel workbook (.xlsx), which is a zip file.

    >>> is_workbook(b"PK\\x03\\x04"), is_workbook(b"claim_id")
    (True, False)
    """
    return head.startswith(_ZIP)


@contextmanager
def opened(stream: Stream) -> Iterator[Table]:
    """The table on the first sheet of a workbook. Rows are numbered as in the sheet.

    Raises:
        InputError: the file is damaged, is not a workbook, or its first sheet is empty. MissingExtraError: openpyxl is
        not installed.
    """
    with extra("excel"):
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    try:
        book = load_workbook(io.BytesIO(stream.read()), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, OSError, ValueError, KeyError, SyntaxError):
        raise stream.error("a damaged workbook, or a zip of something else: give the sheet as .xlsx or CSV") from None
    try:
        records = _records(book.worksheets[0] if book.worksheets else None)
        names = next(iter(records), None)
        if names is None:
            raise stream.error("the first sheet of the workbook is empty")
        columns = [plain(str(cell)) if cell is not None else "" for cell in names[1]]
        rows = [_row(place, cells, len(columns)) for place, cells in records[1:]]
        yield Table(stream.file, columns, lambda: iter(rows), repeatable=True)
    finally:
        book.close()


def _records(sheet: Any) -> list[tuple[int, tuple[Any, ...]]]:
    """The non-empty rows, with their numbers."""
    rows = () if sheet is None else sheet.iter_rows(values_only=True)
    return [(place, cells) for place, cells in enumerate(rows, 1) if any(cell is not None for cell in cells)]


def _row(place: int, cells: tuple[Any, ...], width: int) -> Row:
    filled = [*map(plain_cell, cells[:width]), *[None] * (width - len(cells))]
    return Row(place, filled)
