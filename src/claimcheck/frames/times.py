"""The times that are one to a code: between two days on which what the tables say of it changes.

Tables change on many days, and each change is one of few codes. Two eras (see `claimcheck.frames.features`) are one
time to a code where the policy is the same in both, no pair of the NCCI changes between them, and each other table that
a rule may ask answers alike on both, of the code and of every modifier and place of service met so far. Where a list of
the user's own is loaded, or a table that is not known here, every era is a time of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import attrs
import polars as pl

from claimcheck.frames.features import Eras
from claimcheck.policies import Policy
from claimcheck.policies.parameters.ncci import Settings
from claimcheck.tables import Tables

__all__ = ["LOOKUPS", "Times"]

_PTP = ("ptp_practitioner", "ptp_outpatient_hospital", "ptp_dme")
_MUE = ("mue_practitioner", "mue_outpatient_hospital", "mue_dme")
_OF_CODES = ("category_ii", "fee_schedule", "hcpcs", "icd10cm", "opps", "service_group")

LOOKUPS = frozenset(
    {*_OF_CODES, "add_on", "code_list", "icd10pcs", "modifier", "mue", "place_of_service", "ptp_within"}
)
"""The questions to tables that are thought of here: all that a rule can ask."""

_TABLES = frozenset(
    {
        *(*_PTP, *_MUE, "add_on", "carc", "rarc", "category_ii", "fee_schedule", "hcpcs", "icd10cm", "icd10pcs"),
        *("modifier", "opps", "place_of_service", "service_group"),
    }
)


@attrs.define(eq=False)
class Times:
    """The times of the codes met so far, in the eras met so far."""

    tables: Tables
    policy: Policy
    eras: Eras
    _apart: bool = attrs.field(init=False)
    _of_pairs: tuple[date, ...] = attrs.field(init=False)
    _place: dict[int, int] = attrs.field(factory=dict, init=False)  # of each era met, its place among them
    _times: pl.Series = attrs.field(factory=lambda: pl.Series(dtype=pl.Int32), init=False)
    _diagnosis_times: pl.Series = attrs.field(factory=lambda: pl.Series(dtype=pl.Int32), init=False)
    _others: set[str] = attrs.field(factory=set, init=False)
    _asked: tuple[Any, ...] = attrs.field(default=(), init=False)

    def __attrs_post_init__(self) -> None:
        self._of_pairs = self.tables.boundaries_of(_PTP)
        self._apart = not {edition.table for edition in self.tables.editions} <= _TABLES

    def meet(self, eras: Iterable[int], codes: Iterable[str], others: Iterable[str], diagnoses: Iterable[str]) -> None:
        """Asks of these codes, in these eras and those met before. `others` are modifiers and places of service."""
        met = tuple(sorted({*self._place, *eras}))
        codes, diagnoses = list(codes), list(diagnoses)
        self._others |= {*others}
        asked = met, len(codes), len(self._others), len(diagnoses)
        if self._apart or asked == self._asked:
            return
        self._asked, others = asked, sorted(self._others)
        self._place = {era: place for place, era in enumerate(met)}
        days = [self.eras.a_day_of(era) for era in met]
        whole = [
            (self.policy.on(day), [self._of_other(text, day) for text in others], bisect_right(self._of_pairs, day))
            for day in days
        ]
        same = [False, *(one == other for one, other in pairwise(whole))]
        rows = [self._time(met, same, [self._of_code(code, day) for day in days]) for code in codes]
        self._times = _flat(rows)
        self._diagnosis_times = _flat(
            [self._time(met, same, [self.tables.icd10cm(text, day) for day in days]) for text in diagnoses]
        )

    def of_codes(self, codes: pl.Series, eras: pl.Series) -> pl.Series:
        """The time of each code in each era: the first era of it that was met. Of no code, the era itself."""
        return self._of(self._times, codes, eras)

    def of_diagnoses(self, codes: pl.Series, eras: pl.Series) -> pl.Series:
        """The same for diagnoses."""
        return self._of(self._diagnosis_times, codes, eras)

    def _of(self, times: pl.Series, codes: pl.Series, eras: pl.Series) -> pl.Series:
        if self._apart or not len(times):
            return eras
        place = eras.replace_strict(self._place, default=None, return_dtype=pl.Int64)
        at = codes.cast(pl.Int64) * len(self._place) + place
        known = (codes >= 0) & place.is_not_null()
        return times.gather(at.set(~known, 0)).zip_with(known, eras.cast(pl.Int32))

    def _time(self, met: tuple[int, ...], same: list[bool], answers: list[Any]) -> Iterator[int]:
        first = 0
        for place, era in enumerate(met):
            if not (place and same[place] and answers[place] == answers[place - 1]):
                first = era
            yield first

    def _of_code(self, code: str, day: date) -> tuple[Any, ...]:
        tables, programme = self.tables, self.policy.on(day)[Settings].programme
        found = [getattr(tables, name)(code, day) for name in _OF_CODES]
        return (*found, tables.add_on(code, day, programme), *(tables.mue(name, code, day, programme) for name in _MUE))

    def _of_other(self, text: str, day: date) -> tuple[Any, ...]:
        return self.tables.modifier(text, day), self.tables.place_of_service(text, day)


def _flat(rows: list[Iterator[int]]) -> pl.Series:
    return pl.Series([time for row in rows for time in row], dtype=pl.Int32)
