"""What columns hold of a claim itself for rules of several lines: its diagnoses, which of them its lines point to, and
those fields that such rules read.

A rule that reads anything else of a claim raises `NeedsWholeClaimError`, and the claim is validated by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from claimcheck.columns.cells import Cells
from claimcheck.columns.numbering import Ints
from claimcheck.columns.times import NO_DAY, day_of
from claimcheck.rules.facts.diagnosis import ClaimDiagnosis

if TYPE_CHECKING:
    from claimcheck.columns.engine import Engine

__all__ = ["NOT_HELD", "Held", "HeldClaims", "NeedsWholeClaimError"]

_DAYS = ("birth_date", "statement_from", "statement_through")


class NeedsWholeClaimError(Exception):
    """A rule reads what columns do not hold."""


class _Only:
    """An object with some attributes, which stands for one with more.

    >>> _Only({"birth": None}).birth
    >>> _Only({"birth": None}).death
    Traceback (most recent call last):
        ...
    claimcheck.columns.held.NeedsWholeClaimError
    """

    def __init__(self, held: Mapping[str, Any]) -> None:
        self.__dict__.update(held)

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(name) if name.startswith("__") else NeedsWholeClaimError  # looked up by Python itself

    def __iter__(self) -> NoReturn:
        raise NeedsWholeClaimError


NOT_HELD: Any = _Only({})


class HeldClaims:
    """The claims of a chunk themselves.

    `slots` are their diagnoses, `times` the periods of their first days, `firsts` their first rows, `shapes` the lines
    of all rows.
    """

    def __init__(
        self,
        engine: Engine,
        heads: Cells,
        slots: Sequence[Ints],
        *,
        times: Ints,
        outlines: Ints,
        firsts: Ints,
        shapes: Ints,
    ) -> None:
        self._engine, self._heads, self._slots = engine, heads, slots
        self._times, self._outlines = times, outlines
        self._firsts, self._shapes = firsts, shapes
        self._days: dict[str, Ints] = {}

    def __call__(self, place: int, days: Sequence[int]) -> Held:
        """One of them, by its index, whose lines are on these days."""
        return Held(self, place, days)

    def diagnoses(self, place: int) -> tuple[int, ...]:
        """What distinguishes the diagnoses of a claim from others: their numbers in order, and the period."""
        numbers = (int(slot[place]) for slot in self._slots)
        return (int(self._times[place]), *(number for number in numbers if number >= 0))

    def facts(self, diagnoses: tuple[int, ...]) -> tuple[ClaimDiagnosis, ...]:
        """The facts of diagnoses, given what distinguishes them."""
        time, *numbers = diagnoses
        return tuple([self._engine.diagnoses.compiled(number, time).facts for number in numbers])

    def fields(self, place: int) -> dict[str, Any]:
        """The fields that rules read."""
        dates = {name: self._day(name, place) for name in _DAYS}
        return {**dates, **self._engine.claims.held(int(self._outlines[place]))}

    def lines(self, place: int, days: Sequence[int]) -> tuple[Any, ...]:
        """The lines of a claim, of which the dates and pointers are held."""
        first = int(self._firsts[place])
        pointers = self._engine.lines.pointers(self._shapes[first : first + len(days)])
        return tuple(map(_line, days, pointers))

    def _day(self, field: str, place: int) -> date | None:
        days = self._days.get(field)
        if days is None:
            days = self._days[field] = self._heads.days(field).astype(np.int64)
        day = int(days[place])
        return None if day == NO_DAY else day_of(day)


class Held:
    """One claim itself: its `claim` and `frame` have some of the attributes of those of a `WholeClaim`."""

    __slots__ = ("_claims", "_days", "_known", "_place")

    def __init__(self, claims: HeldClaims, place: int, days: Sequence[int]) -> None:
        self._claims, self._place, self._days = claims, place, days
        self._known: dict[str, Any] | None = None

    @property
    def diagnoses(self) -> tuple[int, ...]:
        """What distinguishes its diagnoses from others."""
        return self._claims.diagnoses(self._place)

    @property
    def diagnosis_facts(self) -> tuple[ClaimDiagnosis, ...]:
        """The facts of its diagnoses."""
        return self._claims.facts(self.diagnoses)

    @property
    def claim(self) -> Any:
        """The claim as billed."""
        return _Only({**self._fields, "lines": self._claims.lines(self._place, self._days)})

    @property
    def frame(self) -> Any:
        """The dates that its lines are compared with."""
        return _Only({"birth": self._fields["birth_date"], **{name: self._fields[name] for name in _DAYS[1:]}})

    @property
    def _fields(self) -> dict[str, Any]:
        if self._known is None:
            self._known = self._claims.fields(self._place)
        return self._known


@lru_cache(maxsize=4_096)
def _line(day: int, pointers: tuple[Any, ...]) -> Any:
    return _Only({"service_date": day_of(day), "diagnosis_pointers": pointers})
