"""Layouts of tables: which column maps to which field. `layout_file` describes how they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs
import regex

from claimcheck.io.rows.target import Target, parse

__all__ = ["Layout", "Place", "numbers", "plain"]

_NUMBER = regex.compile(r"\.(?:[0-9]+|\{n\})")


@attrs.frozen
class Place:
    """A column of a table and its target field; `values` translates its content."""

    column: int
    target: Target
    values: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen
class Layout:
    """Which column of a table maps to which field."""

    name: str
    columns: Mapping[str, str]
    requires: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    date: str | None = None
    complete: bool = False
    constants: Mapping[str, Any] = attrs.field(factory=dict)
    values: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    rows: str = "lines"
    belongs_to: str | None = None
    missing: frozenset[str] = frozenset()
    not_given: tuple[str, ...] = ()
    only: Mapping[str, frozenset[str]] = attrs.field(factory=dict)
    widths: Mapping[str, int] = attrs.field(factory=dict)

    @property
    def side_by_side(self) -> tuple[str, ...]:
        """The columns whose number is a line number."""
        return tuple(column for column, path in self.columns.items() if "{n}" in column and "{n}" not in path)

    @property
    def is_of_lines(self) -> bool:
        """Whether each row of such a table is a service line as it is."""
        return self.rows == "lines" and not (self.side_by_side or self.only or self.missing)

    def fits(self, columns: Sequence[str]) -> bool:
        """Whether a table with these columns (see `plain`) has this layout."""
        have = set(columns)
        return have.issuperset(self.requires) and (not self.any_of or not have.isdisjoint(self.any_of))

    def places(self, columns: Sequence[str]) -> list[Place]:
        """Where the columns go, in the order in which the layout names them: of several for one field, the first
        nonblank one counts."""
        found: list[tuple[int, int, Place]] = []
        for order, (pattern, path) in enumerate(self.columns.items()):
            numbers = _matcher(pattern)
            for position, column in enumerate(columns):
                if (number := numbers(column)) is not None:
                    for field in path.split():
                        values = self.values.get(_NUMBER.sub(".*", field), {})
                        place = Place(position, parse(field.replace("{n}", number)), values)
                        found.append((order, int(number or 0), place))
        return [place for _, _, place in sorted(found, key=lambda entry: entry[:2])]


def plain(column: str) -> str:
    """A column name without the differences in case and spacing found across exports.

    >>> plain(" CLM_ID ")
    'clm_id'
    """
    return column.strip().lower()


def numbers(pattern: str, columns: Sequence[str]) -> dict[int, int]:
    """The places of the columns that match a numbered pattern, with each number.

    >>> numbers("HCPCS_CD_{n}", ["clm_id", "hcpcs_cd_1", "hcpcs_cd_12"])
    {1: 1, 2: 12}
    """
    match = _matcher(pattern)
    found = {place: match(column) for place, column in enumerate(columns)}
    return {place: int(number) for place, number in found.items() if number}


@lru_cache(maxsize=1_024)
def _matcher(pattern: str) -> Callable[[str], str | None]:
    """The number in a column that matches the pattern, "" if the pattern has none, None if it does not match."""
    before, numbered, after = plain(pattern).partition("{n}")
    if not numbered:
        return lambda column: "" if column == before else None
    matches = regex.compile(f"{regex.escape(before)}0*([0-9]{{1,3}}){regex.escape(after)}").fullmatch
    return lambda column: None if (match := matches(column)) is None else match[1]
