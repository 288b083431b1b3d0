"""Work done for one day, reused for every other day on which policy and tables give the same answers.

Tables change on many days, and each change affects few codes. So each piece of work records what it asked of the tables
and the answers; if another day gives the same answers, the result would be the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import attrs

from claimcheck.rules.facts.tables_on import Question
from claimcheck.rules.facts.time import Time

__all__ = ["Alike"]

T = TypeVar("T")

_MOST_MADE = 8
"""How many versions over time are kept."""
_MOST_ERAS = 64


@attrs.frozen(eq=False)
class _Made(Generic[T]):
    """Something computed at one time, and what it asked of the tables then."""

    value: T
    time: Time
    answers: Mapping[Question, Any]

    def holds_at(self, time: Time) -> bool:
        """Whether the same would be computed at another time."""
        if (self.time.on is None) != (time.on is None) or self.time.policy is not time.policy:
            return False
        return time.tables.repeats(self.answers)


@attrs.frozen(eq=False)
class Alike(Generic[T]):
    """Things that differ only in time: `at` holds them by the number of the era.

    >>> from datetime import date
    >>> from claimcheck.policies import Policy
    >>> from claimcheck.rules.facts.tables_on import TablesByDay
    >>> from claimcheck.tables import Tables
    >>> policy, tables = Policy.load("default"), TablesByDay(Tables.starter())
    >>> days = date(2024, 7, 15), date(2024, 9, 15), date(2023, 7, 15)
    >>> times = [Time(day, policy.on(day), tables.on(day)) for day in days]
    >>> places = Alike()
    >>> def make(time):
    ...     print("made as of", time.on)
    ...     return time.tables.place_of_service("27").value.active
    >>> [places.make(era, time, make, lambda one, time: one) for era, time in enumerate(times)]
    made as of 2024-07-15
    made as of 2023-07-15
    [True, True, False]
    >>> places.at
    {0: True, 1: True, 2: False}
    """

    at: dict[int, T] = attrs.field(factory=dict, init=False)
    _made: list[_Made[T]] = attrs.field(factory=list, init=False)

    def make(self, era: int, time: Time, make: Callable[[Time], T], move: Callable[[T, Time], T]) -> T:
        """The thing in this era: computed now, or moved with `move` from an era in which the tables answer alike."""
        known = next((made.value for made in self._made if made.holds_at(time)), None)
        if known is None:
            noting, tables = time.noting()
            known = move(make(noting), time)  # what is kept must not record any more
            del self._made[: 1 - _MOST_MADE]
            self._made.append(_Made(known, time, tables.answers))
        else:
            known = move(known, time)
        if len(self.at) >= _MOST_ERAS:
            self.at.clear()
        self.at[era] = known
        return known
