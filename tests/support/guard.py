"""A view that shows a rule only what it declares to read."""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.rules.rule import Rule

__all__ = ["UndeclaredRead", "guarded"]


class UndeclaredRead(AssertionError):
    """A rule looked at a fact that it does not declare."""


class Guard:
    """Stands in for a view: gives the declared facts, and fails on any other."""

    def __init__(self, view: Any, rule: Rule) -> None:
        self._view = view
        self._rule = rule

    def __getattr__(self, name: str) -> Any:
        if name not in self._rule.reads:
            raise UndeclaredRead(f"{self._rule!r} reads {name!r} and does not declare it")
        return getattr(self._view, name)


def guarded(rule: Rule) -> Rule:
    """The rule, held to what it declares to read."""
    check = rule.check

    def look(view: Any) -> Any:
        return check(Guard(view, rule))

    look.__module__ = check.__module__
    return attrs.evolve(rule, check=look)
