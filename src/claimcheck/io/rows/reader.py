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
from claimcheck.io.rows.joining import Part, joined, of_part, together
from claimcheck.io.rows.layout import Layout, from_mapping, library, named
from claimcheck.io.rows.other_names import by_other_names, is_other_name
from claimcheck.io.rows.paths import is_of_paths
from claimcheck.io.rows.reading import RowReader
from claimcheck.io.rows.shaping import shaped
from claimcheck.io.rows.table import Row, Table, key_text
from claimcheck.io.rows.target import field_of
from claimcheck.io.sharing import Wanted

__all__ = ["Asked", "asked", "claims", "claims_of_all", "reading", "recognised"]

Asked = str | Path | Mapping[str, Any] | Layout

_OWN = "claimcheck"
_ADVICE = (
    "give the layout by name (layout, --columns), or a mapping of columns to fields "
    "(mapping={'columns': {'column': 'claim_id', ...}}, or a TOML file, --mapping)"
)
_OF_MEMBER = {"member_id", "line_number"}
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
    return claims_of_all([(table, layout)], wanted)


def claims_of_all(tables: Sequence[tuple[Table, Layout | None]], wanted: Wanted | None = None) -> Iterator[Claim]:
    """The claims of tables that belong together, each of which says something else of them."""
    parts = [_part(table, layout) for table, layout in tables]
    together(parts)
    whole, key = (parts[0].table, parts[0].key) if len(parts) == 1 else joined(parts)
    readers: list[RowReader] = []
    for rows in grouped(whole, key):
        if not readers:  # not before: only now are all the columns of JSON Lines known
            readers = [RowReader.of(part.table, part.layout) for part in parts]
            members = [RowReader.of(part.table, part.layout, _OF_MEMBER) for part in parts]
            problems = [problem for part in parts for problem in _of_columns(part.table.columns, part.layout)]
        own = [(0, row) for row in rows] if len(parts) == 1 else [*map(of_part, rows)]
        if wanted is None or wanted(assemble([members[part].read(row) for part, row in own]).member_id):
            yield assemble([readers[part].read(row) for part, row in own], problems)


def _part(table: Table, layout: Layout | None) -> Part:
    chosen = _chosen(table, layout)
    table = shaped(table, chosen)
    return Part(table, chosen, _key(table, chosen))


def _chosen(table: Table, layout: Layout | None) -> Layout:
    columns = table.columns
    if layout is None:
        layout = recognised(columns)
        if layout is None:
            raise InputError(_found(columns), file=table.file)
        return _without_doubles(table, layout)
    needed = layout.requires or _needed(layout)
    lacking = [column for column in needed if column.strip().lower() not in columns]
    if lacking or not layout.fits(columns):
        wanted = ", ".join(lacking) or f"one of {', '.join(layout.any_of)}"
        raise InputError(f"the layout {layout.name} needs columns that are not there: {wanted}", file=table.file)
    return _without_doubles(table, layout)


def _needed(layout: Layout) -> list[str]:
    """Without `requires`, all columns but the numbered ones; of paths into JSON, where a key may be absent, the id."""
    columns = [column for column in layout.columns if "{n}" not in column]
    return [c for c in columns if layout.columns[c] == "claim_id"] if is_of_paths(layout) else columns


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
        if not any(key_text(row.cells[column], table.missing) for column in identifiers):
            return None
        return "\x1f".join([key_text(row.cells[column], table.missing) for column in columns])

    return key


_FIELDS = {field.name for kind in (Claim, ServiceLine) for field in attrs.fields(kind)}


def _of_columns(columns: Sequence[str], layout: Layout) -> tuple[Problem, ...]:
    """What is wrong with each claim of a table for its columns: they may be misspelt, where the layout knows all that
    there can be; and what such a table never says."""
    of_claim = [field for of_line, field in map(field_of, layout.not_given) if not of_line]
    not_given = [Problem("not_given", field=field) for field in of_claim]
    if not layout.complete:
        return tuple(not_given)
    known = {place.column for place in layout.places(columns)}
    others = [name for place, name in enumerate(columns) if place not in known]
    return (*not_given, *(unknown_key(name, _FIELDS.difference(others), LINE) for name in others))


def reading(table: Table, layout: Layout | None) -> tuple[Layout, tuple[Problem, ...]]:
    """How the claims of a table are read: its layout, and the problems of its columns, which each of its claims has.

    Raises:
        InputError: the columns are of no known layout, or not of the one asked for.
    """
    chosen = _chosen(table, layout)
    if not chosen.is_of_lines or is_of_paths(chosen) or any("*" in path for path in chosen.constants):
        advice = "read the file with claimcheck.io.read_claims, or give a frame with a row for each line"
        raise InputError(f"a row of the layout {chosen.name} is not a service line: {advice}", file=table.file)
    return chosen, _of_columns(table.columns, chosen)
