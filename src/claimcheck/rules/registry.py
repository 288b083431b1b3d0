"""All rules, found in their modules: a rule is added by adding a module to a room.

The rooms are the packages beside this module. A rule's id is its room's letters and a number, given once.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from types import ModuleType

import claimcheck.rules
from claimcheck.errors import PolicyError
from claimcheck.rules.rule import Rule

__all__ = ["all_rules", "by_id", "check_registry"]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of claimcheck, by phase and then by id."""
    rules = [rule for room in _rooms() for module in _modules(room) for rule in _rules(module)]
    return check_registry(rules)


def by_id(rule_id: str) -> Rule | None:
    """The rule of that id, or of that kebab name."""
    wanted = rule_id.strip()
    return next((rule for rule in all_rules() if wanted.upper() == rule.id or wanted.lower() == rule.name), None)


def check_registry(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules in the order in which they run. PolicyError where two share an id or a name."""
    ordered = sorted(rules, key=lambda rule: (rule.phase, rule.id))
    for attribute in ("id", "name"):
        seen: set[str] = set()
        for rule in ordered:
            value = getattr(rule, attribute)
            if value in seen:
                raise PolicyError(f"two rules have the {attribute} {value}", place=rule.id)
            seen.add(value)
    return tuple(ordered)


def _rooms() -> list[ModuleType]:
    packages = pkgutil.iter_modules(claimcheck.rules.__path__, "claimcheck.rules.")
    return [importlib.import_module(item.name) for item in packages if item.ispkg and not item.name.endswith(".facts")]


def _modules(room: ModuleType) -> list[ModuleType]:
    modules = pkgutil.iter_modules(room.__path__, f"{room.__name__}.")
    return [importlib.import_module(item.name) for item in modules]


def _rules(module: ModuleType) -> list[Rule]:
    return [
        value
        for value in vars(module).values()
        if isinstance(value, Rule) and value.check.__module__ == module.__name__
    ]
