"""The published tables, looked up as of a date.

>>> tables = Tables.starter()
>>> tables.ptp("ptp_practitioner", "20610", "99213", date(2024, 7, 15)).value.indicator
1
>>> print(tables.ptp("ptp_practitioner", "99213", "20610", date(2024, 7, 15)).edition)  # absent in this direction
medicare ptp_practitioner 2024-07-01 (starter)

A table never guesses: for a pair that the starter tables lack, or a date that no edition covers, it says so.

>>> tables.ptp("ptp_practitioner", "99214", "11102", date(2024, 7, 15))
NotCovered(reason=<Reason.STARTER_TABLE: 'starter_table'>, table='ptp_practitioner')
>>> tables.mue("mue_practitioner", "97110", date(2025, 1, 2))
NotCovered(reason=<Reason.STALE: 'stale'>, table='mue_practitioner')
>>> answer = tables.allowing(staleness_days=180).mue("mue_practitioner", "97110", date(2025, 1, 2))
>>> answer.value.value, answer.exact
(6, False)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from claimcheck.log import log
from claimcheck.renamed import renamed_keyword
from claimcheck.tables import as_of, asking, declared, ncci_as_of, starter
from claimcheck.tables.answers import (
    Carc,
    CategoryII,
    CodeListEntry,
    DiagnosisCode,
    FeeSchedule,
    HcpcsCode,
    Opps,
    PlaceOfService,
    Rarc,
    ServiceGroup,
)
from claimcheck.tables.lookup import Edition, Lookup, NotCovered, Reason
from claimcheck.tables.ncci_answers import AddOn, Mue, PairsWithin, PtpEdit, TablePair
from claimcheck.tables.shelf import Allowances, Shelf, shelved

__all__ = ["MEDICARE", "PTP", "Tables"]

MEDICARE = starter.PROGRAM
PTP = ("ptp_practitioner", "ptp_outpatient_hospital", "ptp_dme")
"""The tables of NCCI pairs."""
_EDITOR = "outpatient_procedure"
_ON_SCHEDULE = "fee_schedule", as_of.category_ii_on_schedule
_NO_SHELVES: Mapping[tuple[str, str], Shelf[Any]] = MappingProxyType({})


@attrs.frozen(repr=False)
class Tables:
    """The published tables. Cheap to copy, to share, and to send to another process (by the store's path).

    Every lookup returns `Found`, `Absent`, or `NotCovered`. `Tables.starter()` has the small tables in the package;
    `Tables.open(path)` the official ones of a store, with the starter tables where the store has none.
    """

    path: Path | None = None
    _shelves: Mapping[tuple[str, str], Shelf[Any]] = attrs.field(default=_NO_SHELVES, eq=False)
    _allowances: Allowances = attrs.field(factory=Allowances)

    @classmethod
    def open(cls, path: str | Path) -> Tables:
        """The tables of a store, with the starter tables where the store has none. Raises `TableError`."""
        from claimcheck.tables.store import opening  # reading official files is not imported with the package

        store = Path(path).resolve()
        tables = cls(store, shelved(opening.volumes(store)))
        log.debug("tables opened: %d editions, with those of the starter tables", len(tables.editions))
        return tables

    @classmethod
    def starter(cls) -> Tables:
        """The starter tables alone."""
        return cls()

    def allowing(self, *, approximate_history: bool = False, staleness_days: int = 0) -> Tables:
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

    # ------------------------------------------------------------------ NCCI

    @renamed_keyword("programme", "program")
    def ptp(self, table: str, column_one: str, column_two: str, on: date, program: str = MEDICARE) -> Lookup[PtpEdit]:
        """The procedure-to-procedure edit in this one direction. `table`: "ptp_practitioner" or another PTP table."""
        shelf = self._shelf(program, table)
        store = asking.pair(shelf, column_one, column_two, on, self._allowances) if shelf else _none(table)
        if not isinstance(store, NotCovered):
            return store
        second = starter.shelf(table) if program == MEDICARE else None
        return asking.first_that_says(
            store, asking.pair(second, column_one, column_two, on, self._allowances) if second else store
        )

    @renamed_keyword("programme", "program")
    def ptp_within(self, table: str, codes: Iterable[str], on: date, program: str = MEDICARE) -> PairsWithin:
        """All edits in force on the day between two different codes of the set, in one call."""
        distinct = sorted(set(codes))
        shelf = self._shelf(program, table)
        store = asking.pairs_within(shelf, distinct, on, self._allowances) if shelf else None
        second = starter.shelf(table) if program == MEDICARE else None
        if second is not None and (store is None or store.not_covered is not None):
            answer = asking.pairs_within(second, distinct, on, self._allowances)
            if store is None or answer.not_covered is None:
                return answer
        return store or PairsWithin((), _none(table), None)

    def pairs(self, code: str, on: date | None = None) -> tuple[TablePair, ...]:
        """Every PTP row with the code in either column, from every table and edition; for notebooks.

        With a day, only the rows in force on it. Scans whole tables: milliseconds, not microseconds.
        """
        shelves = [shelf for (_, table), shelf in sorted(self._shelves.items()) if table in PTP]
        shelves = shelves or [shelf for shelf in map(starter.shelf, PTP) if shelf]
        return tuple(
            TablePair(volume.edition, edit)
            for shelf in shelves
            for volume in shelf.volumes
            for edit in volume.table.rows_of(code)
            if on is None or ncci_as_of.ptp_is_in_force(edit, on)
        )

    @renamed_keyword("programme", "program")
    def mue(self, table: str, code: str, on: date, program: str = MEDICARE) -> Lookup[Mue]:
        """The medically unlikely edit. Absent: none is published, though there may be an unpublished one."""
        return self._record(table, code, on, program)

    @renamed_keyword("programme", "program")
    def add_on(self, code: str, on: date, program: str = MEDICARE) -> Lookup[AddOn]:
        """The primaries of an add-on code. Absent: it is not an add-on code."""
        return self._record("add_on", code, on, program)

    # ------------------------------------------------------------------ codes

    def hcpcs(self, code: str, on: date) -> Lookup[HcpcsCode]:
        """A HCPCS Level II code, active or not. Absent: never listed, or ended and dropped years ago."""
        return self._record("hcpcs", code, on)

    def modifier(self, code: str, on: date) -> Lookup[HcpcsCode]:
        """A modifier, active or not. Absent: never listed, or ended and dropped years ago."""
        return self._record("modifier", code, on)

    def icd10cm(self, code: str, on: date) -> Lookup[DiagnosisCode]:
        """A diagnosis code, in uppercase without dot."""
        return self._record("icd10cm", code, on)

    def icd10pcs(self, code: str, on: date) -> Lookup[DiagnosisCode]:
        """An inpatient procedure code, in uppercase."""
        return self._record("icd10pcs", code, on)

    def category_ii(self, code: str, on: date) -> Lookup[CategoryII]:
        """A CPT Category II code, from the fee schedule if one is loaded for the day."""
        return self._record("category_ii", code, on)

    def service_group(self, code: str, on: date) -> Lookup[ServiceGroup]:
        """The codes that report the same service. Absent: the code is a service of its own."""
        return self._record("service_group", code, on)

    def place_of_service(self, code: str, on: date) -> Lookup[PlaceOfService]:
        """An assigned place of service code."""
        return self._record("place_of_service", code, on)

    def code_list(self, name: str, code: str, on: date) -> Lookup[CodeListEntry]:
        """The entry for a code in the user's own list of that name: "age_sex", "manifestation", "revenue_code", ..."""
        return self._record(name, code, on)

    def has_code_list(self, name: str) -> bool:
        """Whether a list of that name is loaded at all, for any dates; the starter tables do not count.

        >>> Tables.starter().has_code_list("age_sex")
        False
        """
        return self._shelf(MEDICARE, name) is not None

    # ------------------------------------------------------------------ payment and remittance

    def fee_schedule(self, code: str, on: date, component: str = "") -> Lookup[FeeSchedule]:
        """The Medicare physician fee schedule's entry for a CPT code. Absent: the code is not active.

        With a `component` (modifier 26, TC, or 53), the code's row with that modifier, whose status may differ; if
        there is none, the code's own.
        """
        layers = self.layers("fee_schedule")
        if component:
            layers = tuple([layer._replace(say=partial(as_of.fee_schedule, component=component)) for layer in layers])
        return asking.by_layers(layers, code, on, self._allowances)

    def opps(self, code: str, on: date) -> Lookup[Opps]:
        """The status indicator of a code under the outpatient prospective payment system.

        From Addendum B, or for dates it does not cover, from the outpatient code editor's own table.
        """
        return self._record("opps", code, on)

    def carc(self, code: str, on: date) -> Lookup[Carc]:
        """A claim adjustment reason code, usable or not."""
        return self._record("carc", code, on)

    def rarc(self, code: str, on: date) -> Lookup[Rarc]:
        """A remittance advice remark code, usable or not."""
        return self._record("rarc", code, on)

    # ------------------------------------------------------------------ for many codes at once

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

    # ------------------------------------------------------------------ for people

    def describe(self, code: str, on: date) -> dict[str, Lookup[Any]]:
        """Everything the tables have for a code on a day, by table: for `explain` and notebooks.

        Tables that never list such codes are left out, and so are absences, except for the code's own table.
        """
        tables = (table for table, known in declared.DECLARED.items() if known.described)
        return {table: self._record(table, code, on) for table in tables if declared.may_hold(table, code)}

    def __repr__(self) -> str:
        return f"<Tables of {self.path or 'the starter'}: {len(self.editions)} editions>"

    def _repr_html_(self) -> str:
        from claimcheck.markup import block, table

        rows = [(edition.table, str(edition), edition.exact_from, edition.exact_through) for edition in self.editions]
        return block(repr(self), table(("table", "edition", "exact from", "through"), rows))

    def __reduce__(self) -> tuple[Callable[..., Tables], tuple[Path | None, Allowances]]:
        return _reopened, (self.path, self._allowances)

    def shelf(self, table: str, program: str = MEDICARE) -> Shelf[Any] | None:
        """The store's editions of a table, without the starter table; None if it has none."""
        return self._shelf(program, table)

    # ------------------------------------------------------------------ inside

    def _record(self, table: str, code: str, on: date, program: str = MEDICARE) -> Lookup[Any]:
        layers = self._layers.get((table, program)) or self.layers(table, program)
        return asking.by_layers(layers, code, on, self._allowances)

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


def _reopened(path: Path | None, allowances: Allowances) -> Tables:
    tables = Tables.starter() if path is None else Tables.open(path)
    return attrs.evolve(tables, allowances=allowances)


def _none(table: str) -> NotCovered:
    return NotCovered(Reason.NO_TABLE, table)


def _next(day: date, days: int = 1) -> date:
    return day + timedelta(days) if (date.max - day).days >= days else date.max
