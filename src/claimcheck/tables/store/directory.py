"""The store's directory: written so that a kill at any moment leaves what was there, or what was to be.

A file is written under a temporary name, forced to the disk, and then renamed, which is one step. Packed files
are named by their content, so a new one never takes the place of an old one; the manifest is renamed last.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from claimcheck.errors import TableError

__all__ = ["SUFFIX", "locked", "sweep", "write"]

SUFFIX = ".packed"
_TEMPORARY = ".tmp"
_LOCK = ".lock"


@contextmanager
def locked(store: Path, patience: float = 10.0) -> Iterator[None]:
    """Keep every other `locked` of the store waiting, for `patience` seconds. Raises `TableError` after them.

    The lock is SQLite's own on an empty file: it works on every system and ends with the process that holds it.
    """
    with closing(sqlite3.connect(store / _LOCK, timeout=patience, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise TableError("another process is adding to this store; try again later", file=str(store)) from None
        yield


def write(store: Path, name: str, content: bytes) -> None:
    """Put a file into the store in one step."""
    temporary = store / f"{name}{_TEMPORARY}"
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(store / name)
    if os.name == "posix":  # pragma: no branch - elsewhere a directory cannot be forced to the disk
        directory = os.open(store, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def sweep(store: Path, keep: Collection[str]) -> None:
    """Remove what a killed `add`, or an edition that was replaced, has left."""
    for file in store.iterdir():
        if file.suffix in (SUFFIX, _TEMPORARY) and file.name not in keep:
            file.unlink()
