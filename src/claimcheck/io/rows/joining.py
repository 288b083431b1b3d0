"""Tables that each hold part of the same claims, read as one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import cast

import attrs

from claimcheck.errors import InputError
from claimcheck.io.rows.layout import Layout
from claimcheck.io.rows.table import Row, Table

__all__ = ["Part", "joined", "of_part", "together"]

Key = Callable[[Row], str | None]


@attrs.frozen
class Part:
    """A table, its layout, and the key of its claims."""

    table: Table
    layout: Layout
    key: Key


def together(parts: Sequence[Part]) -> None:
    """Checks that the tables belong together and that one of them has lines.

    Raises:
        InputError: they do not, or none has lines.
    """
    groups = {part.layout.belongs_to for part in parts}
    for part in parts:
        if len(parts) > 1 and (len(groups) > 1 or part.layout.belongs_to is None):
            names = ", ".join(other.layout.name for other in parts)
            reason = f"these tables do not belong together ({names}): give each by itself"
            raise InputError(reason, file=part.table.file)
    if all(part.layout.rows != "lines" for part in parts):
        name, file = parts[0].layout.name, parts[0].table.file
        reason = f"a table of the layout {name} holds no service lines: give it with the one that does"
        raise InputError(reason, file=file)


def joined(parts: Sequence[Part]) -> tuple[Table, Key]:
    """The rows of all parts, and their claim key; `of_part` splits a row again.

    >>> rows = [Row(2, ["7"])]
    >>> table = Table(None, ["claim_id"], lambda: iter(rows), repeatable=True)
    >>> part = Part(table, None, lambda row: row.cells[0])
    >>> one, key = joined([part, part])
    >>> [(key(row), of_part(row)) for row in one.rows()] == [("7", (0, rows[0])), ("7", (1, rows[0]))]
    True
    """

    def rows() -> Iterator[Row]:
        place = 0
        for number, part in enumerate(parts):
            for row in part.table.rows():
                place += 1
                yield row._replace(place=place, cells=[number, row.place, *row.cells])

    def key(row: Row) -> str | None:
        number, own = of_part(row)
        return parts[number].key(own)

    repeatable = all(part.table.repeatable for part in parts)
    return Table(parts[0].table.file, [], rows, repeatable), key


def of_part(row: Row) -> tuple[int, Row]:
    """The part that a row is from, and the row as it was there."""
    number, place = cast("tuple[int, int]", tuple(row.cells[:2]))
    return number, row._replace(place=place, cells=row.cells[2:])
