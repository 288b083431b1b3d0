"""The store's directory, written so that a kill at any moment leaves either the old state or the new one.

A file is written under a temporary name, flushed to disk, and then renamed atomically. Packed files are named by
content, so a new one never replaces an old one; the manifest is renamed last.
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
    """Holds the store's lock; others wait up to `patience` seconds and then get a `TableError`.

    The lock is SQLite's own on an empty file: it works on every system and is released when the process ends.
    """
    with closing(sqlite3.connect(store / _LOCK, timeout=patience, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise TableError("another process is adding to this store; try again later", file=str(store)) from None
        yield


def write(store: Path, name: str, content: bytes) -> None:
    """Writes a file into the store atomically."""
    temporary = store / f"{name}{_TEMPORARY}"
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(store / name)
    if os.name == "posix":  # pragma: no branch - other systems cannot flush a directory
        directory = os.open(store, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def sweep(store: Path, keep: Collection[str]) -> None:
    """Removes what a killed `add`, or a replaced edition, has left behind."""
    for file in store.iterdir():
        if file.suffix in (SUFFIX, _TEMPORARY) and file.name not in keep:
            file.unlink()
