"""The claims of many files, one after another. A file that cannot be read does not stop the others: it is kept, to be
reported.

>>> inputs = Inputs(("no-such-file.837",))
>>> list(inputs.claims()), [str(error) for error in inputs.bad]
([], ['no-such-file.837: cannot be read: No such file or directory'])
"""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from claimcheck.claims import Claim, Source
from claimcheck.cli.selection import AllClaims
from claimcheck.errors import InputError
from claimcheck.io import read_claims
from claimcheck.io.opening import belongs_to
from claimcheck.io.pipeline import digest_of
from claimcheck.io.sharing import Wanted

__all__ = ["STDIN", "Inputs", "expand", "opened"]

STDIN = "-"
_PIECE = 1 << 17


def expand(files: tuple[str, ...]) -> tuple[str, ...]:
    """The files that names and patterns match, each once; a pattern without matches is kept, to be reported as
    missing.

    >>> expand(("a.837", "a.837", "no-such-*.837"))
    ('a.837', 'no-such-*.837')
    """
    found: dict[str, None] = {}
    for file in files:
        is_pattern = glob.has_magic(file) and not Path(file).exists()
        matching = sorted(glob.iglob(file, recursive=True)) if is_pattern else []  # noqa: PTH207 - keeps what was typed
        found |= dict.fromkeys(matching or [file])
    return tuple(found)


@attrs.define
class Inputs:
    """The claims in `files`, whose tables are read with `columns` and `mapping`, as in `read_claims`.

    `bad` collects what could not be read, `done` is the number of bytes read.
    """

    files: tuple[str, ...]
    columns: str | None = None
    mapping: str | None = None
    bad: list[InputError] = attrs.field(factory=list)
    done: int = 0

    @property
    def size(self) -> int:
        """The total bytes of all files; standard input and missing files count as zero."""
        return sum(path.stat().st_size for path in map(Path, self.files) if path.is_file())

    @property
    def can_be_read_again(self) -> bool:
        """Whether it can be surveyed before it is validated, unlike standard input or a pipe."""
        return not any(map(_flows, self.files))

    def claims(self) -> Iterator[Claim]:
        """Every claim that can be read."""
        return (claim for _, claim in self.placed(AllClaims()))

    def placed(self, these: AllClaims) -> Iterator[tuple[int, Claim]]:
        """The selected claims that can be read, each with its place among all claims."""
        for files in self._together():
            before = self.done
            these.begin()
            try:
                with ExitStack() as stack:
                    streams = [stack.enter_context(opened(file)) for file in files]
                    for claim in self._read(files, streams, these.wanted):
                        self.done = before + sum(one.furthest for one in streams if isinstance(one, _Watched))
                        yield these.place(), claim
            except InputError as error:
                self.bad.append(error)

    def _read(self, files: Sequence[str], streams: Sequence[BinaryIO], wanted: Wanted) -> Iterator[Claim]:
        if len(files) > 1:
            return read_claims(streams, wanted=wanted)
        name = "standard input" if files[0] == STDIN else files[0]
        return read_claims(streams[0], name=name, layout=self.columns, mapping=self.mapping, wanted=wanted)

    def _together(self) -> Iterator[tuple[str, ...]]:
        """The files, with those that hold parts of the same claims together in place of the first of them."""
        if len(self.files) < 2 or self.columns is not None or self.mapping is not None:
            return ((file,) for file in self.files)
        found: dict[str, list[str]] = {}
        for number, file in enumerate(self.files):
            name = belongs_to(file) if Path(file).is_file() else None
            found.setdefault(str(number) if name is None else name, []).append(file)
        return map(tuple, found.values())

    def place(self, source: Source | None) -> str:
        """Where a claim was read, by the file name alone if no other file has it."""
        if source is None or source.file is None:
            return ""
        name = Path(source.file).name
        alone = sum(Path(file).name == name for file in self.files) < 2
        shown = str(attrs.evolve(source, file=name)) if alone else str(source)
        file, numbered, number = shown.rpartition(", #")
        return f"{file}, {source.unit} {number}" if numbered and source.unit else shown

    def digest(self) -> str:
        """A digest of the content of these files, and of how it is read, whatever their names."""
        files = (*self.files, *filter(None, [self.mapping]))
        return " ".join(
            digest_of([file]) if Path(file).is_file() and os.access(file, os.R_OK) else "-" for file in files
        )


class _Watched(io.BufferedReader):
    """A file that knows how far it has been read."""

    def __init__(self, path: str) -> None:
        self._file = _Counted(path)
        super().__init__(self._file, _PIECE)

    @property
    def furthest(self) -> int:
        """The bytes from the beginning to the furthest position read."""
        return self._file.furthest


class _Counted(io.FileIO):
    furthest = 0

    def readinto(self, buffer: Any, /) -> int | None:
        count = super().readinto(buffer)
        at = self.tell() if self.seekable() else self.furthest + (count or 0)
        self.furthest = max(self.furthest, at)
        return count


def _flows(file: str) -> bool:
    """Whether it can be read only once. What is missing, or a folder, cannot be read at all."""
    path = Path(file)
    return file == STDIN or (path.exists() and not (path.is_file() or path.is_dir()))


def _reason(file: str, error: OSError | ValueError) -> str:
    if isinstance(error, IsADirectoryError):
        return f"a folder: name the files in it, as in '{Path(file) / '*'}'"
    if isinstance(error, FileNotFoundError) and glob.has_magic(file):
        return "no file matches this pattern"
    return f"cannot be read: {getattr(error, 'strerror', None) or 'its name is no path'}"


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """A file, or standard input. InputError if it cannot be opened."""
    if file == STDIN:
        yield sys.stdin.buffer
        return
    try:
        stream = _Watched(file)
    except (OSError, ValueError) as error:
        raise InputError(_reason(file, error), file=file) from None
    with stream:
        yield stream
