"""What the two readers of an 837 make of it, side by side: claim by claim, and in columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import polars as pl

from claimcheck.claims import Claim, Source
from claimcheck.columns.table import ROW, Columns
from claimcheck.errors import InputError
from claimcheck.frames.x12.reader import read_837
from claimcheck.io.rows.layout import named
from claimcheck.io.x12 import read

Seen = tuple[list[Any], str | None]


def claim_by_claim(content: bytes) -> Seen:
    """The claims, and the error in which the reading ended."""
    return _until_error(map(_plain, read(content, name="a.837")))


def in_columns(content: bytes, at_once: int = 1 << 22) -> Seen:
    """The same of the columns, whose rows are read as those of a table are."""
    return _until_error(map(_plain, _all(content, at_once)))


def rows_of(content: bytes, at_once: int = 1 << 22) -> int:
    """How many lines the columns hold."""
    found = 0
    try:
        for batch in read_837(content, at_once=at_once):
            found += len(batch.lines)
    except InputError:
        pass
    return found


def _until_error(claims: Iterator[Any]) -> Seen:
    found: list[Any] = []
    try:
        found.extend(claims)
    except InputError as error:
        return found, str(error)
    return found, None


def _all(content: bytes, at_once: int) -> Iterator[Claim]:
    for batch in read_837(content, name="a.837", at_once=at_once):
        claims = [*batch.claims, *claims_of(batch.lines)]
        yield from sorted(claims, key=lambda claim: claim.source.place)


def claims_of(lines: pl.DataFrame) -> Iterator[Claim]:
    """The claims of some rows, with the places and the numbers of their lines."""
    columns = Columns.of(lines.columns, named("837"))
    rows = lines.with_columns(pl.int_range(1, len(lines) + 1, dtype=pl.Int64).alias(ROW))
    for (place,), own in rows.group_by("claim_segment", maintain_order=True):
        claim = columns.claim_of(columns.rows_of(own))
        numbered = [
            attrs.evolve(line, line_number=number, source=Source("a.837", segment))
            for line, number, segment in zip(
                claim.lines, own["line_number"].to_list(), own["segment"].to_list(), strict=True
            )
        ]
        yield attrs.evolve(claim, lines=numbered, source=Source("a.837", int(place)))


def _plain(claim: Claim) -> Any:
    return (
        attrs.asdict(claim, recurse=False, filter=lambda field, _: field.name != "lines"),
        [attrs.asdict(line, recurse=False) for line in claim.lines],
    )
