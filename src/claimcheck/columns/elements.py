"""The objects that read trees work on: each a combination of components, in a period."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, cast

import numpy as np

from claimcheck.claims import Disposition
from claimcheck.columns.facts import Facts
from claimcheck.columns.numbering import Ints
from claimcheck.columns.of_code import OfCode, Question
from claimcheck.columns.read_tree import Call, Step
from claimcheck.columns.rule_hits import RuleHits
from claimcheck.columns.times import Times
from claimcheck.columns.traced import ASKED, ELEMENT, OF_CODE, POLICY, STANDING, TracedAtTime, TracedTables
from claimcheck.columns.verdicts import DISPOSITIONS
from claimcheck.rules.facts.time import Time
from claimcheck.rules.rule import Rule

__all__ = ["Ask", "Elements", "PairsOfElements", "Things", "ask_rule"]

Ask = Callable[[TracedAtTime, Disposition], int]
"""Asks something of a traced object; returns a number for the answer."""

_MOST_TIMES = 2**16


def ask_rule(rule: Rule, hits: RuleHits) -> Ask:
    """Calls a rule: returns the number of its hits."""
    return lambda view, _: hits([(rule, said) for said in rule.check(view)])


class Things(Protocol):
    """What elements are made of."""

    @property
    def facts(self) -> Facts:
        """The facts of all."""

    def at(self, thing: int, number: int, time: Time) -> Any:
        """The facts of an object in the period with that number, as rules see them."""


class Elements:
    """Elements as a read tree sees them."""

    def __init__(self, things: Things, times: Times, numbers: Ints, of_time: Ints) -> None:
        self.things, self.times = things, times
        self.numbers, self.of_time = numbers, of_time
        self.standing = np.zeros(len(numbers), np.int64)

    def values(self, step: Step, places: Ints) -> Ints:
        """A number for the value read, for the elements at some indexes."""
        if step == POLICY:
            return self.times.policies[self.of_time[places]]
        if step == STANDING:
            return self.standing[places]
        if step == ELEMENT:
            return self.numbers[places] * _MOST_TIMES + self.of_time[places]
        assert isinstance(step, tuple)  # noqa: S101 - all others are a path or a question
        if step[0] == OF_CODE:
            return self._of_code.numbers(step[1], self.numbers[places], self.of_time[places])
        if step[0] == ASKED:
            of_time = self.of_time[places]
            if len(of_time) == 1 or (of_time == of_time[0]).all():
                return np.full(len(places), self.times.answer(step[1], int(of_time[0])), np.int64)
            answers = {time: self.times.answer(step[1], time) for time in np.unique(of_time).tolist()}
            return np.array([answers[time] for time in of_time.tolist()], np.int64)
        return self.things.facts.numbers(step, self.numbers[places])

    def value(self, step: Step, place: int) -> int:
        """The same for one element."""
        thing, number = int(self.numbers[place]), int(self.of_time[place])
        if step == POLICY:
            return int(self.times.policies[number])
        if step == STANDING:
            return int(self.standing[place])
        if step == ELEMENT:
            return thing * _MOST_TIMES + number
        assert isinstance(step, tuple)  # noqa: S101 - all others are a path or a question
        if step[0] == ASKED:
            return self.times.answer(step[1], number)
        if step[0] == OF_CODE:
            return self._of_code.number(step[1], thing, number)
        return self.things.facts.number(step, thing)

    def asking(self, ask: Ask) -> Call:
        """The question to ask of an element."""
        return lambda place: self.ask(place, ask)

    def ask(self, place: int, ask: Ask) -> tuple[int, list[Step]]:
        """The answer for one element, and what was read to get it."""
        reads: list[Step] = []
        view = self.view(place, reads.append)
        return ask(view, DISPOSITIONS[int(self.standing[place])]), reads

    def view(self, place: int, note: Callable[[Step], None]) -> TracedAtTime:
        """An element as rules see it, recording what they read."""
        thing, number = int(self.numbers[place]), int(self.of_time[place])
        time = self.times[number]

        def of_code(question: Question) -> Any:
            return self._of_code.answer(question, thing, number)

        return TracedAtTime(self.things.at(thing, number, time), note, TracedTables(time.tables, note), of_code)

    @property
    def _of_code(self) -> OfCode:
        asked = self.things.facts.of_code
        assert asked is not None  # noqa: S101 - what is asked so has a code
        return asked


class PairsOfElements:
    """Pairs of elements as a read tree sees them: what is read of the first, and of the second."""

    def __init__(self, one: Elements, other: Elements) -> None:
        self.sides = one, other

    def values(self, step: Step, places: Ints) -> Ints:
        """A number for the value read, for the pairs at some indexes."""
        side, of_line = cast("tuple[int, Step]", step)
        return self.sides[side].values(of_line, places)

    def value(self, step: Step, place: int) -> int:
        """The same for one pair."""
        side, of_line = cast("tuple[int, Step]", step)
        return self.sides[side].value(of_line, place)

    def ask(self, place: int, question: Callable[[Any, Any], bool]) -> tuple[int, list[Step]]:
        """The answer for a pair, and what was read to get it."""
        reads: list[Step] = []
        one, other = self.sides
        first = one.view(place, lambda step: reads.append((0, step)))
        second = other.view(place, lambda step: reads.append((1, step)))
        return int(bool(question(first, second))), reads
