"""Questions that rules ask about a procedure code alone, answered once for each code rather than for each line.

A rule that reads the code of a line is called for each code. If it asks through `Line.of_code`, all codes with one
answer are the same to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from claimcheck.columns.facts import Component, Facts
from claimcheck.columns.numbering import Ints
from claimcheck.columns.times import Times
from claimcheck.columns.values import Values

__all__ = ["OfCode", "Question"]

Question = Callable[[Any, Any, Any], Any]
"""Asks something of a code, given a policy and tables."""

_NOT_YET = -1
_NOTHING = np.empty(0, np.int64)


class OfCode:
    """The answers to questions about procedure codes, in each period; equal answers have equal numbers."""

    def __init__(self, facts: Facts, times: Times) -> None:
        self._facts, self._times = facts, times
        self._asked: dict[Question, _Asked] = {}

    def numbers(self, question: Question, things: Ints, times: Ints) -> Ints:
        """A number for the answer for each object, in its period."""
        asked = self._of(question)
        procedures = self._facts.column("procedure")[things]
        if not len(times) or (times == times[0]).all():
            return asked.of_all(procedures, int(times[0])) if len(times) else procedures.astype(np.int64)
        found = np.empty(len(things), np.int64)
        for time in np.unique(times).tolist():
            of_time = np.flatnonzero(times == time)
            found[of_time] = asked.of_all(procedures[of_time], time)
        return found

    def number(self, question: Question, thing: int, time: int) -> int:
        """The same for one."""
        return self._of(question)(int(self._facts.column("procedure")[thing]), time)

    def answer(self, question: Question, thing: int, time: int) -> Any:
        """The answer."""
        return self._of(question).answers[self.number(question, thing, time)]

    def _of(self, question: Question) -> _Asked:
        known = self._asked.get(question)
        if known is None:
            procedures = self._facts.components["procedure"]
            known = self._asked[question] = _Asked(question, procedures, self._times)
        return known


class _Asked:
    """A question and its answers so far. It is asked again only if the policy or a table that it uses differs."""

    def __init__(self, question: Question, procedures: Component, times: Times) -> None:
        self._question, self._procedures, self._times = question, procedures, times
        self.answers: list[Any] = []
        self._values = Values()
        self._tables: frozenset[str] = frozenset()
        self._eras: dict[int, tuple[int, ...]] = {}
        self._known: dict[tuple[int, ...], Ints] = {}

    def __call__(self, procedure: int, time: int) -> int:
        number = int(self._at(time)[procedure])
        if number == _NOT_YET:
            self._ask([procedure], time)
            number = int(self._at(time)[procedure])
        return number

    def of_all(self, procedures: Ints, time: int) -> Ints:
        """The numbers of the answers for some codes."""
        numbers = self._at(time)[procedures]
        while (new := numbers == _NOT_YET).any():  # again if more tables were asked than before
            self._ask(np.unique(procedures[new]).tolist(), time)
            numbers = self._at(time)[procedures]
        return numbers

    def _at(self, time: int) -> Ints:
        """What is known in a period, by code."""
        era = self._eras.get(time)
        if era is None:
            era = self._eras[time] = self._times.era(time, self._tables)
        known = self._known.get(era, _NOTHING)
        more = len(self._procedures.facts) - len(known)
        if more > 0:
            known = self._known[era] = np.concatenate([known, np.full(more + len(known), _NOT_YET)])
        return known

    def _ask(self, procedures: list[int], time: int) -> None:
        at, facts = self._times[time], self._procedures.facts
        tables = at.tables.noting()
        answers = [self._question(facts[one]["code"], at.policy, tables) for one in procedures]
        asked = {question[0] for question in tables.answers}
        if not asked <= self._tables:
            self._tables |= asked
            self._eras.clear()
            self._known.clear()
        known = self._at(time)
        for procedure, answer in zip(procedures, answers, strict=True):
            number = known[procedure] = self._values(answer)
            if number == len(self.answers):
                self.answers.append(answer)
