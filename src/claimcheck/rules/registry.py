"""All rules, found in their modules: adding a rule means adding a module to a family.

The families are the packages next to this module. A rule's id is its family's letters and a number, assigned once.
Other installed packages add rules through the entry point `claimcheck.rules`, with ids in their own namespace:
ACME-101.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from types import ModuleType

import regex

import claimcheck.rules
from claimcheck.errors import PolicyError
from claimcheck.extensions import extensions
from claimcheck.rules.rule import Rule

__all__ = ["all_rules", "by_id", "check_registry"]

_NAMESPACED = regex.compile(r"([A-Z][A-Z0-9]{1,15})-[0-9]{3,6}")


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of claimcheck and of the packages that extend it, by phase and id."""
    rules = [rule for family in _families() for module in _modules(family) for rule in _rules(module)]
    return check_registry([*rules, *_added()])


def by_id(rule_id: str) -> Rule | None:
    """The rule with that id or kebab-case name."""
    wanted = rule_id.strip()
    return next((rule for rule in all_rules() if wanted.upper() == rule.id or wanted.lower() == rule.name), None)


def check_registry(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules in the order in which they run. PolicyError if two share an id or name."""
    ordered = sorted(rules, key=lambda rule: (rule.phase, rule.id))
    for attribute in ("id", "name"):
        seen: set[str] = set()
        for rule in ordered:
            value = getattr(rule, attribute)
            if value in seen:
                raise PolicyError(f"two rules have the {attribute} {value}", place=rule.id)
            seen.add(value)
    return tuple(ordered)


def _added() -> Iterator[Rule]:
    """The rules of other packages. PolicyError for one without its own namespace, sources, or documentation."""
    for name, found in extensions("claimcheck.rules"):
        if isinstance(found, Rule):
            rules = [found]
        elif isinstance(found, ModuleType):
            modules = [found, *(_modules(found) if hasattr(found, "__path__") else ())]
            rules = [rule for module in modules for rule in _rules(module)]
        else:
            rules = []
        if not rules:
            raise PolicyError("neither a rule, nor a module or package of rules", place=f"claimcheck.rules: {name}")
        yield from map(_in_a_namespace, rules)


def _in_a_namespace(rule: Rule) -> Rule:
    namespace = _NAMESPACED.fullmatch(rule.id)
    if namespace is None:
        raise PolicyError("the id of an added rule is a namespace and a number, such as ACME-101", place=rule.id)
    if not rule.name.startswith(f"{namespace[1].lower()}-"):
        raise PolicyError(
            f"the name of an added rule begins with its namespace: {namespace[1].lower()}-", place=rule.id
        )
    if not (rule.sources and rule.documentation):
        raise PolicyError("a rule has sources, and its module says in its docstring what it checks", place=rule.id)
    return rule


def _families() -> list[ModuleType]:
    packages = pkgutil.iter_modules(claimcheck.rules.__path__, "claimcheck.rules.")
    return [importlib.import_module(item.name) for item in packages if item.ispkg and not item.name.endswith(".facts")]


def _modules(family: ModuleType) -> list[ModuleType]:
    modules = pkgutil.iter_modules(family.__path__, f"{family.__name__}.")
    return [importlib.import_module(item.name) for item in modules]


def _rules(module: ModuleType) -> list[Rule]:
    return [
        value
        for value in vars(module).values()
        if isinstance(value, Rule) and value.check.__module__ == module.__name__
    ]
