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

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import attrs

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
from claimcheck.tables.loaded import MEDICARE, LoadedTables
from claimcheck.tables.lookup import Lookup, NotCovered, Reason
from claimcheck.tables.ncci_answers import AddOn, Mue, PairsWithin, PtpEdit, TablePair
from claimcheck.tables.shelf import Allowances

__all__ = ["MEDICARE", "PTP", "Tables"]

PTP = ("ptp_practitioner", "ptp_outpatient_hospital", "ptp_dme")
"""The tables of NCCI pairs."""


@attrs.frozen(repr=False)
class Tables(LoadedTables):
    """The published tables. Cheap to copy, to share, and to send to another process (by the store's path).

    Every lookup returns `Found`, `Absent`, or `NotCovered`. `Tables.starter()` has the small tables in the package;
    `Tables.open(path)` the official ones of a store, with the starter tables where the store has none.
    """

    # ------------------------------------------------------------------ NCCI

    @renamed_keyword("programme", "program")
    def ptp(self, table: str, column_one: str, column_two: str, on: date, program: str = MEDICARE) -> Lookup[PtpEdit]:
        """The procedure-to-procedure edit in this one direction. `table`: "ptp_practitioner" or another PTP table."""
        found: Lookup[PtpEdit] = NotCovered(Reason.NO_TABLE, table)
        for shelf in self.shelves(table, program):
            if isinstance(found, NotCovered):
                answer = asking.pair(shelf, column_one, column_two, on, self._allowances)
                found = asking.first_that_says(found, answer)
        return found

    @renamed_keyword("programme", "program")
    def ptp_within(self, table: str, codes: Iterable[str], on: date, program: str = MEDICARE) -> PairsWithin:
        """All edits in force on the day between two different codes of the set, in one call."""
        distinct = sorted(set(codes))
        first: PairsWithin | None = None
        for shelf in self.shelves(table, program):
            answer = asking.pairs_within(shelf, distinct, on, self._allowances)
            if answer.not_covered is None:
                return answer
            first = first or answer
        return first or PairsWithin((), NotCovered(Reason.NO_TABLE, table), None)

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

    def describe(self, code: str, on: date) -> dict[str, Lookup[Any]]:
        """Everything the tables have for a code on a day, by table: for `explain` and notebooks.

        Tables that never list such codes are left out, and so are absences, except for the code's own table.
        """
        tables = (table for table, known in declared.DECLARED.items() if known.described)
        return {table: self._record(table, code, on) for table in tables if declared.may_hold(table, code)}

    def __reduce__(self) -> tuple[Callable[..., Tables], tuple[Path | None, Allowances]]:
        return _reopened, (self.path, self._allowances)

    def _record(self, table: str, code: str, on: date, program: str = MEDICARE) -> Lookup[Any]:
        layers = self._layers.get((table, program)) or self.layers(table, program)
        return asking.by_layers(layers, code, on, self._allowances)


def _reopened(path: Path | None, allowances: Allowances) -> Tables:
    tables = Tables.starter() if path is None else Tables.open(path)
    return attrs.evolve(tables, allowances=allowances)
