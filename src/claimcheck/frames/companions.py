"""Which lines of a claim may have a part in each other's verdicts, by their codes: more than do, and never fewer.

Lines of two codes are judged apart unless one of these holds, whatever their modifiers and providers:

- each is a CPT Category II code, or one that the policy names beside such (results, pairs, incentives, limits);

or, where they lie on one day,

- the codes are the same (duplicates, medically unlikely edits of a day);
- they are an NCCI pair, in either direction;
- one is an add-on code, and the other among its primaries;
- one has a status on the fee schedule by which it is not paid beside others.

Where a table of pairs does not cover the day, every line is one that a rule must leave open beside others; and on the
claim of a facility the bill is judged as a whole. There all lines belong together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import polars as pl

from claimcheck.claims import code_fields, reading
from claimcheck.codes.procedure import text_of
from claimcheck.frames.answers import Answers
from claimcheck.frames.features import Eras
from claimcheck.frames.pairs import Pairs
from claimcheck.frames.plain import MUE_TABLES, PlainUnits
from claimcheck.policies import CodeSpans, Policy
from claimcheck.policies.parameters import category_ii
from claimcheck.policies.parameters.category_ii import Incentives, Results
from claimcheck.policies.parameters.coverage import FeeScheduleStatus
from claimcheck.policies.parameters.facility import Observation
from claimcheck.policies.parameters.frequency import Limits
from claimcheck.tables import Found, Tables

__all__ = ["Codes", "Companions", "code_of"]


def code_of(cell: Any) -> str | None:
    """The procedure code that a cell spells, however it is qualified; None where it spells none.

    >>> code_of("99213"), code_of(99213), code_of("99213-25"), code_of("no code")
    ('99213', '99213', '99213', None)
    """
    read = reading.value_of(code_fields.procedure_code(cell))
    return text_of(read) if isinstance(read, str) else None


class Codes:
    """The procedure codes met so far, numbered; -1 for what is none."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, cell: Any) -> int:
        code = code_of(cell)
        return -1 if code is None else self.numbers.setdefault(code, len(self.numbers))


class Companions:
    """What the tables and the policy say of the codes met so far, on the eras met so far."""

    def __init__(self, tables: Tables, policy: Policy, eras: Eras, plain_units: PlainUnits | None = None) -> None:
        self.eras = eras
        self.codes = Codes()
        self.beside_all = pl.Series(dtype=pl.Boolean)
        self.named = pl.Series(dtype=pl.Boolean)
        self.open_eras: frozenset[int] = frozenset()
        self.most_units = pl.Series(dtype=pl.Int32)
        self._met: set[int] = set()
        self._spans = list(_named(policy))
        self._pairs = Pairs(tables, policy)

        def changing(*names: str) -> Iterable[date]:
            return (*tables.boundaries_of(names), *policy.boundaries)

        def is_paid_alone(code: str, day: date) -> bool:
            answer = tables.fee_schedule(code, day)
            return isinstance(answer, Found) and answer.value.status in policy.on(day)[FeeScheduleStatus].conditional

        def most(code: str, day: date) -> int:
            return 0 if plain_units is None else plain_units.most(code, [day])

        self._paid_alone = Answers(changing("fee_schedule"), is_paid_alone)
        self._many = 0 if plain_units is None else plain_units.most("", [])
        self._units = Answers(changing(*MUE_TABLES), most)

    def meet(self, eras: Iterable[int | None]) -> None:
        """Asks of all codes met so far, and of these eras, where one of either is new."""
        new = {era for era in eras if era is not None} - self._met
        if not new and len(self.named) == len(self.codes.numbers):
            return
        self._met |= new
        codes, days = list(self.codes.numbers), [self.eras.a_day_of(era) for era in sorted(new)]
        for answers in (self._paid_alone, self._units):
            answers.meet(days)
        self._pairs.meet(days, codes)
        self.open_eras = frozenset(era for era in self._met if self._pairs.is_open(self.eras.a_day_of(era)))
        never = [[False] * len(codes)], [[self._many] * len(codes)]  # where no line has a day
        self.beside_all = _over_times(self._paid_alone.ever(codes) or never[0], any, pl.Boolean)
        self.most_units = _over_times(self._units.ever(codes) or never[1], min, pl.Int32)
        of_new = [_is_named(code, self._spans) for code in codes[len(self.named) :]]
        self.named = pl.concat([self.named, pl.Series(of_new, dtype=pl.Boolean)])

    def together(self, one: pl.Series, other: pl.Series, same_day: pl.Series) -> pl.Series:
        """Whether lines of these codes, given by their numbers, belong together; `same_day`: lie on one day."""
        alone = self.beside_all.gather(one) | self.beside_all.gather(other)
        together: pl.Series = (self._pairs.are(one, other) | (one == other) | alone) & same_day
        return together | (self.named.gather(one) & self.named.gather(other))


def _over_times(answers: list[list[Any]], of_all: Callable[[Iterable[Any]], Any], dtype: Any) -> pl.Series:
    return pl.Series([of_all(of_code) for of_code in zip(*answers, strict=True)], dtype=dtype)


def _is_named(code: str, spans: list[CodeSpans]) -> bool:
    return code.endswith("F") or any(code in some for some in spans)


def _named(policy: Policy) -> Iterator[CodeSpans]:
    """The codes that the policy names beside others, whenever it does."""
    for value in _values(policy, Results):
        yield CodeSpans.of(code for group in value.groups for code in group.codes)
    for value in _values(policy, category_ii.Pairs):
        yield from (half for pair in value.pairs for half in (pair.one, pair.other))
    for value in _values(policy, Incentives):
        yield from (value.visits, *(entry.codes for entry in value.listed))
    for value in _values(policy, Limits):
        yield from (limit.codes for limit in value.limits)
    for value in _values(policy, Observation):
        yield from (value.hours, value.direct)


def _values(policy: Policy, parameter: type[Any]) -> Iterator[Any]:
    return (entry.value for entry in policy.parameters.get(parameter, ()))
