"""Where results are written: a path or a stream.

A file appears under its name only once it is complete: until then it has a temporary name in the same folder, and is
removed if writing fails. Resuming a file appends to it.
"""

from __future__ import annotations

import errno
import glob
import io
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Literal, Protocol

from claimcheck.claims import ClaimResult
from claimcheck.errors import InputError

if sys.platform != "win32":
    import fcntl

__all__ = ["Sink", "Target", "Writer", "encoded", "locked", "opened", "replaced", "sync_folder", "writing"]

Target = str | Path | IO[str] | IO[bytes]


class Writer(Protocol):
    """Returned by each `write`: takes results one by one.

    A claim is a `Claim`, or a mapping that `Claim.from_dict` accepts.
    """

    def add(self, claim: object, result: ClaimResult) -> None: ...


class Sink:
    """Writes text as UTF-8. `file` is the name of the file; `begun` says that it already has content."""

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
    """A sink that writes to `target`. A path is replaced at the end, a stream is left open.

    Raises:
        InputError: the file cannot be written.

    >>> stream = io.StringIO()
    >>> with opened(stream) as sink:
    ...     sink.write("claim_id")
    >>> stream.getvalue()
    'claim_id'
    >>> with opened("no/such/folder/results.jsonl") as sink:
    ...     pass
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: no/such/folder/results.jsonl: cannot be written: No such file or directory
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
    """A temporary path next to `target` to write to; it replaces `target` at the end.

    Files left behind by a killed process are removed.
    """
    path = Path(target)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with ExitStack() as stack:
        with writing(str(target)):
            _remove_left(path)
            held = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        stack.callback(beside.unlink, missing_ok=True)
        still_open = stack.enter_context(ExitStack())
        still_open.callback(os.close, held)
        locked(held)
        yield beside
        with writing(str(target)):
            os.fsync(held)
            if os.name != "posix":
                still_open.close()  # other systems cannot rename an open file
            beside.replace(path)
            sync_folder(path)


def _remove_left(path: Path) -> None:
    """Removes temporary files that a killed process left next to a file; a running one holds a lock."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.{'[0-9a-f]' * 8}.part"):
        with suppress(OSError):  # removed by another process, or not ours to remove
            held = os.open(left, os.O_RDWR)
            try:
                if sys.platform != "win32" and locked(held):
                    left.unlink()
            finally:
                os.close(held)


def locked(descriptor: int) -> bool:
    """Locks a file while it is open; False if another process, or this one, has locked it.

    Also True where locks are not supported (Windows, some file systems): concurrent writers go unnoticed there.
    """
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN)
    return True


def sync_folder(path: Path) -> None:
    """Makes a created or renamed file durable under its name."""
    if os.name == "posix":  # other systems cannot open a folder
        descriptor = os.open(path.absolute().parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def encoded(text: str) -> bytes:
    """Text as UTF-8. A lone surrogate, which JSON can express, is not text and is written as its escape.

    >>> encoded("n" + chr(0xD800))
    b'n\\\\ud800'
    """
    return text.encode("utf-8", "backslashreplace")


@contextmanager
def writing(file: str | None) -> Iterator[None]:
    """Turns errors in writing a file into `InputError` with its name; errors of a caller's own stream pass through."""
    try:
        yield
    except OSError as error:
        if file is None:
            raise
        raise InputError(f"cannot be written: {error.strerror or 'an unknown fault'}", file=file) from None
