"""Things in columns as read trees see them: each a combination of components, in a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, cast

import numpy as np

from claimcheck.claims import Disposition
from claimcheck.columns.facts import Facts
from claimcheck.columns.numbering import Ints
from claimcheck.columns.read_tree import Call, Step
from claimcheck.columns.sayings import Sayings
from claimcheck.columns.times import Times
from claimcheck.columns.traced import ELEMENT, POLICY, STANDING, TracedAtTime, TracedTables
from claimcheck.columns.verdicts import DISPOSITIONS
from claimcheck.rules.facts.tables_on import Question
from claimcheck.rules.facts.time import Time
from claimcheck.rules.rule import Rule

__all__ = ["Ask", "Elements", "PairsOfElements", "Things", "saying"]

Ask = Callable[[TracedAtTime, Disposition], int]
"""Asks something of a traced thing that stands so; gives a number for the answer."""

_ASKED = "asked"
_MOST_TIMES = 2**16


def saying(rule: Rule, sayings: Sayings) -> Ask:
    """Asks what a rule says: the number of the saying."""
    return lambda view, _: sayings([(rule, said) for said in rule.check(view)])


class Things(Protocol):
    """What elements are made of."""

    @property
    def facts(self) -> Facts:
        """The facts of all."""

    def at(self, thing: int, number: int, time: Time) -> Any:
        """The facts of a thing in the time of that number, as rules know them."""


class Elements:
    """Elements as a read tree sees them."""

    def __init__(self, things: Things, times: Times, numbers: Ints, of_time: Ints) -> None:
        self.things, self.times = things, times
        self.numbers, self.of_time = numbers, of_time
        self.standing = np.zeros(len(numbers), np.int64)

    def values(self, step: Step, places: Ints) -> Ints:
        """A number for the value that is read there, of the elements at some places."""
        if step == POLICY:
            return self.times.policies[self.of_time[places]]
        if step == STANDING:
            return self.standing[places]
        if step == ELEMENT:
            return self.numbers[places] * _MOST_TIMES + self.of_time[places]
        assert isinstance(step, tuple)  # noqa: S101 - all others are a path or a question
        if step[0] == _ASKED:
            of_time = self.of_time[places]
            if len(of_time) == 1 or (of_time == of_time[0]).all():
                return np.full(len(places), self.times.answer(step[1], int(of_time[0])), np.int64)
            answers = {time: self.times.answer(step[1], time) for time in np.unique(of_time).tolist()}
            return np.array([answers[time] for time in of_time.tolist()], np.int64)
        return self.things.facts.numbers(step, self.numbers[places])

    def asking(self, ask: Ask) -> Call:
        """What asks it of an element."""
        return lambda place: self.ask(place, ask)

    def ask(self, place: int, ask: Ask) -> tuple[int, list[tuple[Step, int]]]:
        """What is answered upon one element, and what was read on the way."""
        reads: list[tuple[Step, int]] = []
        view = self.view(place, reads)
        return ask(view, DISPOSITIONS[int(self.standing[place])]), reads

    def view(self, place: int, reads: Any) -> TracedAtTime:
        """An element as rules see it; what they read is noted."""
        thing, number = int(self.numbers[place]), int(self.of_time[place])
        time, facts = self.times[number], self.things.facts

        def note(step: Step) -> None:
            if step == POLICY:
                reads.append((step, int(self.times.policies[number])))
            elif step == STANDING:
                reads.append((step, int(self.standing[place])))
            elif step == ELEMENT:
                reads.append((step, thing * _MOST_TIMES + number))
            else:
                reads.append((step, facts.number(step, thing)))  # type: ignore[arg-type]

        def asked(question: Question, answer: Any) -> None:
            reads.append(((_ASKED, question), self.times.answered(question, number, answer)))

        return TracedAtTime(self.things.at(thing, number, time), (), note, TracedTables(time.tables, asked))


class PairsOfElements:
    """Two elements each, as a read tree sees them: what is read of the first, and of the second."""

    def __init__(self, one: Elements, other: Elements) -> None:
        self.sides = one, other

    def values(self, step: Step, places: Ints) -> Ints:
        """A number for the value that is read there, of the pairs at some places."""
        side, of_line = cast("tuple[int, Step]", step)
        return self.sides[side].values(of_line, places)

    def ask(self, place: int, question: Callable[[Any, Any], bool]) -> tuple[int, list[tuple[Step, int]]]:
        """What is answered upon a pair, and what was read on the way."""
        reads: list[tuple[Step, int]] = []
        views = []
        for side, elements in enumerate(self.sides):
            views.append(elements.view(place, _Noted(side, reads)))
        return int(bool(question(*views))), reads


class _Noted:
    """Takes notes of what is read of one side of a pair."""

    def __init__(self, side: int, reads: list[tuple[Step, int]]) -> None:
        self._side, self._reads = side, reads

    def append(self, read: tuple[Step, int]) -> None:
        """Notes a read."""
        self._reads.append(((self._side, read[0]), read[1]))
