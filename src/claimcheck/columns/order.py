"""The rows of a frame sorted by claim: those of a claim together, its lines in order.

What makes rows one claim, and the order of its lines, are as in `claimcheck.io.rows`: the layout's key; a row without a
claim id is a claim by itself; lines are ordered by number if all of the claim have one, else by row.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from claimcheck.claims import amount_fields, reading
from claimcheck.columns.numbering import Ints
from claimcheck.columns.table import Columns
from claimcheck.columns.words import text_of, whole_texts
from claimcheck.io.rows.table import is_missing, key_text, plain_cell

__all__ = ["BEYOND", "CLAIM", "MEMBER", "POSITION", "Runs", "grouped", "has_id", "in_order", "key_of", "runs"]

CLAIM, POSITION = "claimcheck: claim", "claimcheck: position"
MEMBER = "claimcheck: member"
BEYOND = "claimcheck: beyond"
"""Whether a claim may be related to others only because rules look beyond its days."""
_START = "claimcheck: start"
_PLAIN = r"^[0-9]{1,9}$"


class Runs(NamedTuple):
    """The runs of rows of one claim: which rows start one, and the key of each.

    A row without a claim id is a claim by itself: its key is None.
    """

    starts: Ints
    keys: pl.Series

    @property
    def claim(self) -> pl.Series:
        """The run of each row."""
        return pl.Series(np.cumsum(self.starts, dtype=np.uint32) - 1, dtype=pl.UInt32)


def runs(frame: pl.DataFrame, columns: Columns) -> Runs:
    """The runs of rows of one claim. Texts are read where cells change, which is once per claim in most tables."""
    names = [columns.names[column] for column in sorted({*columns.keys, *columns.claim_ids})]
    differ = np.zeros(len(frame), bool)
    differ[:1] = True
    columns_of = [frame[name].rechunk() for name in names]
    for cells in columns_of:
        if cells.dtype.is_nested() or cells.dtype == pl.Object:
            differ[:] = True
        else:
            differ |= cells.ne_missing(cells.shift(1)).to_numpy()
    heads = pl.DataFrame(columns_of).filter(pl.Series(differ))
    keys, has = key_of(heads, columns), has_id(heads, columns)
    same = (keys.eq(keys.shift(1)) & has).fill_null(value=False).to_numpy()
    starts = differ.copy()
    starts[differ] = ~same
    keys = keys.zip_with(has, pl.Series([None], dtype=pl.String).new_from_index(0, len(keys)))
    if has.all():
        return Runs(starts, keys.filter(pl.Series(~same)))
    of_head = np.cumsum(differ) - 1
    starts |= ~has.to_numpy()[of_head]
    return Runs(starts, keys.gather(of_head[starts]))


def key_of(frame: pl.DataFrame, columns: Columns) -> pl.Series:
    """What distinguishes the claim of each row from others. A row without a claim id is a claim by itself."""
    texts = [_key_text(frame[columns.names[column]]).fill_null("") for column in columns.keys]
    return (
        texts[0]
        if len(texts) == 1
        else pl.DataFrame(texts).select(pl.concat_str(pl.all(), separator="\x1f")).to_series()
    )


def _key_text(column: pl.Series) -> pl.Series:
    if column.dtype == pl.String:
        return whole_texts(column)
    if column.dtype.is_integer():
        return column.cast(pl.String)
    return pl.Series(column.name, [key_text(plain_cell(cell)) for cell in column.to_list()], pl.String)


def has_id(frame: pl.DataFrame, columns: Columns) -> pl.Series:
    """Whether each row has a claim id."""
    known = [_key_text(frame[columns.names[column]]).fill_null("") != "" for column in columns.claim_ids]
    return pl.DataFrame(known).select(pl.any_horizontal(pl.all())).to_series() if len(known) > 1 else known[0]


def grouped(frame: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """The frame with the rows of each claim together: claims in the order of their first rows."""
    found = runs(frame, columns)
    known = found.keys.drop_nulls()
    if known.n_unique() == len(known):
        return frame.with_columns(found.claim.alias(CLAIM))
    places = pl.int_range(len(found.keys), dtype=pl.UInt32, eager=True)
    first = pl.when(pl.col("key").is_null()).then("run").otherwise(pl.col("run").min().over("key"))
    first_run = pl.DataFrame({"key": found.keys, "run": places}).select(first).to_series()
    ordered = frame.with_columns(first_run.gather(found.claim).alias(_START)).sort(_START, maintain_order=True)
    return ordered.with_columns(ordered[_START].rle_id().alias(CLAIM)).drop(_START)


def in_order(frame: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """The frame with the lines of each claim in order, and the position of each, from 1."""
    numbers = [place.column for place in columns.places if place.target.field == "line_number"]
    if len(numbers) == 1:
        frame = _by_number(frame, frame[columns.names[numbers[0]]])
    elif numbers:
        whole = [[plain_cell(cell) for cell in row] for row in frame.select([columns.names[n] for n in numbers]).rows()]
        said = [next((cell for cell in row if not is_missing(cell)), None) for row in whole]
        frame = _by_number(frame, pl.Series([_whole(cell) for cell in said], dtype=pl.Int64))
    place = pl.int_range(len(frame), dtype=pl.UInt32, eager=True)
    begins = frame[CLAIM].ne_missing(frame[CLAIM].shift(1))
    first = place.zip_with(begins, pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(frame))).forward_fill()
    return frame.with_columns((place - first + 1).alias(POSITION))


def _by_number(frame: pl.DataFrame, column: pl.Series) -> pl.DataFrame:
    numbers = pl.DataFrame({"claim": frame[CLAIM], "number": _whole_numbers(column)})
    claim, number = pl.col("claim"), pl.col("number")
    falls = (claim == claim.shift(1)) & (number < number.shift(1))
    if not numbers.select(falls.any()).item():
        return frame
    all_have = number.is_not_null().all().over("claim")
    order = pl.when(all_have).then(number).otherwise(0)
    places = numbers.select(claim, order.alias("order")).with_row_index("place")
    return frame[places.sort("claim", "order", maintain_order=True)["place"]]


def _whole_numbers(column: pl.Series) -> pl.Series:
    """The line numbers as integers; None if one is missing or unreadable."""
    if column.dtype.is_integer():
        return column.cast(pl.Int64, strict=False)
    texts = text_of(column)
    if column.dtype == pl.String:
        plain = texts.str.contains(_PLAIN)
        if plain.fill_null(value=True).all():
            return texts.cast(pl.Int64)
    return pl.Series([_whole(plain_cell(cell)) for cell in column.to_list()], dtype=pl.Int64)


@lru_cache(maxsize=16_384)
def _whole_of_text(text: str) -> int | None:
    read = reading.value_of(amount_fields.whole(text))
    return read if isinstance(read, int) else None


def _whole(cell: Any) -> int | None:
    if isinstance(cell, str):
        return _whole_of_text(cell)
    read = reading.value_of(amount_fields.whole(cell))
    return read if isinstance(read, int) and abs(read) < 2**62 else None
