"""Verifies a store: reads every byte and compares checksums."""

from __future__ import annotations

import hashlib
from pathlib import Path

import attrs

from claimcheck.errors import TableError
from claimcheck.tables.store.manifest import NAME, Entry
from claimcheck.tables.store.opening import read_manifest, table_of

__all__ = ["Damage", "verify"]


@attrs.frozen
class Damage:
    """A damaged file of the store, and what is wrong with it."""

    file: str
    reason: str


def verify(store: str | Path) -> tuple[Damage, ...]:
    """What is damaged in a store; empty if nothing is. Raises `TableError` if there is no store."""
    path = Path(store)
    try:
        (path / NAME).stat()
    except OSError:
        read_manifest(path)  # raises if there is no store, or it cannot be read
    try:
        entries = read_manifest(path).entries
    except TableError as error:
        return (Damage(NAME, error.reason),)
    found = ((entry.file, _damage(path, entry)) for entry in entries)
    return tuple(Damage(file, reason) for file, reason in found if reason)


def _damage(store: Path, entry: Entry) -> str:
    try:
        content = (store / entry.file).read_bytes()
    except FileNotFoundError:
        return "the file is missing"
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        return "the file's checksum is not the one in the manifest"
    rows = len(table_of(store, entry))
    return "" if rows == entry.rows else f"the file holds {rows} rows, and the manifest says {entry.rows}"
