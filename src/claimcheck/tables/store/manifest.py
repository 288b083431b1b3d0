"""The manifest of a store: what each packed file is, and where its rows come from.

One JSON file in a canonical form, with a SHA-256 of itself, so that any changed byte is detected.

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
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal

import attrs

from claimcheck.errors import TableError
from claimcheck.tables.lookup import Edition

__all__ = ["NAME", "Entry", "Kind", "Manifest", "Source", "missing_parts"]

NAME = "manifest.json"
_FORMAT = "claimcheck tables"
_VERSION = 1
_PROGRAM = "programme"  #: the key of `program` in the file
_PARTS = {
    "ptp_practitioner": frozenset({"f1", "f2", "f3", "f4"}),
    "ptp_outpatient_hospital": frozenset({"f1", "f2", "f3", "f4"}),
}
"""The parts in which CMS publishes tables that come in parts."""
_EVEN = 0.98  #: minimum share of the largest part's rows in another part that is whole
_LARGE = 100_000  #: rows of a part; an official one has more than 400,000

Kind = Literal["pairs", "records"]


@attrs.frozen(order=True)
class Source:
    """One official file, or one part, that went into a table. `digest` is a fingerprint of its rows."""

    part: str  #: "f1" to "f4"; "" if the table is published in one piece
    name: str
    sha256: str
    digest: str
    rows: int
    refused: int
    missing: tuple[str, ...] = ()  #: signs that the file is incomplete


@attrs.frozen
class Entry:
    """One packed file: one edition of one table."""

    kind: Kind
    program: str
    table: str
    name: str  #: the edition's
    exact_from: date
    exact_through: date
    rows: int
    sources: tuple[Source, ...]
    notices: tuple[str, ...]  #: the sources' copyright lines
    file: str
    size: int
    sha256: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.program, self.table, self.name

    @property
    def edition(self) -> Edition:
        """The edition, with any signs that it is incomplete."""
        missing = (*missing_parts(self.table, self.parts), *_uneven(self.sources), *_lacking(self.sources))
        return Edition(self.program, self.table, self.name, self.exact_from, self.exact_through, missing=missing)

    @property
    def parts(self) -> frozenset[str]:
        return frozenset(source.part for source in self.sources)

    @property
    def refused(self) -> int:
        """Rows of the sources that were refused."""
        return sum(source.refused for source in self.sources)


@attrs.frozen
class Manifest:
    """The entries, by program, table, and edition."""

    entries: tuple[Entry, ...]

    def to_bytes(self) -> bytes:
        """The canonical form."""
        entries = [_plain(entry) for entry in sorted(self.entries, key=lambda entry: entry.key)]
        content = {"format": _FORMAT, "version": _VERSION, "entries": entries}
        return _dump(content | {"sha256": hashlib.sha256(_dump(content)).hexdigest()})

    @classmethod
    def from_bytes(cls, raw: bytes, file: str = NAME) -> Manifest:
        """Reads the canonical form, and nothing else. Raises `TableError`."""
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


def missing_parts(table: str, parts: frozenset[str]) -> Iterator[str]:
    """Which of the parts in which the table is published are missing.

    >>> list(missing_parts("ptp_practitioner", frozenset({"f1", "f2"})))
    ['f3 and f4 of its parts are not loaded']
    >>> list(missing_parts("mue_dme", frozenset({""})))
    []
    """
    lacking = sorted(_PARTS.get(table, frozenset()) - parts)
    if parts != {""} and lacking:
        names = " and ".join(filter(None, [", ".join(lacking[:-1]), lacking[-1]]))
        yield f"{names} of its parts {'is' if len(lacking) == 1 else 'are'} not loaded"


def _uneven(sources: Iterable[Source]) -> Iterator[str]:
    """CMS divides a table into parts with nearly equal numbers of rows (v302r0: within a thousandth): a short one is
    truncated."""
    rows = {source.part: source.rows for source in sources}
    most = max(rows.values(), default=0)
    if most > _LARGE:
        for part, count in sorted(rows.items()):
            if count < most * _EVEN:
                yield f"part {part} holds {count:,} rows, where another holds {most:,}"


def _lacking(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        if source.refused:
            yield f"{source.refused:,} row{' was' if source.refused == 1 else 's were'} not taken of {source.name}"
        yield from (f"{source.name} {missing}" for missing in source.missing)


def _plain(entry: Entry) -> dict[str, Any]:
    """The entry in JSON-compatible form. Nothing is recorded for a complete source, so older stores read the same."""
    content = attrs.asdict(entry)
    content[_PROGRAM] = content.pop("program")
    for source in content["sources"]:
        if not source["missing"]:
            del source["missing"]
    return content


def _entry(content: dict[str, Any]) -> Entry:
    days = {name: date.fromisoformat(content[name]) for name in ("exact_from", "exact_through")}
    sources = tuple(Source(**source | {"missing": tuple(source.get("missing", ()))}) for source in content["sources"])
    values = {name: value for name, value in content.items() if name != _PROGRAM}
    values |= {**days, "program": content[_PROGRAM], "sources": sources, "notices": tuple(content["notices"])}
    entry = Entry(**values)
    if entry.file != entry.file.replace("/", "").replace("\\", "") or entry.file.startswith("."):
        raise ValueError("a packed file lies in the store itself")
    return entry


def _dump(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, sort_keys=True, indent=1, default=date.isoformat) + "\n").encode("ascii")
