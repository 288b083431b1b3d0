"""Fixed-width text without a header, as CMS publishes its claim and claim line feeds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from claimcheck.io.rows.layout import Layout
from claimcheck.io.rows.layout_library import library
from claimcheck.io.rows.table import Row, Table
from claimcheck.io.stream import Stream
from claimcheck.io.text import decoded, lines

__all__ = ["layout_of", "read"]

_DELIMITERS = ",\t|;"


def layout_of(head: bytes, asked: Layout | None) -> Layout | None:
    """The fixed-width layout of a text with this beginning, or None.

    If no layout is requested, it is recognized by the length of its first line, which begins with a claim number.

    >>> line = b"1234567890123" + b" " * 375
    >>> layout_of(line + b"\\n", None).name, layout_of(line[:-1] + b"\\n", None)
    ('cclf5', None)
    """
    first = decoded(head.split(b"\n", 1)[0]).rstrip("\r")
    if asked is not None:
        named = asked.widths and all(name in first.lower() for name in asked.requires)
        return asked if asked.widths and not named else None
    fitting = [layout for layout in library() if layout.widths and sum(layout.widths.values()) == len(first)]
    if not fitting or any(mark in first for mark in _DELIMITERS):
        return None
    number = first[: next(iter(fitting[0].widths.values()))].strip()
    return fitting[0] if number.isdecimal() else None


def read(stream: Stream, layout: Layout) -> Table:
    """The table in such a text; the first line is row 1.

    >>> from claimcheck.io.rows.layout_file import from_mapping
    >>> from claimcheck.io.stream import opened
    >>> layout = from_mapping({"columns": {"id": "claim_id"}, "widths": {"id": 3, "cpt": 5}})
    >>> with opened(b"  799213\\n  836") as stream:
    ...     [row.cells for row in read(stream, layout).rows()]
    [['  7', '99213'], ['  8', '36']]
    """
    ends = [*accumulate(layout.widths.values())]
    spans = [*zip([0, *ends], ends, strict=False)]
    begun = False

    def rows() -> Iterator[Row]:
        nonlocal begun
        if begun:
            stream.again()
        begun = True
        for place, line in enumerate(lines(stream), 1):
            text = line.rstrip("\r\n")
            if text.strip():
                longer = len(text.rstrip()) > ends[-1]
                problem = f"{len(text)} characters where {ends[-1]} are expected" if longer else None
                yield Row(place, [text[start:end] for start, end in spans], problem)

    return Table(stream.file, list(layout.widths), rows, stream.repeatable)
