"""Adds official files to a store: all or none.

The files are read and packed first; only then does the manifest change, in one step. If the process is killed at any
moment, or a file proves damaged, the store stays as it was. Adding the same content again changes nothing. A table
published in parts may be added in one `add` or several.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import attrs

from claimcheck.errors import TableError
from claimcheck.renamed import renamed_keyword
from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers import Member, Reading, Refused, survey
from claimcheck.tables.store import building, directory
from claimcheck.tables.store.building import Part
from claimcheck.tables.store.manifest import NAME, Entry, Manifest, Source
from claimcheck.tables.store.opening import read_manifest, table_of
from claimcheck.tables.store.packing import written
from claimcheck.tables.store.refusing import refuse_contradictions, refuse_less

__all__ = ["Added", "Progress", "add", "add_readings"]

_log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with each step: the stage ("reading", "packing"), how much is done, and the total."""


@attrs.frozen
class Added:
    """What an `add` did: editions that are new or changed, those that were already there, and the rows refused.

    `restored` holds the codes that had lost leading zeros, as the source's name, the printed code, and the code read;
    `members` says what became of each file, and of each member of a zip.
    """

    editions: tuple[Edition, ...]
    unchanged: tuple[Edition, ...]
    rows: int
    refused: tuple[tuple[str, Refused], ...]  #: each with its source's name
    restored: tuple[tuple[str, str, str], ...] = ()
    members: tuple[Member, ...] = ()


@renamed_keyword("programme", "program")
def add(
    files: Iterable[str | Path],
    to: str | Path,
    progress: Progress | None = None,
    *,
    program: str | None = None,
    table: str | None = None,
    effective: date | None = None,
) -> Added:
    """Adds official files to the store in directory `to`, which is created if needed. Raises `TableError`.

    `program`, `table`, and `effective` (an edition's first day) are for files that say so neither in their content
    nor in their name.
    """
    found = [survey(file, program=program, table=table, effective=effective) for file in files]
    added = add_readings((reading for one in found for reading in one.readings), to, progress)
    return attrs.evolve(added, members=tuple(member for one in found for member in one.members))


def add_readings(readings: Iterable[Reading], to: str | Path, progress: Progress | None = None) -> Added:
    """Adds what readers returned. Raises `TableError`; the store then stays as it was."""
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
    restored = {
        (reading.source, printed, read): None
        for reading in readings
        for printed, read in reading.account.restored.items()
    }
    for source, printed, read in restored:
        _log.info("%s: the code %s had lost leading zeros and was read as %s", source, printed, read)
    return Added(
        tuple(entry.edition for entry in changed),
        tuple(entry.edition for entry in before.entries if entry.key in given and entry in after.entries),
        sum(entry.rows for entry in changed),
        tuple((reading.source, refused) for reading in readings for refused in reading.refused),
        tuple(restored),
    )


def _swept(store: Path) -> Manifest:
    """The current manifest, after removing every file that it does not name."""
    manifest = read_manifest(store) if (store / NAME).exists() else Manifest(())
    directory.sweep(store, {NAME, *(entry.file for entry in manifest.entries)})
    return manifest


def _with(before: Manifest, readings: Sequence[Reading], store: Path, tell: Progress) -> Manifest:
    """The manifest after the packed files of these readings are written."""
    entries = {entry.key: entry for entry in before.entries}
    counted = _Counted(tell, len(readings))
    editions: dict[tuple[str, str, str], list[Reading]] = {}
    for reading in readings:
        editions.setdefault(_key(reading), []).append(reading)
    for done, (key, of_edition) in enumerate(sorted(editions.items())):
        tell("packing", done, len(editions))
        entries[key] = _edition(of_edition, entries.get(key), store, counted)
    tell("packing", len(editions), len(editions))
    return Manifest(tuple(entry for _, entry in sorted(entries.items())))


def _key(reading: Reading) -> tuple[str, str, str]:
    return reading.program, reading.table, reading.edition.name


class _Counted:
    """Reads readings one after another, and reports how many are done."""

    def __init__(self, tell: Progress, total: int) -> None:
        self._tell, self._done, self._total = tell, 0, total

    def read(self, reading: Reading) -> tuple[Source, Part]:
        self._tell("reading", self._done, self._total)
        given = building.read(reading)
        self.skip(1)
        return given

    def skip(self, readings: int) -> None:
        self._done += readings
        self._tell("reading", self._done, self._total)


def _edition(readings: Sequence[Reading], before: Entry | None, store: Path, counted: _Counted) -> Entry:
    """The entry of one edition with these readings added; the previous one if they add nothing new."""
    known = {} if before is None else {source.part: source for source in before.sources}
    if before is not None and all(_is_known(reading, known) for reading in readings):
        counted.skip(len(readings))
        return before
    given = _read(readings, counted)
    differing = sorted(part for part in given if part in known and known[part].digest != given[part][0].digest)
    refuse_contradictions(readings, before, given.keys(), differing)
    if before is not None and differing and not before.edition.partial:
        refuse_less(before, [given[part][0] for part in differing])
    notices = {reading.notice for reading in readings}
    if before is None or differing:
        return written(store, readings[0].edition, list(given.values()), notices)
    new = [one for part, one in given.items() if part not in known]
    if not new:
        return before
    held = building.part_of(before.kind, table_of(store, before))
    return written(store, readings[0].edition, new, {*notices, *before.notices}, (before.sources, held))


def _is_known(reading: Reading, known: dict[str, Source]) -> bool:
    part = reading.part or ""
    return part in known and known[part].sha256 == reading.sha256


def _read(readings: Sequence[Reading], counted: _Counted) -> dict[str, tuple[Source, Part]]:
    """The parts in the readings. The same rows in two files are one part; the first name counts."""
    given: dict[str, tuple[Source, Part]] = {}
    for reading in sorted(readings, key=lambda reading: (reading.source, reading.sha256)):
        source, part = counted.read(reading)
        first = given.setdefault(source.part, (source, part))[0]
        if first.digest != source.digest:
            reason = f"it holds other rows than {first.name} for the same edition and part; give one of the two"
            raise TableError(reason, file=source.name)
    return given
