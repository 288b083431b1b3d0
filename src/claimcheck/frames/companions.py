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

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
import polars as pl

from claimcheck.codes import parse_procedure
from claimcheck.errors import CodeError
from claimcheck.frames.features import Eras
from claimcheck.frames.plain import PlainUnits
from claimcheck.policies import CodeSpans, Policy
from claimcheck.policies.parameters.category_ii import Incentives, Pairs, Results
from claimcheck.policies.parameters.coverage import FeeScheduleStatus
from claimcheck.policies.parameters.facility import Observation
from claimcheck.policies.parameters.frequency import Limits
from claimcheck.policies.parameters.ncci import AddOnCodes, ProcedureToProcedure, Settings
from claimcheck.tables import Found, Tables

__all__ = ["Codes", "Companions", "code_of"]

TABLE = "ptp_practitioner"
_SHIFT = 32


def code_of(cell: Any) -> str | None:
    """The procedure code that a cell spells, however it is qualified; None where it spells none.

    >>> code_of("99213"), code_of("no code")
    ('99213', None)
    """
    try:
        return parse_procedure(cell).text
    except CodeError:
        return None


class Codes:
    """The procedure codes met so far, numbered; -1 for what is none."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, cell: Any) -> int:
        code = code_of(cell)
        return -1 if code is None else self.numbers.setdefault(code, len(self.numbers))


@attrs.define(eq=False)
class Companions:
    """What the tables and the policy say of the codes met so far, on the eras met so far."""

    tables: Tables
    policy: Policy
    eras: Eras
    codes: Codes = attrs.field(factory=Codes)
    beside_all: pl.Series = attrs.field(factory=lambda: pl.Series(dtype=pl.Boolean))
    named: pl.Series = attrs.field(factory=lambda: pl.Series(dtype=pl.Boolean))
    open_eras: frozenset[int] = frozenset()
    most_units: pl.Series = attrs.field(factory=lambda: pl.Series(dtype=pl.Int32))
    plain_units: PlainUnits | None = None
    _pairs: pl.Series = attrs.field(factory=lambda: pl.Series(dtype=pl.UInt64))
    _met: set[int] = attrs.field(factory=set)
    _known: int = 0

    def meet(self, eras: Iterable[int | None]) -> None:
        """Asks of all codes met so far, and of these eras, where one of either is new."""
        met = self._met | {era for era in eras if era is not None}
        if met == self._met and self._known == len(self.codes.numbers):
            return
        self._met, self._known = met, len(self.codes.numbers)
        pairs: set[tuple[str, str]] = set()
        alone: set[str] = set()
        open_eras = set()
        for era in sorted(met):
            pairs |= set(self._pairs_of(era))
            alone |= set(self._paid_alone(era))
            if self._is_open(era):
                open_eras.add(era)
        spans = list(_named(self.policy))
        numbers = self.codes.numbers
        self.open_eras = frozenset(open_eras)
        self.beside_all = pl.Series([code in alone for code in numbers], dtype=pl.Boolean)
        self.named = pl.Series([_is_named(code, spans) for code in numbers], dtype=pl.Boolean)
        days = [self.eras.a_day_of(era) for era in sorted(met)]
        units = self.plain_units
        self.most_units = pl.Series(
            [0 if units is None else units.most(code, days) for code in numbers], dtype=pl.Int32
        )
        keys = (sorted((numbers[one], numbers[other])) for one, other in pairs if one in numbers and other in numbers)
        self._pairs = pl.Series([one << _SHIFT | other for one, other in keys], dtype=pl.UInt64).unique()

    def together(self, one: pl.Series, other: pl.Series, same_day: pl.Series) -> pl.Series:
        """Whether lines of these codes, given by their numbers, belong together; `same_day`: lie on one day."""
        least = one.zip_with(one <= other, other).cast(pl.UInt64)
        most = other.zip_with(one <= other, one).cast(pl.UInt64)
        paired = (least * 2**_SHIFT + most).is_in(self._pairs.implode())
        alone = self.beside_all.gather(one) | self.beside_all.gather(other)
        together: pl.Series = (paired | (one == other) | alone) & same_day
        return together | (self.named.gather(one) & self.named.gather(other))

    def _pairs_of(self, era: int) -> Iterator[tuple[str, str]]:
        day = self.eras.a_day_of(era)
        on = self.policy.on(day)
        programme = on[Settings].programme
        codes = list(self.codes.numbers)
        found = self.tables.ptp_within(TABLE, codes, day, programme)
        yield from ((edit.column_one, edit.column_two) for edit in found.edits)
        for code in codes:
            answer = self.tables.add_on(code, day, programme)
            if isinstance(answer, Found):
                yield from ((code, primary) for primary in answer.value.primaries)
            for entry in on[AddOnCodes].own_primaries:
                if code in entry.add_on:
                    yield from ((code, primary) for primary in codes if primary in entry.primaries)

    def _paid_alone(self, era: int) -> Iterator[str]:
        day = self.eras.a_day_of(era)
        conditional = self.policy.on(day)[FeeScheduleStatus].conditional
        for code in self.codes.numbers:
            answer = self.tables.fee_schedule(code, day)
            if isinstance(answer, Found) and answer.value.status in conditional:
                yield code

    def _is_open(self, era: int) -> bool:
        day = self.eras.a_day_of(era)
        on = self.policy.on(day)
        if not on[ProcedureToProcedure].applies:
            return False
        found = self.tables.ptp_within(TABLE, self.codes.numbers, day, on[Settings].programme)
        return found.not_covered is not None


def _is_named(code: str, spans: list[CodeSpans]) -> bool:
    return code.endswith("F") or any(code in some for some in spans)


def _named(policy: Policy) -> Iterator[CodeSpans]:
    """The codes that the policy names beside others, whenever it does."""
    for value in _values(policy, Results):
        yield CodeSpans.of(code for group in value.groups for code in group.codes)
    for value in _values(policy, Pairs):
        yield from (half for pair in value.pairs for half in (pair.one, pair.other))
    for value in _values(policy, Incentives):
        yield from (value.visits, *(entry.codes for entry in value.listed))
    for value in _values(policy, Limits):
        yield from (limit.codes for limit in value.limits)
    for value in _values(policy, Observation):
        yield from (value.hours, value.direct)


def _values(policy: Policy, parameter: type[Any]) -> Iterator[Any]:
    return (entry.value for entry in policy.parameters.get(parameter, ()))
