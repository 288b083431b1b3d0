"""A text file that can be truncated to a recorded position and continued from there.

>>> import contextlib, tempfile
>>> folder = tempfile.TemporaryDirectory()
>>> path = f"{folder.name}/results.jsonl"
>>> file = MarkedFile(path)
>>> file.begin()
>>> file.write("kept\\n")
>>> noted = file.mark()
>>> file.write("not comm")
>>> file.close()

Another process continues at the recorded position:

>>> file = MarkedFile(path)
>>> file.holds(noted)
True
>>> file.begin(noted)
>>> file.write("and more\\n")
>>> file.close()
>>> print(Path(path).read_text(), end="")
kept
and more

A file that has changed since then is refused:

>>> _ = Path(path).write_text("KEPT\\nand more\\n")
>>> with contextlib.closing(MarkedFile(path)) as file:  # doctest: +ELLIPSIS
...     file.holds(noted)
Traceback (most recent call last):
    ...
claimcheck.errors.InputError: .../results.jsonl: it was changed since its run was interrupted: ...
>>> folder.cleanup()
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from claimcheck.errors import InputError
from claimcheck.io.out.target import encoded, locked, sync_folder, writing

__all__ = ["Mark", "MarkedFile"]

_BLOCK = 1 << 20
_WRITTEN = "another run is writing it: wait for its end, or give another file"
_TO_DO = "put back what was there, or delete it to begin anew"


@attrs.frozen
class Mark:
    """A position in a file: `size` bytes precede it, and `digest` is their digest."""

    size: int
    digest: str


class MarkedFile:
    """The file `path`. It is opened or created at once, so that an unwritable path fails early, and its content is kept
    until `begin`.

    Only one run at a time may write it, where the system supports locks.

    Raises:
        InputError: the file cannot be written, or another run is writing it.
    """

    def __init__(self, path: str | Path) -> None:
        self.name = str(path)
        self._path = Path(path)
        self._size = 0
        self._digest = blake2b(digest_size=16)
        with writing(self.name):
            self._new = not self._path.exists()
            self._stream: BinaryIO = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
            self._begun = False
            try:
                if not locked(self._stream.fileno()):
                    raise InputError(
                        "another run is writing it: wait for its end, or give another file", file=self.name
                    )
            except BaseException:
                self._stream.close()
                raise

    def holds(self, mark: Mark) -> bool:
        """Whether the file still has what the mark recorded; False if the file is gone.

        Raises:
            InputError: the file is shorter, or its content has changed.
        """
        if self._new and mark.size:
            return False
        with writing(self.name):
            size = os.fstat(self._stream.fileno()).st_size
            if size < mark.size:
                raise InputError(
                    f"it has {size:,} bytes, and {mark.size:,} were written before the run was interrupted: {_TO_DO}",
                    file=self.name,
                )
            if self._read(mark.size).hexdigest() != mark.digest:
                raise InputError(f"it was changed since its run was interrupted: {_TO_DO}", file=self.name)
        return True

    def begin(self, mark: Mark | None = None) -> None:
        """Truncates the file to a mark, or empties it, and continues from there."""
        self._begun = True
        with writing(self.name):
            self._size = 0 if mark is None else mark.size
            self._digest = self._read(self._size)
            self._stream.truncate(self._size)
            self._stream.seek(self._size)
            if self._new:
                sync_folder(self._path)

    def write(self, text: str) -> None:
        """Appends text."""
        data = encoded(text)
        with writing(self.name):
            self._stream.write(data)
        self._digest.update(data)
        self._size += len(data)

    def mark(self) -> Mark:
        """The current end of the file. Everything before it has been flushed to disk."""
        with writing(self.name):
            self._stream.flush()
            os.fsync(self._stream.fileno())
        return Mark(self._size, self._digest.hexdigest())

    def close(self) -> None:
        """Closes the file. One that was created and never used is removed."""
        with writing(self.name):
            self._stream.close()
            if self._new and not self._begun:
                self._path.unlink(missing_ok=True)

    def _read(self, size: int) -> Any:
        """The digest of the first bytes."""
        digest = blake2b(digest_size=16)
        self._stream.seek(0)
        while size and (block := self._stream.read(min(size, _BLOCK))):
            digest.update(block)
            size -= len(block)
        return digest
