"""Reads claims from a table of lines: CSV, TSV, other delimited text, JSON Lines, Parquet, Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from claimcheck.claims import Claim, Problem, ServiceLine
from claimcheck.claims.aliases import LINE
from claimcheck.claims.unknown_keys import unknown_key
from claimcheck.errors import InputError
from claimcheck.io.rows.assembling import assemble
from claimcheck.io.rows.grouping import grouped
from claimcheck.io.rows.joining import Part, joined, of_part, together
from claimcheck.io.rows.layout import Layout
from claimcheck.io.rows.layout_file import from_mapping
from claimcheck.io.rows.layout_library import library, named
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
_SHOWN = 8  #: column names or numbers listed in an error


def asked(layout: str | None, mapping: Asked | None) -> Layout | None:
    """The layout that the caller asks for, if any."""
    if mapping is not None:
        if layout is not None:
            raise InputError("a layout and a mapping are given: one of them is expected")
        return from_mapping(mapping)
    return None if layout is None else named(layout)


def recognised(columns: Sequence[str]) -> Layout | None:
    """The built-in layout for a table with these columns; of several, the one that knows most of them.

    Columns that match no layout may still have alternative field names, see `claimcheck.claims.aliases`.

    >>> recognised(["claim_id", "claim_line_number", "claim_type"]).name, recognised(["name", "street"])
    ('tuva', None)
    """
    fitting = [layout for layout in library() if layout.fits(columns)]
    if not fitting:
        return by_other_names(named(_OWN), columns)
    found = max(fitting, key=lambda layout: len(layout.places(columns)))
    return by_other_names(found, columns) if found.name == _OWN else found


def claims(table: Table, layout: Layout | None, wanted: Wanted | None = None) -> Iterator[Claim]:
    """The claims of a table, in the order of their first rows, by `layout` or the layout its columns show.

    `wanted` selects which of them are read, see `claimcheck.io.sharing`.

    Raises:
        InputError: the columns match no known layout, or not the requested one; or a row cannot be read.
    """
    return claims_of_all([(table, layout)], wanted)


def claims_of_all(tables: Sequence[tuple[Table, Layout | None]], wanted: Wanted | None = None) -> Iterator[Claim]:
    """The claims of tables that each hold part of them."""
    parts = [_part(table, layout) for table, layout in tables]
    together(parts)
    whole, key = (parts[0].table, parts[0].key) if len(parts) == 1 else joined(parts)
    readers: list[RowReader] = []
    for rows in grouped(whole, key):
        if not readers:  # only now are all columns of JSON Lines known
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
    """Without `requires`, all unnumbered columns; for JSON paths, whose keys may be absent, the claim id."""
    columns = [column for column in layout.columns if "{n}" not in column]
    return [c for c in columns if layout.columns[c] == "claim_id"] if is_of_paths(layout) else columns


def _without_doubles(table: Table, layout: Layout) -> Layout:
    """A duplicate column is ambiguous, so it is refused."""
    used = {place.column for place in layout.places(table.columns)}
    names = [name for place, name in enumerate(table.columns) if place in used]
    double = sorted({name for name in names if names.count(name) > 1})
    if double:
        raise InputError(f"columns stand there twice: {', '.join(double)}", file=table.file)
    return layout


def _found(columns: Sequence[str]) -> str:
    """Describes columns that match no layout. Known names are quoted; the rest are numbers, because without a header
    the first row may be claim data."""
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
    """The claim key; None for a row without a claim id."""
    identifiers = [place.column for place in layout.places(table.columns) if place.target.field == "claim_id"]
    columns = [table.columns.index(name) for name in layout.key if name in table.columns] or identifiers

    def key(row: Row) -> str | None:
        if not any(key_text(row.cells[column], table.missing) for column in identifiers):
            return None
        return "\x1f".join([key_text(row.cells[column], table.missing) for column in columns])

    return key


_FIELDS = {field.name for kind in (Claim, ServiceLine) for field in attrs.fields(kind)}


def _of_columns(columns: Sequence[str], layout: Layout) -> tuple[Problem, ...]:
    """Problems of the columns that every claim has: possible misspellings, if the layout knows all columns, and fields
    that such a table never gives."""
    of_claim = [field for of_line, field in map(field_of, layout.not_given) if not of_line]
    not_given = [Problem("not_given", field=field) for field in of_claim]
    if not layout.complete:
        return tuple(not_given)
    known = {place.column for place in layout.places(columns)}
    others = [name for place, name in enumerate(columns) if place not in known]
    return (*not_given, *(unknown_key(name, _FIELDS.difference(others), LINE) for name in others))


def reading(table: Table, layout: Layout | None) -> tuple[Layout, tuple[Problem, ...]]:
    """How to read the claims of a table: its layout, and the problems its columns give every claim.

    Raises:
        InputError: the columns match no known layout, or not the requested one.
    """
    chosen = _chosen(table, layout)
    if not chosen.is_of_lines or is_of_paths(chosen) or any("*" in path for path in chosen.constants):
        advice = "read the file with claimcheck.io.read_claims, or give a frame with a row for each line"
        raise InputError(f"a row of the layout {chosen.name} is not a service line: {advice}", file=table.file)
    return chosen, _of_columns(table.columns, chosen)
