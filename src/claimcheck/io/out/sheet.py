"""The sheets of a workbook, and values as their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

from claimcheck.visible import visible

__all__ = ["Sheet", "cell", "give_back"]

_MOST_ROWS = 1_048_576  #: rows per sheet, by the format (ECMA-376, SpreadsheetML)
_MONEY = "#,##0.00"
_WIDE = {"message": 70, "evidence": 40, "source": 40, "edition": 30, "claim_id": 18, "file": 24, "table": 24}


def give_back(sheet: Any) -> None:
    """Closes and removes the temporary file of a sheet.

    openpyxl keeps two nested generators for it, for rows and for the sheet. Each writes its closing part when closed,
    which fails on a full disk; left to the garbage collector, it would fail there with a traceback that nobody can
    catch.
    """
    writer = sheet._writer
    if writer is None:  # never started
        return
    for generator in (sheet._rows, writer.xf):
        with suppress(OSError, StopIteration):
            if generator is not None:
                generator.close()
    with suppress(OSError, ValueError):  # already gone if the workbook was written
        writer.cleanup()


class Sheet:
    """Rows under a header; when a sheet is full, another continues under the same name with the next number."""

    def __init__(self, book: Any, name: str, head: Sequence[str]) -> None:
        self._book, self._name, self._head = book, name, head
        self._number = 0
        self._begin()

    def _begin(self) -> None:
        from openpyxl.utils import get_column_letter

        self._number += 1
        name = self._name if self._number == 1 else f"{self._name} ({self._number})"
        self._sheet = self._book.create_sheet(name)
        self._sheet.freeze_panes = "A2"
        for place, column in enumerate(self._head, 1):
            self._sheet.column_dimensions[get_column_letter(place)].width = _WIDE.get(column, 14)
        self._sheet.append([cell(self._sheet, column, bold=True) for column in self._head])
        self._rows = 1

    def add(self, rows: Iterable[Iterable[Any]]) -> None:
        for row in rows:
            if self._rows == _MOST_ROWS:
                self._begin()
            self._sheet.append([cell(self._sheet, value) for value in row])
            self._rows += 1


def cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """A value as a cell: an amount as a number of dollars and cents, text as text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if isinstance(value, tuple):
        value = " ".join(map(str, value))
    if isinstance(value, str):
        value = visible(value)
    if bold or (isinstance(value, str) and value.startswith("=")) or isinstance(value, Decimal):
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, str):
            cell.data_type = "s"
        if isinstance(value, Decimal):
            cell.number_format = _MONEY
        if bold:
            cell.font = Font(bold=True)
        return cell
    assert value is None or isinstance(value, (str, int, bool, date))  # noqa: S101 - of records, nothing else
    return value
