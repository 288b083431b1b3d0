"""Where verdicts are written: a path or a stream.

A file that is written to a path appears under its name only when it is whole: until then it has another name beside it,
and where the writing fails it is removed. To resume a file is to add to what is there.
"""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal, Protocol

from claimcheck.claims import ClaimResult
from claimcheck.errors import InputError

__all__ = ["Sink", "Target", "Writer", "encoded", "opened", "replaced", "sync_folder", "writing"]

Target = str | Path | IO[str] | IO[bytes]


class Writer(Protocol):
    """What each `write` gives: verdicts are added to it one by one.

    A claim is a `Claim`, or a mapping as `Claim.from_dict` takes it.
    """

    def add(self, claim: object, result: ClaimResult) -> None: ...


class Sink:
    """Takes text, and writes it as UTF-8; `file` names the file it is, `begun` says that something is before it."""

    def __init__(self, stream: IO[str] | IO[bytes], file: str | None = None, *, begun: bool = False) -> None:
        self._stream = stream
        self._file = file
        self.begun = begun

    def write(self, text: str) -> None:
        data = encoded(text)
        with writing(self._file):
            if isinstance(self._stream, io.TextIOBase):
                self._stream.write(data.decode())
            else:
                self._stream.write(data)  # type: ignore[arg-type]


@contextmanager
def opened(target: Target, *, resume: bool = False) -> Iterator[Sink]:
    """A sink that writes to `target`. A path is replaced when all is written, a stream is left open.

    Raises:
        InputError: the file cannot be written.

    >>> stream = io.StringIO()
    >>> with opened(stream) as sink:
    ...     sink.write("claim_id")
    >>> stream.getvalue()
    'claim_id'
    >>> with opened("no/such/folder/verdicts.jsonl") as sink:
    ...     pass
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: no/such/folder/verdicts.jsonl: cannot be written: No such file or directory
    """
    if not isinstance(target, (str, Path)):
        yield Sink(target)
    elif resume:
        with _file(Path(target), "ab", str(target)) as sink:
            yield sink
    else:
        with replaced(target) as path, _file(path, "wb", str(target)) as sink:
            yield sink


@contextmanager
def _file(path: Path, mode: Literal["ab", "wb"], name: str) -> Iterator[Sink]:
    with writing(name):
        stream = path.open(mode)
    try:
        yield Sink(stream, name, begun=stream.tell() > 0)
    finally:
        with writing(name):
            stream.close()


@contextmanager
def replaced(target: str | Path) -> Iterator[Path]:
    """A path beside `target`, to write to; what is there takes the place of `target` at the end."""
    path = Path(target)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with writing(str(target)):
        beside.touch(exist_ok=False)
    try:
        yield beside
        with writing(str(target)):
            _sync(beside, os.O_RDWR)
            beside.replace(path)
            sync_folder(path)
    finally:
        beside.unlink(missing_ok=True)


def sync_folder(path: Path) -> None:
    """Makes sure that a file that was made or renamed is found again under its name when the power fails."""
    if os.name == "posix":  # elsewhere a folder cannot be opened
        _sync(path.absolute().parent, os.O_RDONLY)


def _sync(path: Path, mode: int) -> None:
    descriptor = os.open(path, mode)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def encoded(text: str) -> bytes:
    """Text as it is written: UTF-8; half a surrogate pair, which JSON may name, is no text and is shown as its number.

    >>> encoded("n" + chr(0xD800))
    b'n\\\\ud800'
    """
    return text.encode("utf-8", "backslashreplace")


@contextmanager
def writing(file: str | None) -> Iterator[None]:
    """Faults in writing a file are `InputError`s that name it; those of a caller's own stream are the caller's."""
    try:
        yield
    except OSError as error:
        if file is None:
            raise
        raise InputError(f"cannot be written: {error.strerror or 'an unknown fault'}", file=file) from None
