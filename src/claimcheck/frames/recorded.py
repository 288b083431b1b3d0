"""Recorded lines as a frame: one row per line, with the fields of `RecordedLine` and its member.

>>> from datetime import date
>>> from claimcheck.claims import Disposition
>>> day = date(2024, 2, 1)
>>> line = RecordedLine("A", 1, day, day, "3044F", frozenset({"1P"}), Decimal(1), Disposition.REPORT_ONLY)
>>> frame = recorded_frame({"M1": [line]})
>>> frame.select("member_id", "claim", "code", "modifiers", "disposition").row(0)
('M1', 'A', '3044F', ['1P'], 'report_only')
>>> recorded_lines(frame) == {"M1": [line]}
True
>>> recorded_lines(frame.with_columns(claim=None))
Traceback (most recent call last):
    ...
claimcheck.errors.InputError: history: a row says nothing in claim, which each recorded line has
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs
import polars as pl

from claimcheck.claims import Disposition
from claimcheck.columns.schema import AMOUNT
from claimcheck.errors import InputError
from claimcheck.history import RecordedLine

__all__ = ["MEMBER_ID", "RECORDED", "REQUIRED", "WITHOUT_DIGESTS", "recorded_frame", "recorded_lines"]

MEMBER_ID = "member_id"
_FIELDS = attrs.fields(RecordedLine)
_OTHERS = {
    "position": pl.Int64(),
    "line_number": pl.Int64(),
    "billing_digest": pl.Int64(),
    "service_date": pl.Date(),
    "service_date_end": pl.Date(),
    "received_date": pl.Date(),
    "delivery_date": pl.Date(),
    "modifiers": pl.List(pl.String()),
    "units": AMOUNT,
    "is_record": pl.Boolean(),
}
RECORDED: Mapping[str, pl.DataType] = {
    MEMBER_ID: pl.String(),
    **{field.name: _OTHERS.get(field.name, pl.String()) for field in _FIELDS},
}
"""The columns: the line's member, and its fields."""
_DIGEST = "billing_digest"
WITHOUT_DIGESTS: Mapping[str, pl.DataType] = {name: dtype for name, dtype in RECORDED.items() if name != _DIGEST}
"""Those without the billing digest, which is useless without its key: a frame need not have it."""
REQUIRED = (MEMBER_ID, *(field.name for field in _FIELDS if field.default is attrs.NOTHING and field.name != "units"))
"""Those that every row must have."""


def recorded_frame(lines: Mapping[str, Iterable[RecordedLine]]) -> pl.DataFrame:
    """The recorded lines of members as a frame, from lines such as `history.lines(member, date.min, date.max)`."""
    names = [field.name for field in _FIELDS]
    rows = [
        (member, *(_cell(getattr(line, name)) for name in names)) for member, given in lines.items() for line in given
    ]
    return pl.DataFrame(rows, schema=dict(RECORDED), orient="row")


def recorded_lines(frame: pl.DataFrame) -> dict[str, list[RecordedLine]]:
    """The recorded lines of each member in a frame with these columns.

    Raises:
        InputError: a row lacks a required value, or has an invalid disposition.
    """
    for name in REQUIRED:
        if frame[name].null_count():
            raise InputError(f"history: a row says nothing in {name}, which each recorded line has")
    columns = {name: frame[name].to_list() for name in WITHOUT_DIGESTS}
    columns[_DIGEST] = frame[_DIGEST].to_list() if _DIGEST in frame.columns else [None] * len(frame)
    columns["modifiers"] = [frozenset(cell) for cell in columns["modifiers"]]
    columns["is_record"] = [*map(bool, columns["is_record"])]
    columns["units"] = [*map(_Units().__getitem__, columns["units"])]
    columns["disposition"] = [*map(_Dispositions().__getitem__, columns["disposition"])]
    members: dict[str, list[RecordedLine]] = {}
    cells = zip(*(columns[field.name] for field in _FIELDS), strict=True)
    for member, row in zip(columns[MEMBER_ID], cells, strict=True):
        members.setdefault(member, []).append(RecordedLine(*row))
    return members


def _cell(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value) if isinstance(value, Disposition) else value


class _Units(dict[Decimal | None, Decimal | None]):
    """Units without the trailing zeros that the column's type adds."""

    def __missing__(self, given: Decimal | None) -> Decimal | None:
        known = None if given is None else Decimal(f"{given.normalize():f}")
        self[given] = known
        return known


class _Dispositions(dict[str, Disposition]):
    """Dispositions by name."""

    def __missing__(self, given: str) -> Disposition:
        try:
            self[given] = Disposition(given)
        except ValueError:
            raise InputError(f"history: disposition is none of {', '.join(Disposition)}") from None
        return self[given]
