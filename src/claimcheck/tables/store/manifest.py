"""The manifest of a store: what each packed file is, and where its rows are from.

One JSON file in one canonical form, with a SHA-256 of itself, so that any changed byte shows.

>>> manifest = Manifest(())
>>> Manifest.from_bytes(manifest.to_bytes()) == manifest
True
>>> Manifest.from_bytes(manifest.to_bytes().replace(b"1", b"2", 1))
Traceback (most recent call last):
    ...
claimcheck.errors.TableError: manifest.json: the manifest is damaged; add the official files again to a new store
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any, Literal

import attrs

from claimcheck.errors import TableError
from claimcheck.tables.lookup import Edition

__all__ = ["NAME", "Entry", "Kind", "Manifest", "Source", "is_partial"]

NAME = "manifest.json"
_FORMAT = "claimcheck tables"
_VERSION = 1
_PARTS = {
    "ptp_practitioner": frozenset({"f1", "f2", "f3", "f4"}),
    "ptp_outpatient_hospital": frozenset({"f1", "f2", "f3", "f4"}),
}
"""The parts in which CMS publishes a table that is published in parts."""

Kind = Literal["pairs", "records"]


@attrs.frozen(order=True)
class Source:
    """One official file, or one part of it, that went into a table. `digest` is a fingerprint of its rows."""

    part: str  #: "f1" to "f4"; "" where the table is published in one piece
    name: str
    sha256: str
    digest: str
    rows: int
    refused: int


@attrs.frozen
class Entry:
    """One packed file: one edition of one table."""

    kind: Kind
    programme: str
    table: str
    name: str  #: the edition's
    exact_from: date
    exact_through: date
    rows: int
    sources: tuple[Source, ...]
    notices: tuple[str, ...]  #: the copyright lines that came with the sources
    file: str
    size: int
    sha256: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.programme, self.table, self.name

    @property
    def edition(self) -> Edition:
        """The edition, which is partial while a part of it is missing."""
        partial = is_partial(self.table, self.parts)
        return Edition(self.programme, self.table, self.name, self.exact_from, self.exact_through, partial=partial)

    @property
    def parts(self) -> frozenset[str]:
        return frozenset(source.part for source in self.sources)

    @property
    def refused(self) -> int:
        """Rows of the sources that were not taken."""
        return sum(source.refused for source in self.sources)


@attrs.frozen
class Manifest:
    """The entries, by programme, table and edition."""

    entries: tuple[Entry, ...]

    def to_bytes(self) -> bytes:
        """The canonical form."""
        entries = [attrs.asdict(entry) for entry in sorted(self.entries, key=lambda entry: entry.key)]
        content = {"format": _FORMAT, "version": _VERSION, "entries": entries}
        return _dump(content | {"sha256": hashlib.sha256(_dump(content)).hexdigest()})

    @classmethod
    def from_bytes(cls, raw: bytes, file: str = NAME) -> Manifest:
        """Read the canonical form, and nothing else. Raises `TableError`."""
        try:
            content = json.loads(raw)
            version = content["version"]
            manifest = cls(tuple(_entry(entry) for entry in content["entries"])) if version == _VERSION else None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise TableError(
                "the manifest is damaged; add the official files again to a new store", file=file
            ) from None
        if manifest is None and content.get("format") == _FORMAT:
            reason = f"the store's version {version} is not version {_VERSION} of this claimcheck; add the files again"
            raise TableError(reason, file=file)
        if manifest is None or manifest.to_bytes() != raw:
            raise TableError("the manifest is damaged; add the official files again to a new store", file=file)
        return manifest


def is_partial(table: str, parts: frozenset[str]) -> bool:
    """Whether some of the parts in which the table is published are missing.

    >>> is_partial("ptp_practitioner", frozenset({"f1", "f2"})), is_partial("mue_dme", frozenset({""}))
    (True, False)
    """
    return parts != {""} and not parts >= _PARTS.get(table, frozenset())


def _entry(content: dict[str, Any]) -> Entry:
    days = {name: date.fromisoformat(content[name]) for name in ("exact_from", "exact_through")}
    sources = tuple(Source(**source) for source in content["sources"])
    entry = Entry(**content | days | {"sources": sources, "notices": tuple(content["notices"])})
    if entry.file != entry.file.replace("/", "").replace("\\", "") or entry.file.startswith("."):
        raise ValueError("a packed file lies in the store itself")
    return entry


def _dump(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, sort_keys=True, indent=1, default=date.isoformat) + "\n").encode("ascii")
