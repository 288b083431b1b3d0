"""xlsx workbooks, as CMS publishes them along with the text files: read by openpyxl, from the extra `excel`.

A workbook is a zip of XML files. Before openpyxl sees it, its parts are held to the same limits as any zip, and a
document type declaration, which no workbook may have (ECMA-376 part 2), is refused.
"""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import IO, TYPE_CHECKING, Any
from xml.parsers import expat

import attrs

from claimcheck.errors import TableError
from claimcheck.tables.readers.sheets import Head, tidy
from claimcheck.tables.readers.source import Source
from claimcheck.tables.readers.zips import check_member

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

__all__ = ["WorkbookSheet", "sheet_rows", "workbook_sheets"]

LARGEST_ROW = 1_048_576  #: the last row of an xlsx sheet (Excel specifications and limits)
WIDEST = 64  #: columns examined; the widest official table, HCPCS, has 48
SHEETS = 8  #: sheets examined
_HEAD_ROWS = 40


@attrs.frozen
class WorkbookSheet:
    """The rows of one sheet of a workbook."""

    source: Source
    index: int

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number, cells as text, padded to the width of the widest of the first rows."""
        cells = self._cells()
        first = list(islice(cells, _HEAD_ROWS))
        width = max((len(row) for _, row in first), default=0)
        for rows in (first, cells):
            for number, row in rows:
                yield number, row + [""] * (width - len(row))

    def cut(self) -> bool:
        """Always False: a truncated workbook does not open at all."""
        return False

    def head(self) -> Head:
        """The first rows."""
        return Head("", tuple([tidy(cell) for cell in row] for _, row in islice(self.rows(), _HEAD_ROWS)))

    def _cells(self) -> Iterator[tuple[int, list[str]]]:
        for number, row in sheet_rows(self.source, self.index, WIDEST):
            yield number, [_text(cell) for cell in row]


def sheet_rows(source: Source, index: int, widest: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Each row of a sheet, with its number, up to `widest` columns.

    Raises:
        TableError: the file is not a workbook, is damaged, or exceeds the limits; or openpyxl is not installed.
    """
    book = _opened(source)
    try:
        sheet = book.worksheets[index]
        sheet.reset_dimensions()  # some writers declare A1:A1 for any size
        for number, row in enumerate(sheet.iter_rows(max_col=widest, values_only=True), 1):
            if number > LARGEST_ROW:
                raise source.error("a row beyond the last that a workbook can have: refused", number)
            yield number, row
    except TableError:
        raise
    except Exception as error:  # openpyxl raises whatever its XML parser and its own checks raise, and quotes cells
        raise _damaged(source, error) from None
    finally:
        book.close()


def workbook_sheets(source: Source) -> list[WorkbookSheet]:
    """The sheets of the workbook, in order."""
    book = _opened(source)
    try:
        return [WorkbookSheet(source, index) for index in range(len(book.worksheets[:SHEETS]))]
    finally:
        book.close()


def _opened(source: Source) -> Workbook:
    try:
        import openpyxl
    except ImportError as error:
        raise source.error("an xlsx file needs openpyxl: pip install 'claimcheck[excel]'") from error
    with source.open() as stream:
        content = io.BytesIO(stream.read())
    try:
        _check_parts(source, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and print settings that are not used here
            return openpyxl.load_workbook(content, read_only=True, data_only=True, keep_links=False)
    except TableError:
        raise
    except Exception as error:  # openpyxl raises whatever its XML parser, its zip reader, and its own checks raise
        raise _damaged(source, error) from None


def _damaged(source: Source, error: Exception) -> TableError:
    return source.error(f"cannot be read as an xlsx workbook ({type(error).__name__}): fetch the file again")


def _check_parts(source: Source, content: IO[bytes]) -> None:
    with zipfile.ZipFile(content) as archive:
        for info in archive.infolist():
            check_member(source, info)
            if info.filename.lower().endswith((".xml", ".rels")):
                with archive.open(info) as part:
                    _refuse_declaration(source, part)


def _refuse_declaration(source: Source, part: IO[bytes]) -> None:
    """Reads up to the first element, before which a document type declaration would have to be."""
    parser = expat.ParserCreate()
    begun: list[str] = []

    def declared(*_: Any) -> None:
        raise source.error("an XML part with a document type declaration, which no workbook has: refused")

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = lambda name, _: begun.append(name)
    while not begun and (data := part.read(4096)):
        parser.Parse(data)
    if not begun:
        parser.Parse(b"", True)  # newer expats hold back part of a long token until more arrives, or the end


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime.datetime() | datetime.date():
            return cell.strftime("%Y%m%d")
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)
