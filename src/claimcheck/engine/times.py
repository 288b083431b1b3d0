"""Work done for one day, reused for every other day on which policy and tables give the same answers.

Tables change on many days, and each change affects few codes. So each piece of work records what it asked of the tables
and the answers; if another day gives the same answers, the result would be the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from typing import Any, Generic, TypeVar

import attrs

from claimcheck.rules.facts.tables_by_day import TablesByDay
from claimcheck.rules.facts.tables_on import Question, TablesOn
from claimcheck.rules.facts.time import Time

__all__ = ["Alike", "ByAnswers", "NotingByDay"]

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
    >>> from claimcheck.rules.facts.tables_by_day import TablesByDay
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


class NotingByDay(TablesByDay):
    """The tables by day while one claim is evaluated, recording their answers as of its own `time`.

    `of_one_time` says whether no other tables were asked for.
    """

    def __init__(self, tables: TablesByDay, time: Time) -> None:
        self.tables = tables.tables
        self._by_day, self._own = tables, time.tables
        self.time, self.noted = time.noting()
        self.of_one_time = True

    def on(self, day: date | None) -> TablesOn:
        """The tables as of `day`."""
        found = self._by_day.on(day)
        if found is self._own:
            return self.noted
        self.of_one_time = False
        return found


class ByAnswers(Generic[T]):
    """What was evaluated, by a key and the answers that the tables gave then."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, list[tuple[Mapping[Question, Any], T]]] = {}

    def get(self, key: Hashable, time: Time, evaluate: Callable[[NotingByDay], T], tables: TablesByDay) -> T:
        """What is known for the key from a time at which the tables answer alike, or else is evaluated now.

        `evaluate` asks the tables only through what it is given.
        """
        known = self._known.get(key, ())
        for answers, value in known:
            if time.tables.repeats(answers):
                return value
        noting = NotingByDay(tables, time)
        value = evaluate(noting)
        if noting.of_one_time:
            if len(self._known) >= self._most:
                self._known.clear()
            self._known[key] = [*known[-_MOST_MADE + 1 :], (noting.noted.answers, value)]
        return value
