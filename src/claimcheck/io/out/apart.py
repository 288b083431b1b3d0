"""A file that a run reads or keeps is none to write to: it would be gone. Refused before anything is touched.

>>> check([Written("verdicts.jsonl")], [Used("claims.837", "an input of this run")])
>>> check([Written("./in/../claims.837")], [Used("claims.837", "an input of this run")])
Traceback (most recent call last):
    ...
claimcheck.errors.InputError: ./in/../claims.837: this file is an input of this run: give another file to write to
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from claimcheck.errors import InputError

__all__ = ["Used", "Written", "check", "history_files", "policy_files", "store_files"]


class Used(NamedTuple):
    """A file that a run reads or keeps, and what it is to the run."""

    path: str | Path
    what: str


class Written(NamedTuple):
    """A file to write to; or a stream that is open, by its descriptor."""

    path: str | Path | int

    def __str__(self) -> str:
        return "standard output" if isinstance(self.path, int) else str(self.path)


def check(outputs: Sequence[Written], used: Iterable[Used]) -> None:
    """Looks at every file by what it is, not by its name: links lead to the same file.

    Raises:
        InputError: an output is used, or two outputs are one file.
    """
    known = [(_identities(one.path), one.what) for one in used]
    for written in outputs:
        own = _identities(written.path)
        for identities, what in known:
            if own & identities:
                raise InputError(f"this file is {what}: give another file to write to", file=str(written))
        known.append((own, "written by this run already"))


def history_files(path: str | Path) -> Iterator[Used]:
    """What there is, or will be, of a history in a SQLite file: itself, what SQLite has beside it, and its key."""
    yield Used(path, "the history of this run")
    for suffix in ("-wal", "-shm", "-journal"):
        yield Used(f"{path}{suffix}", "a part of the history of this run")
    yield Used(f"{path}.key", "the key of the history of this run")


def store_files(store: str | Path | None) -> Iterator[Used]:
    """The files of a store of tables."""
    with suppress(OSError):  # no store: whoever opens it says so
        for item in os.scandir(store) if store is not None else ():
            yield Used(item.path, "in the table store of this run")


def policy_files(files: Iterable[str]) -> Iterator[Used]:
    """The files of a policy, and of those that it extends."""
    return (Used(file, "the policy of this run") for file in files)


def _identities(path: str | Path | int) -> frozenset[object]:
    """By what a file is known: its place on the disk, and where its name leads to. Nothing for a device or a pipe."""
    try:
        status = os.stat(path)  # noqa: PTH116 - of a descriptor as well
    except (OSError, ValueError):  # ValueError: a name with a NUL in it
        return frozenset() if isinstance(path, int) else _names(path)
    if not S_ISREG(status.st_mode):
        return frozenset()
    place = frozenset([(status.st_dev, status.st_ino)])
    return place if isinstance(path, int) else place | _names(path)


def _names(path: str | Path) -> frozenset[object]:
    with suppress(OSError, ValueError):
        return frozenset([os.path.realpath(path)])
    return frozenset()
