"""Reads the fields of a claim and a line from the cells of a row, by a layout."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import attrs

from claimcheck.claims import Problem
from claimcheck.io.rows import spelling
from claimcheck.io.rows.coded_lists import Given, coded_items, number_of, with_roles
from claimcheck.io.rows.layout import Layout, Place
from claimcheck.io.rows.table import MISSING_TEXTS, Row, Table
from claimcheck.io.rows.target import ALL, Target, field_of, parse

__all__ = ["RowFields", "RowReader"]

_Cleaned = Callable[[str], str]
_Column = tuple[int, Target, _Cleaned | None]


@attrs.frozen
class _Field:
    """A field to read, its columns, and the texts that mean blank; `plain` is the column if it is just one cell."""

    name: str
    of_line: bool
    columns: tuple[_Column, ...]
    missing: frozenset[str]
    plain: tuple[int, _Cleaned | None] | None = attrs.field(init=False)

    @plain.default
    def _the_only_column(self) -> tuple[int, _Cleaned | None] | None:
        column, target, clean = self.columns[0]
        is_whole = len(self.columns) == 1 and target.number is None and not target.is_list
        return (column, clean) if is_whole else None


@attrs.frozen
class RowFields:
    """What a row gives: claim fields, line fields (None if it has no line), and items of claim lists.

    `adds` says that its items extend these lists rather than being all of them. `file` is the file of the row.
    """

    row: Row
    claim: Mapping[str, Any]
    line: Mapping[str, Any] | None
    lists: Mapping[str, tuple[Any, ...]]
    adds: bool = False
    file: str | None = None


class RowReader:
    """Reads rows with the given columns by a layout.

    >>> from claimcheck.io.rows.layout_library import named
    >>> reader = RowReader(named("tuva"), ["claim_id", "claim_line_number", "hcpcs_code", "diagnosis_code_1"])
    >>> given = reader.read(Row(2, ["7", "1", "99213", "I10"]))
    >>> given.claim, given.line
    ({'claim_id': '7'}, {'line_number': '1', 'procedure_code': '99213'})
    >>> given.lists
    {'diagnoses': (Diagnosis(code='I10', version='ICD-10-CM', role='principal', poa=None),)}
    """

    def __init__(
        self,
        layout: Layout,
        columns: Sequence[str],
        of: Collection[str] | None = None,
        file: str | None = None,
        missing: frozenset[str] = MISSING_TEXTS,
    ) -> None:
        """`of` names the fields to read, if not all; `file` is the file of the rows; `missing` are the texts that mean
        a blank cell."""
        found: dict[tuple[str, bool], list[_Column]] = {}
        for place in layout.places(columns):
            target = place.target
            if of is None or target.field in of:
                column = place.column, target, _text_reader(place, layout)
                found.setdefault((target.field, target.of_line), []).append(column)
        missing |= layout.missing
        self._fields = [_Field(*field, tuple(of_field), missing) for field, of_field in found.items()]
        self._of_lines = [field for field in self._fields if field.of_line]
        self._width = len(columns)
        constants = [(parse(path), value) for path, value in layout.constants.items()]
        self._of_items: dict[str, dict[str, Any]] = {}
        for target, value in constants:
            if target.number == ALL:
                self._of_items.setdefault(target.field, {})[str(target.part)] = value
        constants = [(target, value) for target, value in constants if target.number != ALL]
        self._of_claim = {target.field: value for target, value in constants if not target.of_line}
        self._of_line = {target.field: value for target, value in constants if target.of_line}
        if layout.not_given and of is None:
            of_line = [field for of_line, field in map(field_of, layout.not_given) if of_line]
            self._of_line["problems"] = tuple(Problem("not_given", field=field) for field in of_line)
        self._adds, self._file = layout.rows == "items", file

    @classmethod
    def of(cls, table: Table, layout: Layout, fields: Collection[str] | None = None) -> RowReader:
        """A reader for the rows of a table, for all `fields` or only these."""
        return cls(layout, table.columns, fields, table.file, table.missing)

    def read(self, row: Row) -> RowFields:
        claim, line, lists = dict(self._of_claim), dict(self._of_line), dict[str, tuple[Any, ...]]()
        cells = self._cells(row)
        for field in self._fields:
            if field.of_line or not field.columns[0][1].is_list:
                _put(field, cells, line if field.of_line else claim)
            elif given := _given(field, cells):
                name, of_items = field.name, self._of_items.get(field.name, {})
                if items := tuple(_texts(given) if name == "condition_codes" else coded_items(name, given, of_items)):
                    lists[name] = items
        return RowFields(row, claim, line if row.has_line else None, with_roles(lists), self._adds, self._file)

    def read_line(self, row: Row, like: RowFields) -> RowFields:
        """Reads only the line of a row that has the same claim fields as the row of `like`."""
        line = dict(self._of_line)
        cells = self._cells(row)
        for field in self._of_lines:
            _put(field, cells, line)
        return RowFields(row, like.claim, line, like.lists, file=self._file)

    @property
    def line_problems(self) -> tuple[Problem, ...]:
        """Format problems that every line has, whatever its row."""
        problems: tuple[Problem, ...] = self._of_line.get("problems", ())
        return problems

    @property
    def of_claims(self) -> tuple[int, ...]:
        """The columns with claim fields."""
        return tuple(sorted({column for field in self._fields if not field.of_line for column, _, _ in field.columns}))

    def _cells(self, row: Row) -> Sequence[Any]:
        """The cells of a row; a JSON row is short if later rows have further columns."""
        cells = row.cells
        return cells if len(cells) == self._width else [*cells, *[None] * (self._width - len(cells))]


def _put(field: _Field, cells: Sequence[Any], into: dict[str, Any]) -> None:
    """Adds the value of a field, or a list of a line, to the others unless it is blank."""
    if field.plain is not None:
        column, clean = field.plain
        cell = cells[column]
        if cell is not None and (not isinstance(cell, str) or (cell := cell.strip()) not in field.missing):
            into[field.name] = cell if clean is None or not isinstance(cell, str) else clean(cell)
    elif given := _given(field, cells):
        into[field.name] = _texts(given) if given[0][0].is_list else _scalar(given)


def _given(field: _Field, cells: Sequence[Any]) -> Given:
    """The nonblank values."""
    given = []
    for column, target, clean in field.columns:
        cell = cells[column]
        if cell is None:
            continue
        if isinstance(cell, str):
            cell = cell.strip()
            if cell in field.missing:
                continue
            if clean is not None:
                cell = clean(cell)
        given.append((target, cell))
    return given


def _text_reader(place: Place, layout: Layout) -> Callable[[str], str] | None:
    """How to read a text beyond stripping it; usually nothing."""
    if place.values:
        return lambda text: place.values.get(text, text)
    if place.target.field in spelling.IDENTIFIERS:
        return spelling.identifier
    return spelling.reader(layout.date) if layout.date is not None and place.target.is_date else None


def _scalar(given: Given) -> Any:
    """The first value; or, for text in numbered parts, all parts joined."""
    target, value = given[0]
    if target.number is not None or len(given) > 1:
        whole = [value for target, value in given if target.number is None]
        if not whole:
            return "".join(str(value) for _, value in sorted(given, key=number_of))
        value = whole[0]
    return value


def _texts(given: Given) -> list[Any]:
    """A list of texts or numbers: first from list cells, then from numbered columns in order.

    Several values in one text are split by the field's reader.
    """
    texts: list[Any] = []
    for target, value in sorted(given, key=number_of):
        texts += value if target.number is None and isinstance(value, list) else [value]
    return texts
