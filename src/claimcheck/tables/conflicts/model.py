"""The kinds of contradiction between two official tables, and what was compared on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import attrs

from claimcheck.tables.lookup import Edition, NotCovered
from claimcheck.tables.shelf import Volume
from claimcheck.tables.tables import Tables

__all__ = ["Comparison", "Conflict", "Find", "Kind", "Sides"]


@attrs.frozen
class Conflict:
    """The codes concerned, and what each side says of them.

    >>> print(Conflict(("22527",), ("0 units", "an add-on code of type 1")))
    22527: 0 units; but an add-on code of type 1
    """

    codes: tuple[str, ...]
    says: tuple[str, str]

    def __str__(self) -> str:
        return f"{' '.join(self.codes)}: {self.says[0]}; but {self.says[1]}"


@attrs.frozen
class Sides:
    """The two editions compared on a day, and all tables, for content with its own dates."""

    tables: Tables
    on: date
    one: Volume[Any]
    other: Volume[Any]


Find = Callable[[Sides], Iterator[Conflict]]


@attrs.frozen
class Kind:
    """A kind of contradiction: the two tables it is between, and how it is found.

    `earlier`: the first side is the edition before that of the day. `by_absence`: it depends on what a table lacks, so
    an edition known to lack rows cannot be compared.
    """

    name: str
    compared: tuple[tuple[str, str], ...]
    find: Find
    earlier: bool = False
    by_absence: bool = False


@attrs.frozen
class Comparison:
    """Two tables compared on a day: their editions, or why they could not be compared.

    `lacking` names the tables that cannot be asked; then nothing was compared. Not `exact`: an edition does not cover
    the day, and the nearest was used. `conflicts` are found on demand.
    """

    kind: Kind
    on: date
    tables: tuple[str, str]
    editions: tuple[Edition, ...] = ()
    exact: bool = True
    lacking: tuple[NotCovered, ...] = ()
    _find: Callable[[], Iterator[Conflict]] = attrs.field(default=lambda: iter(()), eq=False, repr=False)

    @property
    def conflicts(self) -> Iterator[Conflict]:
        """Each contradiction, by code."""
        return self._find()
