"""Reads Excel workbooks as tables: the first sheet, whose first non-empty row names the columns.

The workbook is read as those of official tables are, within the same limits.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from claimcheck.errors import InputError, TableError
from claimcheck.extras import extra
from claimcheck.io.rows.layout import plain
from claimcheck.io.rows.table import Row, Table, plain_cell
from claimcheck.io.stream import Stream
from claimcheck.tables.readers.source import Asked, Source
from claimcheck.tables.readers.workbook import sheet_rows

__all__ = ["is_workbook", "opened"]

_ZIP = b"PK\x03\x04"
_WIDEST = 1_024  #: columns read


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
        import openpyxl  # noqa: F401 - the reader imports it too; here a missing one names the extra
    content = stream.read()
    file = stream.file or "workbook"
    source = Source(file, (file,), "", Asked(), lambda: io.BytesIO(content))
    try:
        records = [
            (place, cells) for place, cells in sheet_rows(source, 0, _WIDEST) if any(c is not None for c in cells)
        ]
    except TableError as error:
        raise InputError(error.reason, file=stream.file, place=error.place) from None
    if not records:
        raise stream.error("the first sheet of the workbook is empty")
    (_, names), *rows = records
    columns = [plain(str(cell)) if cell is not None else "" for cell in names]
    filled = [_row(place, cells, len(columns)) for place, cells in rows]
    yield Table(stream.file, columns, lambda: iter(filled), repeatable=True)


def _row(place: int, cells: tuple[Any, ...], width: int) -> Row:
    return Row(place, [*map(plain_cell, cells[:width]), *[None] * (width - len(cells))])
