"""The rows of a frame by claims: those of a claim together, its lines in their order.

What makes rows one claim, and the order of its lines, is as `claimcheck.io.rows` has it: the layout's key; a row
without a claim id is a claim by itself; lines go by their numbers where all of the claim have one, else by their rows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import polars as pl

from claimcheck.claims import reading
from claimcheck.columns.table import Columns
from claimcheck.columns.words import text_of
from claimcheck.io.rows.spelling import WHOLE_FLOAT
from claimcheck.io.rows.table import is_missing, key_text, plain_cell

__all__ = ["CLAIM", "MEMBER", "POSITION", "grouped", "has_id", "in_order", "key_of", "starts"]

CLAIM, POSITION = "claimcheck: claim", "claimcheck: position"
MEMBER = "claimcheck: member"
_START = "claimcheck: start"
_PLAIN = r"^[0-9]{1,9}$"


def starts(frame: pl.DataFrame, columns: Columns) -> pl.Series:
    """Whether each row is the first of a run of one claim's rows."""
    keys = key_of(frame, columns)
    same = keys.eq(keys.shift(1)) & has_id(frame, columns)
    return ~same.fill_null(value=False)


def key_of(frame: pl.DataFrame, columns: Columns) -> pl.Series:
    """What tells the claim of each row from others. A row without a claim id is a claim by itself all the same."""
    texts = [_key_text(frame[columns.names[column]]).fill_null("") for column in columns.keys]
    return (
        texts[0]
        if len(texts) == 1
        else pl.DataFrame(texts).select(pl.concat_str(pl.all(), separator="\x1f")).to_series()
    )


def _key_text(column: pl.Series) -> pl.Series:
    if column.dtype == pl.String:
        return text_of(column).str.replace(WHOLE_FLOAT, "$1")
    if column.dtype.is_integer():
        return column.cast(pl.String)
    return pl.Series(column.name, [key_text(plain_cell(cell)) for cell in column.to_list()], pl.String)


def has_id(frame: pl.DataFrame, columns: Columns) -> pl.Series:
    """Whether each row has a claim id."""
    known = [_key_text(frame[columns.names[column]]).fill_null("") != "" for column in columns.claim_ids]
    return pl.DataFrame(known).select(pl.any_horizontal(pl.all())).to_series() if len(known) > 1 else known[0]


def grouped(frame: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """The frame with the rows of each claim together: claims in the order of their first rows."""
    first = starts(frame, columns)
    keys = key_of(frame, columns)
    runs = keys.filter(first & has_id(frame, columns))
    if runs.n_unique() == len(runs):
        return frame.with_columns((first.cum_sum().cast(pl.UInt32) - 1).alias(CLAIM))
    own = pl.int_range(len(frame), dtype=pl.Int64, eager=True)
    named = pl.DataFrame({"key": keys, "row": own, "has": has_id(frame, columns)}).with_columns(
        pl.when("has").then(pl.col("row").min().over("key", "has")).otherwise("row").alias("first")
    )
    ordered = frame.with_columns(named["first"].alias(_START)).sort(_START, maintain_order=True)
    return ordered.with_columns(ordered[_START].rle_id().alias(CLAIM)).drop(_START)


def in_order(frame: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """The frame with the lines of each claim in their order, and the position of each, from 1."""
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
    """The line numbers as whole numbers; None where one is missing or cannot be read."""
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
    read = reading.value_of(reading.whole(text))
    return read if isinstance(read, int) else None


def _whole(cell: Any) -> int | None:
    if isinstance(cell, str):
        return _whole_of_text(cell)
    read = reading.value_of(reading.whole(cell))
    return read if isinstance(read, int) and abs(read) < 2**62 else None
