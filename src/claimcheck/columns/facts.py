"""Facts of many objects in columns: each object is a combination of components, and each component has some of the
facts.

A service line is a combination of a procedure code, modifiers, units, a charge, and so on; what rules read about its
procedure is computed once for each distinct procedure code rather than for each line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from claimcheck.columns.numbering import Ints, grown
from claimcheck.columns.values import Values

if TYPE_CHECKING:
    from claimcheck.columns.of_code import OfCode

__all__ = ["Component", "Facts", "Path"]

Path = tuple[str, ...]
"""A fact, and for one with parts, the part: ("procedure", "text")."""


class Component:
    """The values of one component, each with its facts, which never change."""

    def __init__(self) -> None:
        self.facts: list[Mapping[str, Any]] = []
        self._numbers: dict[Path, tuple[Values, Ints]] = {}

    def __len__(self) -> int:
        return len(self.facts)

    def numbers(self, path: Path) -> Ints:
        """A number for each value's content of a fact."""
        values, known = self._numbers.get(path) or (Values(), np.empty(0, np.int64))
        if len(known) < len(self.facts):
            known = grown(known, [values(_read(facts, path)) for facts in self.facts[len(known) :]])
            self._numbers[path] = values, known
        return known


def _read(facts: Mapping[str, Any], path: Path) -> Any:
    value = facts[path[0]]
    for name in path[1:]:
        value = getattr(value, name)
    return value


class Facts:
    """Objects by number: `rows` has the component numbers of each, in the order of `components`.

    `of` says which component holds each fact; `of_code`, for objects with procedure codes, answers questions about
    these.
    """

    def __init__(self, components: Mapping[str, Component], of: Mapping[str, str]) -> None:
        self.components = components
        self.rows: Ints = np.empty((0, len(components)), np.int64)
        self._places = {name: place for place, name in enumerate(components)}
        self._of = of
        self.of_code: OfCode | None = None

    def component_of(self, fact: str) -> str:
        """The component that holds a fact."""
        return self._of[fact]

    def column(self, component: str) -> Ints:
        """Each object's number in a component."""
        return self.rows[:, self._places[component]]

    def numbers(self, path: Path, things: Ints) -> Ints:
        """A number for each object's content of a fact."""
        component = self._of[path[0]]
        return self.components[component].numbers(path)[self.column(component)[things]]

    def number(self, path: Path, thing: int) -> int:
        """The same for one."""
        component = self._of[path[0]]
        return int(self.components[component].numbers(path)[self.rows[thing, self._places[component]]])

    def all_of(self, thing: int) -> dict[str, Any]:
        """All facts of an object."""
        found: dict[str, Any] = {}
        for component, number in zip(self.components.values(), self.rows[thing].tolist(), strict=True):
            found.update(component.facts[number])
        return found
