"""Where verdicts are written: a path or a stream.

A file that is written to a path appears under its name only when it is whole: until then it has another name beside it,
and where the writing fails it is removed. To resume a file is to add to what is there.
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
    """A path beside `target`, to write to; what is there takes the place of `target` at the end.

    What a process that was killed has left there is removed.
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
                still_open.close()  # elsewhere what is open cannot be renamed
            beside.replace(path)
            sync_folder(path)


def _remove_left(path: Path) -> None:
    """Removes what a process that was killed has left beside a file; that of one that writes is locked."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.{'[0-9a-f]' * 8}.part"):
        with suppress(OSError):  # another removes it, or may not be removed by us
            held = os.open(left, os.O_RDWR)
            try:
                if sys.platform != "win32" and locked(held):
                    left.unlink()
            finally:
                os.close(held)


def locked(descriptor: int) -> bool:
    """Locks a file for as long as it is open; False where another process, or this one, has locked it.

    True as well where there are no locks (on Windows, on some file systems): there two writers are not noticed.
    """
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN)
    return True


def sync_folder(path: Path) -> None:
    """Makes sure that a file that was made or renamed is found again under its name when the power fails."""
    if os.name == "posix":  # elsewhere a folder cannot be opened
        descriptor = os.open(path.absolute().parent, os.O_RDONLY)
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
