"""Values of parameters with the date from which each is in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from claimcheck.policies.parameter import item_of, list_of

__all__ = ["Dated", "Entry", "citing", "entry_from", "in_force"]


@attrs.frozen
class Dated:
    """A value of a parameter, the date from which it is in force (None: always), and where it is written.

    `fields` are those written there, None if all are: what an entry leaves out has the parameter's default.
    """

    value: Any
    start: date | None
    reference: str
    fields: frozenset[str] | None = None


@attrs.frozen
class Entry(Dated):
    """An entry of a file. `replace`: the list replaces the inherited one; `replaces`: which table replaces which."""

    replace: bool = False
    replaces: Mapping[str, str] = attrs.field(factory=dict)


def citing(value: Any, reference: str) -> Any:
    """The value of a parameter in which each named table says where it is written: its own reference, or its
    entry's."""
    field = list_of(type(value))
    if field is None or "reference" not in attrs.fields_dict(item_of(type(value))):
        return value
    tables = (one if one.reference else attrs.evolve(one, reference=reference) for one in getattr(value, field))
    return attrs.evolve(value, **{field: tuple(tables)})


def in_force(entries: Sequence[Any], day: date) -> Any:
    """The last entry that began by `day`; None if none did."""
    return next((entry for entry in reversed(entries) if entry.start is None or entry.start <= day), None)


def entry_from(start: date | None) -> str:
    """An entry, as an error names it."""
    return f"the entry from {start or 'the beginning'}"
