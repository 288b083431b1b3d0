"""A packed table of rows that are looked up by code: everything but the pairs.

The codes are in one sorted array; each column holds, for each row, the index of its value among the column's distinct
values. A table of 100,000 diagnoses takes less than a megabyte, and lookups are binary searches in place.

>>> from claimcheck.tables.rows import MueRow
>>> rows = [MueRow("97110", 6, 3, "Clinical: Data"), MueRow("11720", 1, 2, "Anatomic Consideration")]
>>> table = RecordTable.over(memoryview(pack_records(rows)), "mue")
>>> table.rows_of("97110")
(MueRow(code='97110', value=6, mai=3, rationale='Clinical: Data'),)
>>> table.rows_of("99213")
()
>>> pack_records([MueRow("NINE-LONG", 1, 2, "")])
Traceback (most recent call last):
    ...
claimcheck.errors.TableError: a code of 1 to 8 ASCII characters is expected
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, cast, get_args

import regex

from claimcheck.errors import TableError
from claimcheck.tables.packed.container import Numbers, damaged, narrowest, pack, unpack
from claimcheck.tables.packed.keys import code, key, stored_key
from claimcheck.tables.rows import AddOnRow, Record

__all__ = ["RecordTable", "pack_records"]

_DAY = regex.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])", regex.ASCII)

_ROW_TYPES: Final[dict[str, type[Record]]] = {row_type.__name__: row_type for row_type in get_args(Record)}


def pack_records(rows: Sequence[Record]) -> bytes:
    """The packed table of these rows, in any order: at least one, all of one type. Raises `TableError`."""
    row_type = type(rows[0])
    at = _key_field(row_type)
    keys = [stored_key(str(row[at])) for row in rows]
    pools, columns = [], []
    for column in (number for number in range(len(row_type._fields)) if number != at):
        known = {value: _encode(value) for value in {row[column] for row in rows}}
        encoded = [known[row[column]] for row in rows]
        pool = sorted(set(encoded))
        places = {value: place for place, value in enumerate(pool)}
        pools.append(pool)
        columns.append([places[value] for value in encoded])
    sorted_rows = sorted(zip(keys, *columns, strict=True))
    about = {"kind": "records", "row": row_type.__name__, "values": [[json.loads(text) for text in p] for p in pools]}
    sections: dict[str, array[int] | bytes] = {
        "about": json.dumps(about, ensure_ascii=True, separators=(",", ":")).encode("ascii"),
        "keys": array("Q", (row[0] for row in sorted_rows)),
    }
    for number, pool in enumerate(pools, start=1):
        sections[f"column{number}"] = array(narrowest(len(pool)), (row[number] for row in sorted_rows))
    return pack(sections)


class RecordTable:
    """The rows of one edition of a table, looked up in place."""

    __slots__ = ("_key_field", "_name", "_pooled", "_row_type", "_values", "keys")

    def __init__(
        self, row_type: type[Record], keys: Numbers, columns: list[Numbers], values: list[list[Any]], name: str
    ) -> None:
        self._row_type = row_type
        self._key_field = _key_field(row_type)
        self.keys = keys
        self._name = name
        self._values = values
        self._pooled = [*zip(values, columns, strict=True)]

    @classmethod
    def over(cls, view: memoryview, name: str) -> RecordTable:
        """The table in a packed file; `name` is used in errors."""
        sections = unpack(view, name)
        about = read_about(sections, "records", name)
        row_type = _ROW_TYPES.get(str(about.get("row")))
        encoded = about.get("values")
        if not isinstance(encoded, list) or not all(isinstance(pool, list) for pool in encoded):
            raise damaged(name)
        columns = [sections.get(f"column{number}") for number in range(1, len(encoded) + 1)]
        keys = sections.get("keys")
        if row_type is None or keys is None or not _fits(len(encoded), row_type):
            raise TableError("the packed table lacks a part; add the official file again", file=name)
        if any(column is None or len(column) != len(keys) for column in columns):
            raise TableError("the packed table's columns differ in length; add the official file again", file=name)
        try:
            values = [[_decode(value) for value in pool] for pool in encoded]
        except (TypeError, ValueError):
            raise damaged(name) from None
        return cls(row_type, keys, cast("list[Numbers]", columns), values, name)

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Record]:
        """Every row, by code."""
        return (self._row(place, self._code(place)) for place in range(len(self.keys)))

    def rows_of(self, text: str) -> tuple[Record, ...]:
        """The rows of a code; empty if the table does not hold it."""
        wanted = key(text)
        place = bisect_left(self.keys, wanted)
        return self.rows_at(place, text) if place < len(self.keys) and self.keys[place] == wanted else ()

    def rows_at(self, place: int, text: str) -> tuple[Record, ...]:
        """The rows of a code whose first is at that index."""
        keys = self.keys
        end = place + 1
        while end < len(keys) and keys[end] == keys[place]:
            end += 1
        return tuple([self._row(at, text) for at in range(place, end)])

    def values(self, field: str, places: Iterable[int]) -> list[Any]:
        """What the rows at these indexes hold in a field other than the code."""
        fields = [name for number, name in enumerate(self._row_type._fields) if number != self._key_field]
        at = fields.index(field)
        if at >= len(self._pooled):  # packed before rows had this field
            return [self._row_type._field_defaults[field] for _ in places]
        pool, column = self._pooled[at]
        try:
            return [pool[column[place]] for place in places]
        except IndexError:
            raise damaged(self._name) from None

    def has(self, field: str) -> bool:
        """Whether the rows have such a field, besides the code."""
        return field in self._row_type._fields and field != self._row_type._fields[self._key_field]

    def days(self) -> Iterator[date]:
        """The dates in any row, including those in list columns."""
        for pool in self._values:
            for value in pool:
                if isinstance(value, date):
                    yield value
                elif isinstance(value, tuple):
                    yield from (date.fromisoformat(text) for _, text in value if _DAY.fullmatch(text))

    def _code(self, place: int) -> str:
        try:
            return code(self.keys[place])
        except UnicodeDecodeError:
            raise damaged(self._name) from None

    def _row(self, place: int, text: str) -> Record:
        try:
            values = [pool[column[place]] for pool, column in self._pooled]
        except IndexError:
            raise damaged(self._name) from None
        values.insert(self._key_field, text)
        return self._row_type(*values)


def _fits(columns: int, row_type: type[Record]) -> bool:
    """Whether a table with so many columns, besides the code, has all that a row needs."""
    most = len(row_type._fields) - 1
    return most - len(row_type._field_defaults) <= columns <= most


def read_about(sections: dict[str, Numbers], kind: str, name: str) -> dict[str, Any]:
    """What a packed file says of itself, after checking that it is of this kind."""
    try:
        about = json.loads(bytes(sections.get("about", b"")))
    except (ValueError, RecursionError):
        about = None
    if not isinstance(about, dict) or about.get("kind") != kind:
        raise TableError(f"the packed table does not hold {kind}; add the official file again", file=name)
    return about


def _key_field(row_type: type[Record]) -> int:
    return row_type._fields.index("add_on" if row_type is AddOnRow else "code")


def _encode(value: object) -> str:
    """A value as JSON; dates are wrapped in an object to distinguish them from text."""
    return json.dumps({"date": value.isoformat()} if isinstance(value, date) else value, ensure_ascii=True)


def _decode(value: Any) -> Any:
    match value:
        case {"date": text}:
            return date.fromisoformat(text)
        case list():
            return tuple(tuple(pair) for pair in value)
    return value
