"""Claims from any input that claimcheck reads, told apart by its first bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from claimcheck.claims import Claim
from claimcheck.errors import InputError
from claimcheck.io import x12

__all__ = ["read_claims"]

_HEAD = 4096


def read_claims(source: str | Path | BinaryIO, *, name: str | None = None) -> Iterator[Claim]:
    """The claims of a file or of a binary stream, one by one as they are read.

    >>> list(read_claims(io.BytesIO(b"claims, honestly"), name="notes.txt"))
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: notes.txt: not a claim file that claimcheck reads: an X12 837 begins with ISA
    """
    if isinstance(source, (str, Path)):
        file = str(source) if name is None else name
        try:
            with Path(source).open("rb") as stream:
                yield from _read(stream, file)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror or 'an unknown fault'}", file=file) from None
    else:
        yield from _read(source, name)


def _read(stream: BinaryIO, name: str | None) -> Iterator[Claim]:
    buffered = io.BufferedReader(stream) if isinstance(stream, io.RawIOBase) else stream  # type: ignore[type-var]
    head = buffered.peek(_HEAD)[:_HEAD] if isinstance(buffered, io.BufferedReader) else _head(buffered)
    if not x12.is_x12(head):
        raise InputError("not a claim file that claimcheck reads: an X12 837 begins with ISA", file=name)
    yield from x12.read(buffered, name=name)


def _head(stream: BinaryIO) -> bytes:
    """The first bytes of a stream that can be set back."""
    start = stream.tell()
    head = stream.read(_HEAD)
    stream.seek(start)
    return head
