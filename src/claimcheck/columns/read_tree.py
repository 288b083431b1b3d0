"""Equal reads, equal answers: a rule is called once for each distinct combination of values that it actually reads.

A rule is a pure function of its view. The view here records each read as it happens: a fact, the policy, a question to
a table with its answer. The sequence of reads in a call is a path in a tree, and the end of the path holds the rule's
answer. Anything with the same reads gets the same answer, whatever else differs; a new read is a new branch, for which
the rule is called. So nothing has to be declared, and nothing can be forgotten.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Protocol

import numpy as np

from claimcheck.columns.numbering import Ints

__all__ = ["Call", "Elements", "ReadTree", "Step"]

Step = Hashable
"""What is read: a fact by its path, the policy, a question to a table."""


class Call(Protocol):
    """The outcome of a call: the number of its answer, and what was read."""

    def __call__(self, element: int, /) -> tuple[int, Sequence[Step]]: ...


class Elements(Protocol):
    """The objects that a rule is called for, by index."""

    def values(self, step: Step, places: Ints) -> Ints:
        """A number for the value read, for the elements at some indexes."""

    def value(self, step: Step, place: int, /) -> int:
        """The same for one element."""


class _Branch:
    """Where a rule reads something next: for each value seen, the next read or the answer."""

    __slots__ = ("step", "ways")

    def __init__(self, step: Step) -> None:
        self.step = step
        self.ways: dict[int, _Branch | int] = {}


class ReadTree:
    """Everything that one rule has read and answered so far. `calls` counts how often it was called.

    >>> parities = {"a": 0, "b": 0, "c": 1}
    >>> class Letters:
    ...     def values(self, step, places):
    ...         return np.array([self.value(step, place) for place in places])
    ...     def value(self, step, place):
    ...         return parities["abc"[place]]
    >>> def call(place):
    ...     print("called upon", "abc"[place])
    ...     return 10 + parities["abc"[place]], ["parity"]
    >>> tree = ReadTree()
    >>> tree.answers(Letters(), np.arange(3), call).tolist()
    called upon a
    called upon c
    [10, 10, 11]
    """

    def __init__(self) -> None:
        self.calls = 0
        self._root: _Branch | int | None = None

    def answers(self, elements: Elements, places: Ints, call: Call) -> Ints:
        """The answers for the elements at some indexes."""
        said = np.zeros(len(places), np.int64)
        if not len(places):
            return said
        if self._root is None:
            self._root = self._grown(elements, int(places[0]), call, frozenset())
        waiting: list[tuple[_Branch | int, Ints, frozenset[Step]]] = [(self._root, np.arange(len(places)), frozenset())]
        while waiting:
            way, at, path = waiting.pop()
            if isinstance(way, int):
                said[at] = way
                continue
            path = path | {way.step}
            for value, part in _parts(elements.values(way.step, places[at]), at):
                following = way.ways.get(value)
                if following is None:
                    following = way.ways[value] = self._grown(elements, int(places[part[0]]), call, path)
                waiting.append((following, part, path))
        return said

    def _grown(self, elements: Elements, element: int, call: Call, path: frozenset[Step]) -> _Branch | int:
        """Calls the rule for an element, and returns the branch of what it reads beyond a path."""
        self.calls += 1
        said, reads = call(element)
        known = set(path)
        first: _Branch | None = None
        last: tuple[_Branch, int] | None = None
        for step in reads:
            if step in known:
                continue
            known.add(step)
            value = elements.value(step, element)
            branch = _Branch(step)
            if last is None:
                first = branch
            else:
                last[0].ways[last[1]] = branch
            last = branch, value
        if first is None or last is None:
            return said
        last[0].ways[last[1]] = said
        return first


def _parts(values: Ints, at: Ints) -> Sequence[tuple[int, Ints]]:
    """The indexes of each value."""
    if len(values) == 1 or (values == values[0]).all():
        return [(int(values[0]), at)]
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    ends = [*starts[1:].tolist(), len(ordered)]
    sorted_at = at[order]
    return [
        (value, sorted_at[start:end])
        for value, start, end in zip(ordered[starts].tolist(), starts.tolist(), ends, strict=True)
    ]
