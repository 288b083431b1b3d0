"""Reshapes tables whose rows are not service lines into rows that are, or that describe only the claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from claimcheck.io.rows.layout import Layout, numbers
from claimcheck.io.rows.table import Row, Table, key_text

__all__ = ["shaped"]


def shaped(table: Table, layout: Layout) -> Table:
    """The table with one row for each service line, as its layout defines it.

    >>> from claimcheck.io.rows.layout_file import from_mapping
    >>> layout = from_mapping({"columns": {"id": "claim_id", "cpt_{n}": "procedure_code"}})
    >>> given = Table(None, ["id", "cpt_1", "cpt_2"], lambda: iter([Row(2, ["7", "99213", "36415"])]), True)
    >>> table = shaped(given, layout)
    >>> table.columns, [row.cells for row in table.rows()]
    (['cpt_1', 'id'], [['99213', '7'], ['36415', '7']])
    """
    if layout.only:
        table = _only(table, layout)
    if layout.side_by_side:
        table = _one_by_one(table, layout.side_by_side)
    if layout.rows != "lines":
        table = _without_lines(table)
    return table


def _only(table: Table, layout: Layout) -> Table:
    def rows() -> Iterator[Row]:
        for row in table.rows():
            asked = [(table.columns.index(name), texts) for name, texts in layout.only.items() if name in table.columns]
            if all(place < len(row.cells) and key_text(row.cells[place]) in texts for place, texts in asked):
                yield row

    return attrs.evolve(table, rows=rows)


def _without_lines(table: Table) -> Table:
    return attrs.evolve(table, rows=lambda: (row._replace(has_line=False) for row in table.rows()))


@attrs.frozen
class _Plan:
    """The columns of each line, by number, and the shared ones."""

    lines: Sequence[Sequence[int | None]]
    others: Sequence[int]


def _plan(columns: Sequence[str], patterns: Sequence[str]) -> _Plan:
    found: dict[int, list[int | None]] = {}
    taken = set()
    for place, pattern in enumerate(patterns):
        for column, number in numbers(pattern, columns).items():
            found.setdefault(number, [None] * len(patterns))[place] = column
            taken.add(column)
    lines = [of_line for _, of_line in sorted(found.items())]
    return _Plan(lines, [column for column in range(len(columns)) if column not in taken])


def _one_by_one(table: Table, patterns: Sequence[str]) -> Table:
    """One row for each of the lines that a row has side by side: the line's columns first, then the shared ones."""
    names = [pattern.replace("{n}", "1") for pattern in patterns]
    columns = list(names)

    def planned() -> _Plan:
        plan = _plan(table.columns, patterns)
        columns[len(names) :] = [table.columns[place] for place in plan.others]
        return plan

    planned()  # so that the columns are known before the first row

    def rows() -> Iterator[Row]:
        plan, width = planned(), len(table.columns)
        for row in table.rows():
            if len(table.columns) != width:  # later rows of JSON Lines have further columns
                plan, width = planned(), len(table.columns)
            cells = [*row.cells, *[None] * (width - len(row.cells))]
            others = [cells[place] for place in plan.others]
            lines = [[None if place is None else cells[place] for place in of_line] for of_line in plan.lines]
            filled = [line for line in lines if any(map(_says_something, line))]
            for line in filled:
                yield row._replace(cells=[*line, *others])
            if not filled:
                yield row._replace(cells=[*[None] * len(names), *others], has_line=False)

    return attrs.evolve(table, columns=columns, rows=rows)


def _says_something(cell: object) -> bool:
    """Whether a cell has content: lines that do not exist are often filled with zeros."""
    return bool(key_text(cell).strip("0."))  # type: ignore[arg-type]
