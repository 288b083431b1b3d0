"""What it is for two official tables to contradict each other: kinds of it, and what was compared on a day."""

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
    """The codes that it is about, and what each of the two sides says of them.

    >>> print(Conflict(("22527",), ("0 units", "an add-on code of type 1")))
    22527: 0 units; but an add-on code of type 1
    """

    codes: tuple[str, ...]
    says: tuple[str, str]

    def __str__(self) -> str:
        return f"{' '.join(self.codes)}: {self.says[0]}; but {self.says[1]}"


@attrs.frozen
class Sides:
    """The two editions that are held against each other on a day, and all tables, for what has dates of its own."""

    tables: Tables
    on: date
    one: Volume[Any]
    other: Volume[Any]


Find = Callable[[Sides], Iterator[Conflict]]


@attrs.frozen
class Kind:
    """A kind of contradiction: between which two tables it may be, and how it is found.

    `earlier`: the first side is the edition before that of the day. `by_absence`: it rests on what a table does not
    hold, so that an edition that is known to lack rows cannot be compared.
    """

    name: str
    compared: tuple[tuple[str, str], ...]
    find: Find
    earlier: bool = False
    by_absence: bool = False


@attrs.frozen
class Comparison:
    """Two tables held against each other on a day: their editions, or why that cannot be done.

    `lacking` says which tables cannot be asked; then nothing was compared. Not `exact`: an edition does not cover the
    day, and the nearest was taken. `conflicts` are found as they are asked for.
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
