"""Facts of many things in columns: each thing is a combination of components, each component has some of the facts.

A service line is so a combination of a procedure code, modifiers, units, a charge and so on; what rules read of its
procedure is worked out once for each procedure code that there is, and not for each line.
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
"""A fact and, of one with parts, the part: ("procedure", "text")."""


class Component:
    """The values of one component, each with its facts: what stands under its number is never changed."""

    def __init__(self) -> None:
        self.facts: list[Mapping[str, Any]] = []
        self._numbers: dict[Path, tuple[Values, Ints]] = {}

    def __len__(self) -> int:
        return len(self.facts)

    def numbers(self, path: Path) -> Ints:
        """A number for what each value says of a fact."""
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
    """Things by their numbers: `rows` has for each the numbers of its components, in the order of `components`.

    `of` says in which component each fact stands; `of_code`, where things have procedure codes, what is asked of those.
    """

    def __init__(self, components: Mapping[str, Component], of: Mapping[str, str]) -> None:
        self.components = components
        self.rows: Ints = np.empty((0, len(components)), np.int64)
        self._places = {name: place for place, name in enumerate(components)}
        self._of = of
        self.of_code: OfCode | None = None

    def component_of(self, fact: str) -> str:
        """The component in which a fact stands."""
        return self._of[fact]

    def column(self, component: str) -> Ints:
        """The number that each thing has in a component."""
        return self.rows[:, self._places[component]]

    def numbers(self, path: Path, things: Ints) -> Ints:
        """A number for what each of some things says of a fact."""
        component = self._of[path[0]]
        return self.components[component].numbers(path)[self.column(component)[things]]

    def number(self, path: Path, thing: int) -> int:
        """The same of one."""
        component = self._of[path[0]]
        return int(self.components[component].numbers(path)[self.rows[thing, self._places[component]]])

    def all_of(self, thing: int) -> dict[str, Any]:
        """All facts of a thing."""
        found: dict[str, Any] = {}
        for component, number in zip(self.components.values(), self.rows[thing].tolist(), strict=True):
            found.update(component.facts[number])
        return found
