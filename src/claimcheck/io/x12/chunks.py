"""The bytes of an input in pieces, from a path, a stream, or bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from claimcheck.errors import InputError
from claimcheck.io.stream import not_opened

__all__ = ["Input", "chunks", "name_of"]

Input = str | Path | bytes | bytearray | memoryview | IO[bytes] | IO[str]

_SIZE = 1 << 17


def name_of(source: Input) -> str | None:
    """The name of an input: its path, or the stream's own name.

    >>> name_of("a/b.837"), name_of(b"ISA*")
    ('a/b.837', None)
    """
    name = str(source) if isinstance(source, (str, Path)) else getattr(source, "name", None)
    return name if isinstance(name, str) else None


def chunks(source: Input, file: str | None, size: int = _SIZE) -> Iterator[bytes]:
    """Pieces of some `size`. A path is opened when the first is requested, and closed after the last.

    Raises:
        InputError: `source` cannot be opened or decoded, or is not an input.

    >>> list(chunks(b"ISA*00*", None))
    [b'ISA*00*']
    >>> list(chunks("no/such/file.837", "no/such/file.837"))
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: no/such/file.837: the file cannot be opened: No such file or directory
    """
    if isinstance(source, (str, Path)):
        with _opened(source, file) as stream:
            yield from _pieces(stream, file, size)
    elif isinstance(source, (bytes, bytearray, memoryview)):
        yield from _pieces(io.BytesIO(source), file, size)
    elif hasattr(source, "read"):
        yield from _pieces(source, file, size)
    else:
        raise InputError("a path, a stream or bytes are expected", file=file)


def _opened(path: str | Path, file: str | None) -> IO[bytes]:
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:  # ValueError: a name that contains NUL
        raise not_opened(path, error, file) from None


def _pieces(stream: Any, file: str | None, size: int) -> Iterator[bytes]:
    try:
        while piece := stream.read(size):
            yield piece if isinstance(piece, bytes) else piece.encode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        # The error holds the text that could not be decoded; ours must not.
        raise InputError(
            "the text cannot be decoded: open the file in binary mode, or save it as UTF-8", file=file
        ) from None
