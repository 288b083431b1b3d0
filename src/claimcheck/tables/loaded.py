"""Which editions of the tables are loaded, and when their answers may change."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

import attrs

from claimcheck.log import log
from claimcheck.tables import as_of, asking, declared, starter
from claimcheck.tables.lookup import Edition
from claimcheck.tables.shelf import Allowances, Shelf, shelved

__all__ = ["MEDICARE", "LoadedTables"]

MEDICARE = starter.PROGRAM
_EDITOR = "outpatient_procedure"
_ON_SCHEDULE = "fee_schedule", as_of.category_ii_on_schedule
_NO_SHELVES: Mapping[tuple[str, str], Shelf[Any]] = MappingProxyType({})


@attrs.frozen(repr=False)
class LoadedTables:
    """The editions of a store and of the starter tables, before anything is looked up in them."""

    path: Path | None = None
    _shelves: Mapping[tuple[str, str], Shelf[Any]] = attrs.field(default=_NO_SHELVES, eq=False)
    _allowances: Allowances = attrs.field(factory=Allowances)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """The tables of a store, with the starter tables where the store has none. Raises `TableError`."""
        from claimcheck.tables.store import opening  # reading official files is not imported with the package

        store = Path(path).resolve()
        tables = cls(store, shelved(opening.volumes(store)))
        log.debug("tables opened: %d editions, with those of the starter tables", len(tables.editions))
        return tables

    @classmethod
    def starter(cls) -> Self:
        """The starter tables alone."""
        return cls()

    def allowing(self, *, approximate_history: bool = False, staleness_days: int = 0) -> Self:
        """A view that also answers beyond an edition's exact range, with `exact=False`.

        `approximate_history`: for earlier dates and gaps, from the next edition. `staleness_days`: for that many days
        after the newest edition's last exact day.
        """
        return attrs.evolve(self, allowances=Allowances(approximate_history, staleness_days))

    @property
    def allowances(self) -> Allowances:
        """How far beyond its exact range an edition is asked."""
        return self._allowances

    @property
    def editions(self) -> tuple[Edition, ...]:
        """Every edition that may answer, by program, table, and first exact day."""
        loaded = [volume.edition for shelf in self._shelves.values() for volume in shelf.volumes]
        loaded += map(starter.edition, starter.TABLES)
        return tuple(sorted(loaded, key=lambda e: (e.program, e.table, e.exact_from, e.name)))

    @cached_property
    def digest(self) -> str:
        """A hash of everything in the tables: two `Tables` with one digest give the same answers."""
        from claimcheck.tables.store.manifest import NAME

        held = hashlib.sha256(starter.digest().encode())
        if self.path is not None:
            held.update((self.path / NAME).read_bytes())
        held.update(repr(self._allowances).encode())
        return held.hexdigest()

    @cached_property
    def boundaries(self) -> tuple[date, ...]:
        """The dates, in order, on which any table's answers may change: between two of them none does."""
        return self.boundaries_of(self.boundaries_by_table)

    def boundaries_of(self, tables: Container[str]) -> tuple[date, ...]:
        """The dates, in order, on which answers of one of these tables may change."""
        by_table = self.boundaries_by_table
        return tuple(sorted({day for table, days in by_table.items() if table in tables for day in days}))

    @cached_property
    def boundaries_by_table(self) -> Mapping[str, tuple[date, ...]]:
        """The dates, in order, on which answers of each table may change."""
        found: dict[str, set[date]] = {}
        for edition, own in self._editions_and_days():
            days = found.setdefault(edition.table, set())
            days |= {edition.exact_from, _next(edition.exact_through)}
            days |= {declared.remembers_from(edition.table, edition.exact_from)} - {date.min}
            days.add(_next(edition.exact_through, 1 + self._allowances.staleness_days))
            for day in own:
                days |= {day, _next(day)}
        return {table: tuple(sorted(days)) for table, days in found.items()}

    def shelves(self, table: str, program: str = MEDICARE) -> tuple[Shelf[Any], ...]:
        """The editions of a table to ask: the store's and, for Medicare's tables, then the starter's."""
        second = starter.shelf(table) if program == MEDICARE else None
        return tuple(filter(None, (self._shelf(program, table), second)))

    def layers(self, table: str, program: str = MEDICARE) -> tuple[asking.Layer, ...]:
        """What to ask for a code: the store's editions of the table and, for Medicare's, then the starter's.

        A Category II code is one on the fee schedule; the starter table has those of earlier years. The status
        indicator of a code is also in the outpatient code editor's own table.
        """
        held = self._layers.get((table, program))
        if held is None:
            asked, say = _ON_SCHEDULE if table == "category_ii" else (table, declared.of(table).say)
            held = (asking.Layer(asked, self._shelf(program, asked), say),)
            if program == MEDICARE:
                held += (asking.Layer(table, starter.shelf(table), declared.of(table).say),)
            editor = self._shelf(program, _EDITOR) if table == "opps" else None
            if editor is not None:
                held += (asking.Layer(_EDITOR, editor, as_of.opps_of_editor),)
            self._layers[table, program] = held
        return held

    def shelf(self, table: str, program: str = MEDICARE) -> Shelf[Any] | None:
        """The store's editions of a table, without the starter table; None if it has none."""
        return self._shelf(program, table)

    def __repr__(self) -> str:
        return f"<Tables of {self.path or 'the starter'}: {len(self.editions)} editions>"

    def _repr_html_(self) -> str:
        from claimcheck.markup import block, table

        rows = [(edition.table, str(edition), edition.exact_from, edition.exact_through) for edition in self.editions]
        return block(repr(self), table(("table", "edition", "exact from", "through"), rows))

    @cached_property
    def _layers(self) -> dict[tuple[str, str], tuple[asking.Layer, ...]]:
        """For the tables asked so far."""
        return {}

    def _shelf(self, program: str, table: str) -> Shelf[Any] | None:
        return self._shelves.get((program, table))

    def _editions_and_days(self) -> Iterator[tuple[Edition, Iterable[date]]]:
        """Every edition, and the days on which something in it begins or ends."""
        for shelf in self._shelves.values():
            yield from ((volume.edition, volume.table.days()) for volume in shelf.volumes)
        yield from ((starter.edition(table), starter.days(table)) for table in starter.TABLES)


def _next(day: date, days: int = 1) -> date:
    return day + timedelta(days) if (date.max - day).days >= days else date.max
