"""Rows of cells from a text file or an xlsx workbook, with the number of the line or row where each begins.

Text is read as Latin-1, as CMS writes it (the codes are ASCII; only a copyright line may hold anything else), split at
tabs if its first lines have tabs, else as comma-separated values with multiline quoted cells.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from typing import Protocol

import attrs

from claimcheck.tables.readers.source import Source

__all__ = ["Head", "Sheet", "TextSheet", "lines", "text_head"]

LONGEST = 1 << 16  #: characters of one line; the longest official one has 547, a copyright cell about 900
_HEAD = 1 << 15  #: characters examined to recognize a file
_HEAD_ROWS = 40


class Sheet(Protocol):
    """A table of cells that can be read from its beginning any number of times."""

    @property
    def source(self) -> Source: ...

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its 1-based number. Raises `TableError` if the bytes are damaged."""

    def cut(self) -> bool:
        """Whether the file ends without a line end, as when a download was interrupted."""


@attrs.frozen
class Head:
    """The beginning of a file, which identifies its kind."""

    text: str  #: the first characters, "" for a workbook
    rows: tuple[list[str], ...]  #: the first rows, cells trimmed and inner blanks collapsed


def lines(source: Source) -> Iterator[str]:
    """The lines of a text file, with line ends; raises `TableError` for a line longer than any published table has."""
    with source.open() as stream:
        first = stream.peek(3)[:3]
        if first == b"\xef\xbb\xbf":  # a byte order mark, added by an editor
            stream.read(3)
        for number, line in enumerate(iter(lambda: stream.readline(LONGEST), b""), 1):
            if len(line) == LONGEST:
                raise source.error(f"a line of more than {LONGEST:,} characters: this is not a published table", number)
            yield line.decode("latin-1")


def text_head(source: Source) -> Head:
    """The head of a text file."""
    with source.open() as stream:
        text = stream.read(_HEAD).decode("latin-1").removeprefix("\xef\xbb\xbf")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    return Head(text, tuple([tidy(cell) for cell in row] for row in itertools.islice(rows, _HEAD_ROWS)))


def tidy(cell: str) -> str:
    """The cell trimmed, with inner blanks and line ends collapsed to one blank."""
    return " ".join(cell.split())


def _delimiter(text: str) -> str:
    return "\t" if "\t" in "".join(text.split("\n")[:12]) else ","


@attrs.frozen
class TextSheet:
    """The rows of a tab- or comma-separated file."""

    source: Source
    delimiter: str

    @classmethod
    def of(cls, source: Source, head: Head) -> TextSheet:
        """The sheet of a text file, with the delimiter determined from its head."""
        return cls(source, _delimiter(head.text))

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the number of the line where it ends."""
        if self.delimiter == "\t":
            for number, line in enumerate(lines(self.source), 1):
                yield number, line.rstrip("\r\n").split("\t")
            return
        reader = csv.reader(lines(self.source), strict=True)
        try:
            for row in reader:
                yield reader.line_num, row
        except csv.Error as error:
            reason = f"a cell cannot be read ({error}): the file is cut short, or is not comma-separated as published"
            raise self.source.error(reason, reader.line_num) from error

    def cut(self) -> bool:
        """Whether the last line has no line end."""
        last = ""
        for line in lines(self.source):
            last = line
        return not last.endswith("\n")
