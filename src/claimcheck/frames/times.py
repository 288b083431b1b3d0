"""The times that are one to a code: between two days on which what the tables say of it changes.

Tables change on many days, and each change is one of few codes. Two eras (see `claimcheck.frames.features`) are one
time to a code where the policy is the same in both, no pair of the NCCI changes between them, and each other table that
a rule may ask answers alike on both, of the code and of every modifier and place of service met so far. To a diagnosis
they are one where policy and diagnosis table are alike: no rule of diagnoses asks another. Where a list of the user's
own is loaded, or a table that is not known here, every era is a time of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl

from claimcheck.frames.answers import Answers
from claimcheck.frames.features import Eras
from claimcheck.policies import Policy
from claimcheck.policies.parameters.ncci import Settings
from claimcheck.tables import PTP, Tables

__all__ = ["LOOKUPS", "Times"]

_MUE = ("mue_practitioner", "mue_outpatient_hospital", "mue_dme")
_OF_CODES = ("fee_schedule", "hcpcs", "icd10cm", "opps", "service_group")

LOOKUPS = frozenset(
    {*_OF_CODES, "category_ii", "add_on", "code_list", "icd10pcs", "modifier", "mue", "place_of_service", "ptp_within"}
)
"""The questions to tables that are thought of here: all that a rule can ask."""

_TABLES = frozenset(
    {
        *(*PTP, *_MUE, "add_on", "carc", "rarc", "category_ii", "fee_schedule", "hcpcs", "icd10cm", "icd10pcs"),
        *("modifier", "opps", "place_of_service", "service_group"),
    }
)


class Times:
    """The times of the codes met so far, in the eras met so far."""

    def __init__(self, tables: Tables, policy: Policy, eras: Eras) -> None:
        self._eras, self._policy = eras, policy
        self._apart = not {edition.table for edition in tables.editions} <= _TABLES
        self._of_pairs = tables.boundaries_of(PTP)
        self._place: dict[int, int] = {}  # of each era met, its place among them
        self._times = self._diagnosis_times = pl.Series(dtype=pl.Int32)
        self._others: dict[str, None] = {}  # in the order in which they were met
        self._asked: tuple[Any, ...] = ()

        def asked(question: Callable[..., Any], *names: str) -> Answers[Any]:
            return Answers((*tables.boundaries_of(names), *policy.boundaries), question)

        def of_programme(question: Callable[..., Any], *given: str) -> Callable[[str, date], Any]:
            return lambda code, day: question(*given, code, day, programme=policy.on(day)[Settings].programme)

        self._of_codes = [
            *(asked(getattr(tables, name), name) for name in _OF_CODES if name != "opps"),
            asked(tables.opps, "opps", "outpatient_procedure"),
            asked(tables.category_ii, "category_ii", "fee_schedule"),
            asked(of_programme(tables.add_on), "add_on"),
            *(asked(of_programme(tables.mue, name), name) for name in _MUE),
        ]
        self._of_diagnoses = [asked(tables.icd10cm, "icd10cm")]
        self._of_others = [
            asked(tables.modifier, "modifier"),
            asked(tables.place_of_service, "place_of_service"),
        ]

    def meet(self, eras: Iterable[int], codes: Iterable[str], others: Iterable[str], diagnoses: Iterable[str]) -> None:
        """Asks of these codes, in these eras and those met before. `others` are modifiers and places of service."""
        met = tuple(sorted({*self._place, *eras}))
        codes, diagnoses = list(codes), list(diagnoses)
        self._others |= dict.fromkeys(sorted({*others} - self._others.keys()))
        asked = met, len(codes), len(self._others), len(diagnoses)
        if self._apart or asked == self._asked:
            return
        self._asked = asked
        self._place = {era: place for place, era in enumerate(met)}
        days = [self._eras.a_day_of(era) for era in met]
        for answers in (*self._of_codes, *self._of_diagnoses, *self._of_others):
            answers.meet(days)
        policies = [True, *(self._policy.on(one) != self._policy.on(other) for one, other in pairwise(days))]
        rest = [True, *(self._others_change(one, other) for one, other in pairwise(days))]
        begins = [one or other for one, other in zip(policies, rest, strict=True)]
        self._times = _times(met, begins, _changes(self._of_codes, days, codes), len(codes))
        self._diagnosis_times = _times(met, policies, _changes(self._of_diagnoses, days, diagnoses), len(diagnoses))

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
        at = place * (len(times) // len(self._place)) + codes.cast(pl.Int64)
        known = (codes >= 0) & place.is_not_null()
        return times.gather(at.set(~known, 0)).zip_with(known, eras.cast(pl.Int32))

    def _others_change(self, one: date, other: date) -> bool:
        """Whether pairs of the NCCI, or what tables say of modifiers and places, change between the two days."""
        others = list(self._others)
        return bisect_right(self._of_pairs, one) != bisect_right(self._of_pairs, other) or any(
            answers.changes(one, other, others) is not None for answers in self._of_others
        )


def _changes(questions: list[Answers[Any]], days: list[date], codes: list[str]) -> Iterator[pl.Series | None]:
    """For each day, of which codes any of the answers changes from the day before; None where that is of none."""
    yield None
    for one, other in pairwise(days):
        found = [changed for answers in questions if (changed := answers.changes(one, other, codes)) is not None]
        columns = [pl.Series(str(place), changed, dtype=pl.Boolean) for place, changed in enumerate(found)]
        yield pl.DataFrame(columns).select(pl.any_horizontal(pl.all())).to_series() if columns else None


def _times(met: tuple[int, ...], begins: list[bool], changes: Iterable[pl.Series | None], codes: int) -> pl.Series:
    """The times of so many codes in the first era, then in the second, and so on."""
    if not met:
        return pl.Series(dtype=pl.Int32)
    found: list[pl.Series] = []
    for era, all_begin, changed in zip(met, begins, changes, strict=True):
        own = pl.repeat(era, codes, dtype=pl.Int32, eager=True)
        if all_begin:
            found.append(own)
        else:
            found.append(found[-1] if changed is None else own.zip_with(changed, found[-1]))
    return pl.concat(found)
