"""Tables as JSON: each row is an object whose keys are the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from claimcheck.io.rows.layout import plain
from claimcheck.io.rows.table import Row, Table, plain_cell

__all__ = ["read"]


_BLANK = frozenset({""})  #: JSON has null
Expanded = Iterable[tuple[Any, bool]]


def _itself(value: Any) -> Expanded:
    return ((value, True),)


def read(
    values: Iterable[tuple[int | None, Any]],
    columns: Sequence[str],
    file: str | None,
    expanded: Callable[[Any], Expanded] = _itself,
) -> Table:
    """The table in the numbered `values`; `columns` are those known before the first is read.

    `expanded` gives the rows of a value, each with whether it is a line.

    >>> table = read([(1, {"claim_id": "7"}), (2, {"claim_id": "7", "units": 1}), (3, "units")], ["claim_id"], None)
    >>> [row.cells for row in table.rows()], table.columns
    ([['7'], ['7', 1], [None, None]], ['claim_id', 'units'])
    """
    known = list(columns)
    position = {name: place for place, name in enumerate(known)}

    def rows() -> Iterator[Row]:
        expansions = ((place, *row) for place, given in values for row in expanded(given))
        for place, value, has_line in expansions:
            if not isinstance(value, dict):
                yield Row(place or 1, [None] * len(known), "an object is expected")
                continue
            named = [(plain(name), cell) for name, cell in value.items()]
            for name, _ in named:
                if name not in position:
                    position[name] = len(known)
                    known.append(name)
            cells: list[Any] = [None] * len(known)
            for name, cell in named:
                cells[position[name]] = plain_cell(cell)
            yield Row(place or 1, cells, has_line=has_line)

    return Table(file, known, rows, repeatable=False, missing=_BLANK)
