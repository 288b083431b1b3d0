"""The periods of a frame: the eras between two days on which a table or the policy changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from claimcheck.columns.fields import EPOCH
from claimcheck.columns.numbering import Ints
from claimcheck.policies import Policy
from claimcheck.rules.facts.tables_by_day import TablesByDay
from claimcheck.rules.facts.tables_on import Question
from claimcheck.rules.facts.time import Time

__all__ = ["NO_DAY", "Times", "day_of"]

NO_DAY = -(10**6)
"""Stands for a missing day, far before all others."""


def day_of(day: int) -> date:
    """The date that many days after 1970-01-01."""
    return date.fromordinal(day + EPOCH)


class Times:
    """The eras seen so far, in order of occurrence, and the tables' answers in each."""

    def __init__(self, policy: Policy, tables: TablesByDay, boundaries: Sequence[date]) -> None:
        self._policy, self._tables = policy, tables
        self._boundaries = _days(boundaries)
        self._policy_changes = _days(policy.boundaries)
        self._number_of_era = np.full(len(self._boundaries) + 1, -1, np.int64)
        self._times: list[Time] = []
        self.policies = np.empty(0, np.int64)
        self._answers: dict[Question, list[Any]] = {}
        self._answered: dict[tuple[Question, int], int] = {}

    def __getitem__(self, number: int) -> Time:
        return self._times[number]

    def of(self, days: Ints) -> Ints:
        """The era number of each day."""
        eras = np.searchsorted(self._boundaries, days, "right")
        numbers = self._number_of_era[eras]
        new = np.flatnonzero(numbers < 0)
        if len(new):
            for era, place in zip(*np.unique(eras[new], return_index=True), strict=True):
                self._meet(int(era), int(days[new[place]]))
            numbers = self._number_of_era[eras]
        return numbers

    def _meet(self, era: int, day: int) -> None:
        on = day_of(day)
        self._number_of_era[era] = len(self._times)
        self._times.append(Time(on, self._policy.on(on), self._tables.on(on)))
        of_policy = np.searchsorted(self._policy_changes, day, "right")
        self.policies = np.append(self.policies, of_policy)

    def policy_era(self, days: Ints) -> Ints:
        """A number for the policy as of each day."""
        return np.searchsorted(self._policy_changes, days, "right")

    def era(self, time: int, tables: frozenset[str]) -> tuple[int, ...]:
        """A key that is equal for periods with the same policy and the same answers from these tables."""
        known = self._times[time].tables.known
        # A table's answers are stored once for all days on which it answers alike.
        return (int(self.policies[time]), *[id(known.setdefault(table, {})) for table in sorted(tables)])

    def answer(self, question: Question, time: int) -> int:
        """A number for the tables' answers in an era: equal for equal answers."""
        known = self._answered.get((question, time))
        if known is None:
            known = self.answered(question, time, self._times[time].tables.answer(question))
        return known

    def answered(self, question: Question, time: int, answer: Any) -> int:
        """Stores an answer given in an era, and returns its number."""
        answers = self._answers.setdefault(question, [])
        number = next((place for place, one in enumerate(answers) if one is answer or one == answer), len(answers))
        if number == len(answers):
            answers.append(answer)
        self._answered[question, time] = number
        return number


def _days(days: Sequence[date]) -> Ints:
    return np.array([day.toordinal() - EPOCH for day in sorted({*days})], np.int64)
