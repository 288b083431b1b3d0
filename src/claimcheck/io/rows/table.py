"""A table of lines: its columns, and its rows one by one."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

import attrs

from claimcheck.io.rows.spelling import identifier

__all__ = ["MISSING_TEXTS", "Cell", "Row", "Table", "is_missing", "key_text", "plain_cell"]

_WORDS = ("null", "none", "nan", "nat", "n/a", "na", "#n/a", "#na", "<na>", r"\n")
MISSING_TEXTS: Final = frozenset(
    {"", "NaN", "NaT", "-nan", "-NaN", *_WORDS, *[word.upper() for word in _WORDS], *[word.title() for word in _WORDS]}
)
"""How databases, spreadsheets, pandas, and R write a missing value in text.

Formats that can express a missing value themselves (837, FHIR, JSON) need no such word: there these are text.
"""

Cell = str | int | float | bool | list[Any] | dict[str, Any] | None


class Row(NamedTuple):
    """A row: its number in the input from 1, its cells in column order, its format problem if any, and whether it
    describes a service line or only the claim."""

    place: int
    cells: Sequence[Cell]
    problem: str | None = None
    has_line: bool = True


@attrs.frozen
class Table:
    """A table. `rows` reads it from the start, more than once only if it is `repeatable`.

    `columns` are the names in lowercase. For JSON Lines all of them are known only after the last row. `missing` are
    the texts that mean a blank cell.
    """

    file: str | None
    columns: list[str]
    rows: Callable[[], Iterator[Row]]
    repeatable: bool
    missing: frozenset[str] = MISSING_TEXTS


def plain_cell(value: object) -> Cell:
    """A cell of a typed table as a JSON-compatible value: dates and fractional numbers become text.

    NaN is a missing value.

    >>> plain_cell(Decimal("1E+2")), plain_cell(datetime.datetime(2024, 7, 1)), plain_cell(b"bytes")
    ('100', '2024-07-01', {})
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else value
    if isinstance(value, Decimal):
        if value.is_nan():
            return None
        return format(value, "f") if value.is_finite() and abs(value.adjusted()) < 40 else "Infinity"
    if isinstance(value, datetime.datetime):
        midnight = value.tzinfo is None and value.time() == datetime.time.min
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain_cell(item) for item in value]
    if isinstance(value, dict):
        return {str(name): plain_cell(item) for name, item in value.items()}
    return {}


def is_missing(cell: Cell) -> bool:
    r"""Whether a cell is blank: None, blank text, or one of the words for a missing value.

    >>> [is_missing(cell) for cell in (None, "  ", "NULL", "nan", r"\N", "#N/A", 0, "0")]
    [True, True, True, True, True, True, False, False]
    """
    return cell is None or (isinstance(cell, str) and cell.strip() in MISSING_TEXTS)


def key_text(cell: Cell, missing: frozenset[str] = MISSING_TEXTS) -> str:
    """The content of a cell as text for comparison; "" if it is blank by the words in `missing`.

    >>> key_text(" 7 "), key_text(7), key_text("7.0"), key_text([7]), key_text("NULL")
    ('7', '7', '7', '[7]', '')
    """
    if isinstance(cell, str):
        text = identifier(cell.strip())
        return "" if text in missing else text
    return "" if cell is None else json.dumps(cell)
