"""A view that shows a rule only what it declares to read, and lets it ask only the tables that it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from claimcheck.rules.facts.tables_on import NotingTables, TablesOn
from claimcheck.rules.rule import Rule

__all__ = ["UndeclaredRead", "guarded"]


class UndeclaredRead(AssertionError):
    """A rule looked at a fact that it does not declare."""


class Guard:
    """Stands in for a view: gives the declared facts, and fails on any other."""

    def __init__(self, view: Any, rule: Rule) -> None:
        self._view = view
        self._rule = rule

    def of_code(self, question: Any) -> Any:
        """What a question about the code answers, which may look at what the rule declares and at nothing else."""
        return question(self.code, _Later(self, "policy"), _Later(self, "tables"))

    def __getattr__(self, name: str) -> Any:
        if name not in self._rule.reads:
            raise UndeclaredRead(f"{self._rule!r} reads {name!r} and does not declare it")
        return getattr(self._view, name)


class _Later:
    """A fact that is read when something is asked of it, and not before."""

    def __init__(self, guard: Guard, name: str) -> None:
        self._guard, self._name = guard, name

    def __getattr__(self, name: str) -> Any:
        return getattr(getattr(self._guard, self._name), name)

    def __getitem__(self, key: Any) -> Any:
        return getattr(self._guard, self._name)[key]


def guarded(rule: Rule) -> Rule:
    """The rule, held to what it declares to read."""
    check = rule.check

    def look(view: Any) -> Iterator[Any]:
        _ASKING.append(rule)
        try:
            yield from check(Guard(view, rule))
        finally:
            _ASKING.remove(rule)

    look.__module__ = check.__module__
    return attrs.evolve(rule, check=look)


_ASKING: list[Rule] = []
"""The rules that are being asked, the last one now."""


def _watch(kind: type[Any]) -> None:
    """Makes tables fail where a rule asks one that it does not declare."""
    answer = kind._answer

    def watched(self: Any, question: Any) -> Any:
        if _ASKING and question[0] not in _ASKING[-1].tables:
            raise UndeclaredRead(f"{_ASKING[-1]!r} asks the table {question[0]!r} and does not declare it")
        return answer(self, question)

    kind._answer = watched


_watch(TablesOn)
_watch(NotingTables)
