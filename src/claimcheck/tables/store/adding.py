"""Adding official files to a store: all of them, or none.

The files are read and packed first; only then does the manifest change, in one step. A kill at any moment, or a
file that proves damaged, leaves the store as it was. Adding the same content again changes nothing. A table that
is published in parts may come in one `add` or in several.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import attrs

from claimcheck.errors import TableError
from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers import Reading, Refused, read
from claimcheck.tables.store import building, directory
from claimcheck.tables.store.building import Part
from claimcheck.tables.store.manifest import NAME, Entry, Manifest, Source
from claimcheck.tables.store.opening import read_manifest, table_of

__all__ = ["Added", "Progress", "add", "add_readings"]

Progress = Callable[[str, int, int], None]
"""Told of each step: the stage ("reading", "packing"), how much of it is done, of how much."""


@attrs.frozen
class Added:
    """What an `add` did: the editions that are new or changed, those that were there already, the rows refused."""

    editions: tuple[Edition, ...]
    unchanged: tuple[Edition, ...]
    rows: int
    refused: tuple[tuple[str, Refused], ...]  #: the source's name beside each


def add(files: Iterable[str | Path], to: str | Path, progress: Progress | None = None) -> Added:
    """Add official files to the store in directory `to`, which is made if need be. Raises `TableError`."""
    return add_readings((reading for file in files for reading in read(Path(file))), to, progress)


def add_readings(readings: Iterable[Reading], to: str | Path, progress: Progress | None = None) -> Added:
    """Add what readers give. Raises `TableError`; the store then is as it was."""
    store = Path(to)
    tell = progress or (lambda _stage, _done, _total: None)
    try:
        store.mkdir(parents=True, exist_ok=True)
        with directory.locked(store):
            return _add(list(readings), store, tell)
    except OSError as error:
        raise TableError(f"the store cannot be written: {error.strerror}", file=str(store)) from error


def _add(readings: Sequence[Reading], store: Path, tell: Progress) -> Added:
    before = _swept(store)
    try:
        after = _with(before, readings, store, tell)
        if after != before:
            directory.write(store, NAME, after.to_bytes())
    finally:
        _swept(store)
    given = {_key(reading) for reading in readings}
    changed = [entry for entry in after.entries if entry not in before.entries]
    return Added(
        tuple(entry.edition for entry in changed),
        tuple(entry.edition for entry in before.entries if entry.key in given and entry in after.entries),
        sum(entry.rows for entry in changed),
        tuple((reading.source, refused) for reading in readings for refused in reading.refused),
    )


def _swept(store: Path) -> Manifest:
    """The manifest that is there, once every file that it does not name is gone."""
    manifest = read_manifest(store) if (store / NAME).exists() else Manifest(())
    directory.sweep(store, {NAME, *(entry.file for entry in manifest.entries)})
    return manifest


def _with(before: Manifest, readings: Sequence[Reading], store: Path, tell: Progress) -> Manifest:
    """The manifest once the packed files of these readings are written."""
    entries = {entry.key: entry for entry in before.entries}
    read_one = _Read(tell, len(readings))
    editions: dict[tuple[str, str, str], list[Reading]] = {}
    for reading in readings:
        editions.setdefault(_key(reading), []).append(reading)
    for done, (key, of_edition) in enumerate(sorted(editions.items())):
        tell("packing", done, len(editions))
        entries[key] = _edition(of_edition, entries.get(key), store, read_one)
    tell("packing", len(editions), len(editions))
    return Manifest(tuple(entry for _, entry in sorted(entries.items())))


def _key(reading: Reading) -> tuple[str, str, str]:
    return reading.programme, reading.table, reading.edition.name


class _Read:
    """Reads readings one after the other, and tells how many are done."""

    def __init__(self, tell: Progress, total: int) -> None:
        self._tell, self._done, self._total = tell, 0, total

    def __call__(self, reading: Reading) -> tuple[Source, Part]:
        self._tell("reading", self._done, self._total)
        given = building.read(reading)
        self.skip()
        return given

    def skip(self) -> None:
        self._done += 1
        self._tell("reading", self._done, self._total)


def _edition(readings: Sequence[Reading], before: Entry | None, store: Path, read_one: _Read) -> Entry:
    """The entry of one edition once these readings are in the store; the one before, where they bring nothing new."""
    known = {} if before is None else {source.part: source for source in before.sources}
    given: dict[str, tuple[Source, Part]] = {}
    for reading in sorted(readings, key=lambda reading: (reading.source, reading.sha256)):
        same = known.get(reading.part or "")
        if same is not None and same.sha256 == reading.sha256:
            read_one.skip()
            continue
        source, part = read_one(reading)
        first = given.setdefault(source.part, (source, part))[0]
        if first.digest != source.digest:
            reason = f"it holds other rows than {first.name} for the same edition and part; give one of the two"
            raise TableError(reason, file=source.name)
    new = {name: one for name, one in given.items() if name not in known or known[name].digest != one[0].digest}
    if before is not None and not new:
        return before
    edition = readings[0].edition
    _refuse_contradictions(readings, before, known, new)
    kept = {} if before is None or new.keys() >= known.keys() else known
    parts = [part for _, part in new.values()]
    if before is not None and kept:
        parts.append(building.part_of(before.kind, table_of(store, before)))
    sources = sorted([*kept.values(), *(source for source, _ in new.values())])
    notices = {reading.notice for reading in readings} | set(before.notices if before and kept else ())
    return _written(store, edition, parts, tuple(sources), tuple(sorted(notices - {""})))


def _refuse_contradictions(
    readings: Sequence[Reading], before: Entry | None, known: dict[str, Source], new: dict[str, tuple[Source, Part]]
) -> None:
    """Raise `TableError` where the readings, and what the store holds, cannot be of one edition."""
    spans = {(reading.edition.exact_from, reading.edition.exact_through): reading.source for reading in readings}
    if before is not None:
        spans.setdefault((before.exact_from, before.exact_through), before.file)
    if len(spans) > 1:
        reason = f"it gives other dates for the edition than {sorted(spans.values())[0]}; give files of one release"
        raise TableError(reason, file=sorted(spans.values())[1])
    together = known.keys() | new.keys()
    if "" in together and len(together) > 1:
        reason = "the edition comes here in parts and elsewhere in one piece; give it in one way, to a new store"
        raise TableError(reason, file=readings[0].source)
    differing = sorted(known.keys() & new.keys())
    if differing and not new.keys() >= known.keys():
        reason = f"part {differing[0]} differs from the one in the store; give all parts at once to replace the edition"
        raise TableError(reason, file=new[differing[0]][0].name)


def _written(
    store: Path, edition: Edition, parts: Sequence[Part], sources: tuple[Source, ...], notices: tuple[str, ...]
) -> Entry:
    content = building.pack(parts)
    digest = hashlib.sha256(content).hexdigest()
    name = f"{edition.programme}.{edition.table}.{edition.name}.{digest[:16]}"
    file = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name) + directory.SUFFIX
    directory.write(store, file, content)
    return Entry(
        kind=building.kind_of(edition.table),
        programme=edition.programme,
        table=edition.table,
        name=edition.name,
        exact_from=edition.exact_from,
        exact_through=edition.exact_through,
        rows=sum(source.rows for source in sources),
        sources=sources,
        notices=notices,
        file=file,
        size=len(content),
        sha256=digest,
    )
