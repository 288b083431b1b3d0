"""The columns of a table of lines: what each one means, and how its rows become claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

import attrs
import polars as pl

from claimcheck.claims import Claim, Problem, ServiceLine, amount_fields, reading
from claimcheck.claims.quick import builder
from claimcheck.claims.read_as import ReadAs
from claimcheck.errors import InputError
from claimcheck.io.rows import reader as io_reader
from claimcheck.io.rows.assembling import assemble
from claimcheck.io.rows.layout import Layout, Place, plain
from claimcheck.io.rows.reading import RowFields, RowReader
from claimcheck.io.rows.table import Row, Table, plain_cell
from claimcheck.io.rows.target import ROLES

__all__ = ["ROW", "Columns"]

_service_line = builder(ServiceLine)

ROW = "claimcheck: row"
"""The internal column that numbers the frame's rows, from 1."""


@attrs.frozen(eq=False)
class Columns:
    """What the columns of a frame mean: its `layout`, and the `places` of those that are read, in layout order.

    `all_names` are the frame's own column names, `names` of those that are read; a place's `column` indexes the latter.
    `problems` are those of the columns, which each claim has.
    """

    all_names: tuple[str, ...]
    names: tuple[str, ...]
    layout: Layout
    places: tuple[Place, ...]
    problems: tuple[Problem, ...]
    keys: tuple[int, ...]
    _reader: RowReader
    _of_claims: Callable[[Sequence[Any]], Sequence[Any]] = attrs.field(init=False)

    @_of_claims.default
    def _columns_of_claims(self) -> Callable[[Sequence[Any]], Sequence[Any]]:
        columns = self._reader.of_claims
        return itemgetter(*columns) if len(columns) > 1 else lambda cells: [cells[column] for column in columns]

    @classmethod
    def of(cls, names: Sequence[str], layout: Layout | None) -> Columns:
        """For a frame with column names `names`, by `layout` or the one that they show.

        Raises:
            InputError: they match no known layout, or not the requested one.

        >>> Columns.of(["CLAIM_ID", "procedure_code", "paid"], None).names
        ('CLAIM_ID', 'procedure_code')
        >>> Columns.of(["name", "street"], None)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
            ...
        claimcheck.errors.InputError: no claims that claimcheck reads: the first row names no columns that...
        """
        plain_names = [plain(name) for name in names]
        chosen, problems = io_reader.reading(Table(None, plain_names, lambda: iter(()), repeatable=True), layout)
        used = sorted({place.column for place in chosen.places(plain_names)} | {*_keys(chosen, plain_names)})
        kept = [plain_names[column] for column in used]
        if ROW in names:
            raise InputError(f"a column is named {ROW!r}: rename it")
        return cls(
            tuple(names),
            tuple(names[column] for column in used),
            chosen,
            tuple(chosen.places(kept)),
            problems,
            tuple(_keys(chosen, kept)),
            RowReader(chosen, kept),
        )

    @property
    def claim_ids(self) -> tuple[int, ...]:
        """The columns with the claim id."""
        return tuple(place.column for place in self.places if place.target.field == "claim_id")

    @property
    def line_problems(self) -> tuple[Problem, ...]:
        """Format problems of every line: fields that the layout says its rows do not give."""
        return self._reader.line_problems

    def rows_of(self, frame: pl.DataFrame) -> list[Row]:
        """The rows of a frame with these columns and `ROW`."""
        columns = [_plain(column) for column in frame.select(self.names)]
        return [*map(Row, frame[ROW].to_list(), zip(*columns, strict=True))]

    def lines_of(self, frame: pl.DataFrame, field: str) -> list[Any]:
        """Each row's value for one field of its line."""
        return [(said.line or {}).get(field) for said in self._read(frame, (field,))]

    def service_lines(self, frame: pl.DataFrame, fields: tuple[str, ...]) -> list[ServiceLine]:
        """Each row as a line with only some fields."""
        return [_service_line(dict(said.line or {})) for said in self._read(frame, fields)]

    def lists_of(self, frame: pl.DataFrame, field: str) -> list[tuple[Any, ...]]:
        """Each row's value for one list of its claim, from those of its columns that the frame has."""
        fields = ("diagnoses", *ROLES) if field == "diagnoses" else (field,)
        return [said.lists.get(field, ()) for said in self._read(frame, fields)]

    def _read(self, frame: pl.DataFrame, fields: tuple[str, ...]) -> list[RowFields]:
        """Each row's value for some fields only."""
        of_fields = {place.column for place in self.places if place.target.field in fields}
        used = sorted(column for column in of_fields if self.names[column] in frame.columns)
        reader = RowReader(self.layout, [plain(self.names[column]) for column in used], fields)
        columns = [_plain(frame[self.names[column]]) for column in used]
        cells = zip(*columns, strict=True) if columns else [()] * len(frame)
        return [reader.read(Row(place, row)) for place, row in enumerate(cells, 1)]

    def claim_of(self, rows: Iterable[Row]) -> Claim:
        """The claim in some rows, which are in line order.

        Its lines have no numbers, so that reports refer to their positions.
        """
        said: list[RowFields] = []
        header: Any = None
        for row in rows:
            own = self._of_claims(row.cells)
            if own == header and [*map(type, own)] == [*map(type, header)]:
                said.append(self._reader.read_line(row, said[-1]))
            else:
                header = own
                said.append(self._reader.read(row))
        numbers = [number for number in map(_number, said) if number is not None]
        repeated = (Problem("repeated_line_number"),) if len(set(numbers)) < len(numbers) else ()
        return assemble([*map(_unnumbered, said)], (*self.problems, *repeated))


def _number(said: RowFields) -> int | None:
    number = reading.value_of(amount_fields.whole((said.line or {}).get("line_number")))
    return number if isinstance(number, int) else None


def _keys(layout: Layout, columns: Sequence[str]) -> list[int]:
    """The columns that identify claims, as in `claimcheck.io.rows.reader`."""
    named = [columns.index(name) for name in layout.key if name in columns]
    return named or [place.column for place in layout.places(columns) if place.target.field == "claim_id"]


def _unnumbered(said: RowFields) -> RowFields:
    read = amount_fields.whole((said.line or {}).get("line_number"))
    if not isinstance(reading.value_of(read), int):
        return said
    line = dict(said.line or {})
    del line["line_number"]
    if isinstance(read, ReadAs):
        line["problems"] = (*line.get("problems", ()), Problem("read_as", field="line_number", detail=read.how))
    return attrs.evolve(said, line=line)


def _plain(column: pl.Series) -> list[Any]:
    """The cells of a column as JSON-compatible values, see `plain_cell`."""
    cells = column.to_list()
    if column.dtype in (pl.String, pl.Boolean) or column.dtype.is_integer():
        return cells
    if column.dtype == pl.Date:
        return [None if cell is None else cell.isoformat() for cell in cells]
    known = {cell: plain_cell(cell) for cell in {*cells}} if column.dtype.is_decimal() else None
    return [*map(plain_cell, cells)] if known is None else [known[cell] for cell in cells]
