"""Lines of text in any encoding: UTF-8, or Latin-1 for lines that are not UTF-8, or UTF-16 by its byte order mark."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import IO, cast

from claimcheck.io.stream import HEAD, Stream

__all__ = ["LONGEST", "UTF_16", "as_utf_8", "decoded", "first_text", "lines"]

LONGEST = 1 << 28  #: bytes of one line, or of a document that is read as a whole

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  #: byte order marks of UTF-16


def lines(stream: Stream, longest: int = LONGEST) -> Iterator[str]:
    """The lines from the current position of `stream`, with line ends and without a byte order mark.

    Raises:
        InputError: a line is longer than `longest` bytes, or text marked as UTF-16 is not.

    >>> from claimcheck.io.stream import opened
    >>> with opened(b"\\xef\\xbb\\xbfna\\xc3\\xafve\\nna\\xefve") as stream:
    ...     list(lines(stream))
    ['naïve\\n', 'naïve']
    >>> with opened(b"endless", "a.csv") as stream:
    ...     list(lines(stream, longest=6))
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: a.csv, segment or row 1: the line does not end: this is no text of lines
    """
    if stream.head(2).startswith(UTF_16):
        yield from _utf_16_lines(stream, longest)
        return
    for number, line in enumerate(_byte_lines(stream, longest), 1):
        yield decoded(line.removeprefix(codecs.BOM_UTF8) if number == 1 else line)


def first_text(head: bytes) -> bytes:
    """The beginning of a file, as UTF-8 if its mark says it is UTF-16.

    >>> first_text("ISA*".encode("utf-16")), first_text(b"ISA*")
    (b'ISA*', b'ISA*')
    """
    return head.decode("utf-16", "replace").encode() if head.startswith(UTF_16) else head


def as_utf_8(stream: Stream) -> IO[bytes] | IO[str]:
    """A stream to be read as UTF-8: itself, or converted if its mark says UTF-16."""
    if stream.head(2).startswith(UTF_16):
        return io.TextIOWrapper(io.BufferedReader(stream, HEAD), "utf-16", newline="")
    return cast("IO[bytes]", stream)


def decoded(data: bytes) -> str:
    """`data` as UTF-8, or as Latin-1 where it is not."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _byte_lines(stream: Stream, longest: int) -> Iterator[bytes]:
    buffered = io.BufferedReader(stream, HEAD)
    number = 0
    while line := buffered.readline(longest + 1):
        number += 1
        if len(line) > longest:
            raise stream.error("the line does not end: this is no text of lines", number)
        yield line


def _utf_16_lines(stream: Stream, longest: int) -> Iterator[str]:
    text = io.TextIOWrapper(io.BufferedReader(stream, HEAD), "utf-16", newline="\n")
    number = 0
    try:
        while line := text.readline(longest + 1):
            number += 1
            if len(line) > longest:
                raise stream.error("the line does not end: this is no text of lines", number)
            yield line
    except UnicodeDecodeError:
        raise stream.error("begins as UTF-16 and is not: save it as UTF-8", number + 1) from None
