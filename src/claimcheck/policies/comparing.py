"""Compares two policies: what differs, and from which day on.

>>> from claimcheck import Policy
>>> found = differences(Policy.load("default"), Policy.load("zero"))
>>> [(one.key, one.start) for one in found]
[('category_ii.charge', None)]
>>> found[0].before, found[0].after
(('accepts = ["0.00", "0.01"]',), ('accepts = ["0.00"]',))
>>> differences(Policy.load("zero"), Policy.load("zero"))
()
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import attrs

from claimcheck.policies.dated import Dated, in_force
from claimcheck.policies.policy import Policy
from claimcheck.policies.spans import CodeSpans
from claimcheck.policies.writing import rules, toml_of

__all__ = ["Difference", "differences"]

_LONG = 100


@attrs.frozen
class Difference:
    """A parameter that differs between two policies from `start` until the next difference: the lines that only one
    has."""

    key: str
    start: date | None
    before: tuple[str, ...]
    after: tuple[str, ...]
    references: tuple[str, str] = ("", "")


def differences(before: Policy, after: Policy) -> tuple[Difference, ...]:
    """The differences between two policies, by key and day; `rules` for which rules run and with what severity."""
    one, other = dict(before.describe()), dict(after.describe())
    found = [
        difference for key in sorted({*one, *other}) for difference in _of(key, one.get(key, ()), other.get(key, ()))
    ]
    was, now = tuple(rules(before.rules)), tuple(rules(after.rules))
    return (*found, *([Difference("rules", None, was, now)] if was != now else ()))


def _of(key: str, one: Sequence[Dated], other: Sequence[Dated]) -> list[Difference]:
    found: list[Difference] = []
    last: tuple[Any, Any] | None = None
    for start in sorted({entry.start for entry in (*one, *other)}, key=lambda day: day or date.min):
        was, now = (in_force(entries, start or date.min) for entries in (one, other))
        values = (was and was.value, now and now.value)
        if values == last:
            continue
        last = values
        if values[0] != values[1]:
            found.append(Difference(key, start, _only(was, now), _only(now, was), (_reference(was), _reference(now))))
        elif found:  # equal again
            found.append(Difference(key, start, (), ()))
    return found


def _only(mine: Dated | None, theirs: Dated | None) -> tuple[str, ...]:
    """The lines that the other lacks: one line per field, and per table in a list of tables."""
    if mine is None:
        return ()
    lines: list[str] = []
    for field in attrs.fields(type(mine.value)):
        own, other = (getattr(said.value, field.name) if said else None for said in (mine, theirs))
        if own is None or own == other:
            continue
        whole = f"{field.name} = {toml_of(own)}"
        if isinstance(own, (tuple, frozenset, CodeSpans)) and own and other:
            missing = [item for item in _in_order(own) if item not in set(other)]
            if any(attrs.has(type(item)) for item in _in_order(own)) or len(whole) > _LONG:
                lines += [f"{field.name}: {toml_of(item)}" for item in missing]
                continue
        lines.append(whole)
    return tuple(lines)


def _in_order(items: Any) -> list[Any]:
    return sorted(items) if isinstance(items, frozenset) else list(items)


def _reference(said: Dated | None) -> str:
    return "" if said is None else said.reference
