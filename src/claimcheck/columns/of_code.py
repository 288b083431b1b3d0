"""Questions that rules ask about a procedure code alone, answered once for each code rather than for each line.

A rule that reads the code of a line is called for each code. If it asks through `Line.of_code`, all codes with one
answer are the same to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from claimcheck.columns.facts import Component, Facts
from claimcheck.columns.numbering import Ints, distinct
from claimcheck.columns.times import Times
from claimcheck.columns.values import Values

__all__ = ["OfCode", "Question"]

Question = Callable[[Any, Any, Any], Any]
"""Asks something of a code, given a policy and tables."""

_MOST_TIMES = 1 << 12


class OfCode:
    """The answers to questions about procedure codes, in each period; equal answers have equal numbers."""

    def __init__(self, facts: Facts, times: Times) -> None:
        self._facts, self._times = facts, times
        self._asked: dict[Question, _Asked] = {}

    def numbers(self, question: Question, things: Ints, times: Ints) -> Ints:
        """A number for the answer for each object, in its period."""
        asked = self._of(question)
        procedures = self._facts.column("procedure")[things].astype(np.int64)
        first, inverse = distinct(procedures * _MOST_TIMES + times)
        codes, at = procedures[first].tolist(), times[first].tolist()
        found = np.array([asked(code, time) for code, time in zip(codes, at, strict=True)], np.int64)
        return found[inverse]

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
        self._eras: dict[int, dict[int, int]] = {}
        self._known: dict[tuple[int, ...], dict[int, int]] = {}

    def __call__(self, procedure: int, time: int) -> int:
        known = self._eras.get(time)
        if known is None:
            known = self._eras[time] = self._known.setdefault(self._times.era(time, self._tables), {})
        number = known.get(procedure)
        return self._ask(procedure, time) if number is None else number

    def _ask(self, procedure: int, time: int) -> int:
        at = self._times[time]
        tables = at.tables.noting()
        answer = self._question(self._procedures.facts[procedure]["code"], at.policy, tables)
        asked = {question[0] for question in tables.answers}
        if not asked <= self._tables:
            self._tables |= asked
            self._eras.clear()
            self._known.clear()
        number = self._values(answer)
        if number == len(self.answers):
            self.answers.append(answer)
        era = self._times.era(time, self._tables)
        self._known.setdefault(era, {})[procedure] = number
        return number
