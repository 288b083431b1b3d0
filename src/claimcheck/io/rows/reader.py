"""The claims of a table of lines: CSV, TSV, other delimited text, JSON Lines, Parquet, Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from claimcheck.claims import Claim, Problem, ServiceLine
from claimcheck.claims.aliases import LINE
from claimcheck.claims.keys import unknown_key
from claimcheck.errors import InputError
from claimcheck.io.rows.assembling import assemble
from claimcheck.io.rows.grouping import grouped
from claimcheck.io.rows.layout import Layout, from_mapping, library, named
from claimcheck.io.rows.other_names import by_other_names, is_other_name
from claimcheck.io.rows.reading import RowReader
from claimcheck.io.rows.table import Row, Table, key_text
from claimcheck.io.sharing import Wanted

__all__ = ["Asked", "asked", "claims", "reading", "recognised"]

Asked = str | Path | Mapping[str, Any] | Layout

_OWN = "claimcheck"
_ADVICE = (
    "give the layout by name (layout, --columns), or a mapping of columns to fields "
    "(mapping={'columns': {'column': 'claim_id', ...}}, or a TOML file, --mapping)"
)
_SHOWN = 8  #: names or numbers of columns that an error lists


def asked(layout: str | None, mapping: Asked | None) -> Layout | None:
    """The layout that a caller asks for, if any."""
    if mapping is not None:
        if layout is not None:
            raise InputError("a layout and a mapping are given: one of them is expected")
        return from_mapping(mapping)
    return None if layout is None else named(layout)


def recognised(columns: Sequence[str]) -> Layout | None:
    """The layout of claimcheck's own that a table of these columns has; of several, the one that knows most of them.

    Columns of no layout may still bear other names of fields, see `claimcheck.claims.aliases`.

    >>> recognised(["claim_id", "claim_line_number", "claim_type"]).name, recognised(["name", "street"])
    ('tuva', None)
    """
    fitting = [layout for layout in library() if layout.fits(columns)]
    if not fitting:
        return by_other_names(named(_OWN), columns)
    found = max(fitting, key=lambda layout: len(layout.places(columns)))
    return by_other_names(found, columns) if found.name == _OWN else found


def claims(table: Table, layout: Layout | None, wanted: Wanted | None = None) -> Iterator[Claim]:
    """The claims of a table, in the order of their first rows, by `layout` or the one that its columns show.

    `wanted` says which of them are read, see `claimcheck.io.sharing`.

    Raises:
        InputError: the columns are of no known layout, or not of the one asked for; or a row cannot be read.
    """
    chosen = _chosen(table, layout)
    key = _key(table, chosen)
    reader = members = None
    problems: tuple[Problem, ...] = ()
    for rows in grouped(table, key):
        if reader is None or members is None:  # not before: only now are all the columns of JSON Lines known
            reader, problems = RowReader(chosen, table.columns), _unknown(table.columns, chosen)
            members = RowReader(chosen, table.columns, of={"member_id", "line_number"})
        if wanted is None or wanted(assemble([members.read(row) for row in rows], None).member_id):
            yield assemble([reader.read(row) for row in rows], table.file, problems)


def _chosen(table: Table, layout: Layout | None) -> Layout:
    columns = table.columns
    if layout is None:
        layout = recognised(columns)
        if layout is None:
            raise InputError(_found(columns), file=table.file)
        return _without_doubles(table, layout)
    needed = layout.requires or [column for column in layout.columns if "{n}" not in column]
    lacking = [column for column in needed if column.strip().lower() not in columns]
    if lacking or not layout.fits(columns):
        wanted = ", ".join(lacking) or f"one of {', '.join(layout.any_of)}"
        raise InputError(f"the layout {layout.name} needs columns that are not there: {wanted}", file=table.file)
    return _without_doubles(table, layout)


def _without_doubles(table: Table, layout: Layout) -> Layout:
    """A column that stands twice says nobody knows what."""
    used = {place.column for place in layout.places(table.columns)}
    names = [name for place, name in enumerate(table.columns) if place in used]
    double = sorted({name for name in names if names.count(name) > 1})
    if double:
        raise InputError(f"columns stand there twice: {', '.join(double)}", file=table.file)
    return layout


def _found(columns: Sequence[str]) -> str:
    """What is said of columns of no layout. Names that are known stand there, of the others their numbers: where the
    first row is no row of names, it may hold whatever a claim does."""
    known = {place.column for layout in library() for place in layout.places(columns)}
    known |= {number for number, column in enumerate(columns) if is_other_name(column)}
    if not known:
        return f"no claims that claimcheck reads: the first row names no columns that it knows; of a table, {_ADVICE}"
    names = _listed([columns[number] for number in sorted(known)])
    others = [str(number) for number in range(1, len(columns) + 1) if number - 1 not in known]
    unknown = f"; not known: {'column' if len(others) == 1 else 'columns'} {_listed(others)}" if others else ""
    return f"the columns are of no layout that claimcheck knows ({names}{unknown}): {_ADVICE}"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _key(table: Table, layout: Layout) -> Any:
    """What tells claims apart; None of a row without a claim id."""
    identifiers = [place.column for place in layout.places(table.columns) if place.target.field == "claim_id"]
    columns = [table.columns.index(name) for name in layout.key if name in table.columns] or identifiers

    def key(row: Row) -> str | None:
        if not any(key_text(row.cells[column]) for column in identifiers):
            return None
        return "\x1f".join([key_text(row.cells[column]) for column in columns])

    return key


_FIELDS = {field.name for kind in (Claim, ServiceLine) for field in attrs.fields(kind)}


def _unknown(columns: Sequence[str], layout: Layout) -> tuple[Problem, ...]:
    """Columns that a layout without others does not name: they may be misspelt."""
    if not layout.complete:
        return ()
    known = {place.column for place in layout.places(columns)}
    others = [name for place, name in enumerate(columns) if place not in known]
    return tuple(unknown_key(name, _FIELDS.difference(others), LINE) for name in others)


def reading(table: Table, layout: Layout | None) -> tuple[Layout, tuple[Problem, ...]]:
    """How the claims of a table are read: its layout, and the problems of its columns, which each of its claims has.

    Raises:
        InputError: the columns are of no known layout, or not of the one asked for.
    """
    chosen = _chosen(table, layout)
    return chosen, _unknown(table.columns, chosen)
