"""Values that are alike to all rules, which have nothing to say of them: common places of service, common units.

What such a value is, is told from what the rules that read the field do with it: `READERS` names them. Where another
rule declares to read the field, no value is plain.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from claimcheck.claims import reading
from claimcheck.codes import place_of_service
from claimcheck.errors import CodeError
from claimcheck.policies import Policy
from claimcheck.policies.parameters.coverage import FeeScheduleStatus
from claimcheck.policies.parameters.ncci import Settings
from claimcheck.rules.rule import Rule, Scope
from claimcheck.tables import Found, Tables

__all__ = ["MUE_TABLES", "READERS", "PlainPlaces", "PlainUnits", "whole_units"]

READERS = {
    "place_of_service": frozenset({"COD401", "COV101"}),
    "units": frozenset({"STR301", "STR405", "CAT202", "COD304", "FAC203", "FAC208"}),
}
"""The line rules that read a field. Rules of several lines are those that `claimcheck.frames.irregular` knows."""

MUE_TABLES = ("mue_practitioner", "mue_outpatient_hospital", "mue_dme")
_MANY = 10**6


def is_read_by_others(rules: Iterable[Rule], field: str) -> bool:
    """Whether a line rule that is not thought of here reads the field."""
    return any(rule.scope is Scope.LINE and field in rule.reads and rule.id not in READERS[field] for rule in rules)


class PlainPlaces:
    """Numbers places of service: 0 a missing one, 1 a plain one, and a number for each other."""

    def __init__(self, rules: Iterable[Rule], tables: Tables, policy: Policy) -> None:
        self._none = is_read_by_others(rules, "place_of_service")
        self._tables = tables
        supplied = (entry.value.supplied_at for entry in policy.parameters.get(FeeScheduleStatus, ()))
        self._supplied = frozenset(text for some in supplied for text in some)
        self._days: set[date] = set()
        self._others: dict[Any, int] = {}
        self.met: set[str] = set()

    def meet(self, days: Iterable[date]) -> None:
        """Takes note of the days on which lines are judged."""
        self._days |= {*days}

    def numbers(self, texts: pl.Series) -> pl.Series:
        """The number of each text."""
        distinct = texts.unique().drop_nulls()
        numbers = {text: self._number(text) for text in distinct.to_list()}
        return (
            texts.replace_strict(numbers, default=0, return_dtype=pl.Int32).fill_null(0)
            if numbers
            else texts.is_null().cast(pl.Int32) * 0
        )

    def _number(self, text: str) -> int:
        self.met.add(text)
        return 1 if not self._none and self._is_plain(text) else self._others.setdefault(text, len(self._others) + 2)

    def is_plain(self, text: str) -> bool:
        """Whether the place is plain, as far as the days of which note was taken."""
        return self._number(text) == 1

    def _is_plain(self, text: str) -> bool:
        try:
            code = place_of_service.parse(text).text
        except CodeError:
            return False
        answers = [self._tables.place_of_service(code, day) for day in self._days]
        return code not in self._supplied and all(isinstance(held, Found) and held.value.active for held in answers)


class PlainUnits:
    """Which units are plain: whole, from 1 to the most that are likely of the code. One unit is not as several are."""

    def __init__(self, rules: Iterable[Rule], tables: Tables, policy: Policy) -> None:
        self._none = is_read_by_others(rules, "units")
        self._tables, self._policy = tables, policy

    def most(self, code: str, days: Iterable[date]) -> int:
        """The most units of the code that are plain on each of the days."""
        if self._none:
            return 0
        answers = (
            self._tables.mue(name, code, day, self._policy.on(day)[Settings].programme)
            for name in MUE_TABLES
            for day in days
        )
        return min((int(held.value.value) for held in answers if isinstance(held, Found)), default=_MANY)


def whole_units(cell: Any) -> int:
    """The units where they are whole, from 1 to a million; else 0."""
    read = reading.amount(cell)
    if not isinstance(read, Decimal) or not 1 <= read <= _MANY or read != read.to_integral_value():
        return 0
    return int(read)
