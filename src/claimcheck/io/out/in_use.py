"""Refuses to write over a file that the run reads or keeps, before anything is touched.

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
    """A file that a run reads or keeps, and its role in the run."""

    path: str | Path
    what: str


class Written(NamedTuple):
    """A file to write to, or an open stream by its descriptor."""

    path: str | Path | int

    def __str__(self) -> str:
        return "standard output" if isinstance(self.path, int) else str(self.path)


def check(outputs: Sequence[Written], used: Iterable[Used]) -> None:
    """Compares files by identity rather than by name, so links are followed.

    Raises:
        InputError: an output is in use, or two outputs are the same file.
    """
    known = [(_identities(one.path), one.what) for one in used]
    for written in outputs:
        own = _identities(written.path)
        for identities, what in known:
            if own & identities:
                raise InputError(f"this file is {what}: give another file to write to", file=str(written))
        known.append((own, "written by this run already"))


def history_files(path: str | Path) -> Iterator[Used]:
    """The files of a SQLite history, existing or to be created: the database, SQLite's own files, and the key."""
    yield Used(path, "the history of this run")
    for suffix in ("-wal", "-shm", "-journal"):
        yield Used(f"{path}{suffix}", "a part of the history of this run")
    yield Used(f"{path}.key", "the key of the history of this run")


def store_files(store: str | Path | None) -> Iterator[Used]:
    """The files of a table store."""
    with suppress(OSError):  # not a store: opening it will raise
        for item in os.scandir(store) if store is not None else ():
            yield Used(item.path, "in the table store of this run")


def policy_files(files: Iterable[str]) -> Iterator[Used]:
    """The files of a policy and of the policies it extends."""
    return (Used(file, "the policy of this run") for file in files)


def _identities(path: str | Path | int) -> frozenset[object]:
    """What identifies a file: its location on disk and its resolved path. Empty for a device or pipe."""
    try:
        status = os.stat(path)  # noqa: PTH116 - of a descriptor as well
    except (OSError, ValueError):  # ValueError: a name that contains NUL
        return frozenset() if isinstance(path, int) else _names(path)
    if not S_ISREG(status.st_mode):
        return frozenset()
    place = frozenset([(status.st_dev, status.st_ino)])
    return place if isinstance(path, int) else place | _names(path)


def _names(path: str | Path) -> frozenset[object]:
    with suppress(OSError, ValueError):
        return frozenset([os.path.realpath(path)])
    return frozenset()
