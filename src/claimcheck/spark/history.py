"""Members' earlier lines, as a DataFrame of recorded lines that is joined with their claims.

Its rows travel with those of the claims, as one more column, in a single shuffle by member; a worker holds those of the
members it is currently validating.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl
from pyspark.sql import Column, DataFrame, SparkSession, types
from pyspark.sql import functions as sql

from claimcheck.columns.table import ROW
from claimcheck.errors import InputError
from claimcheck.frames.recorded import MEMBER_ID, WITHOUT_DIGESTS, recorded_lines
from claimcheck.history import RecordedHistory
from claimcheck.spark.members import KEY, key_of_member, named, text_of

__all__ = ["HISTORY", "beside", "checked", "no_history", "parted", "recorded_by"]

HISTORY = "claimcheck: history"

_WHOLE = (types.ByteType, types.ShortType, types.IntegerType, types.LongType)
_TYPES: Mapping[pl.DataType, tuple[tuple[type[types.DataType], ...], types.DataType, str]] = {
    pl.String(): ((types.StringType,), types.StringType(), "text"),
    pl.Int64(): (_WHOLE, types.LongType(), "a whole number"),
    pl.Boolean(): ((types.BooleanType,), types.BooleanType(), "true or false"),
    pl.Date(): ((types.DateType,), types.DateType(), "a date"),
    pl.List(pl.String()): ((types.ArrayType,), types.ArrayType(types.StringType()), "an array of text"),
    WITHOUT_DIGESTS["units"]: ((types.DecimalType, *_WHOLE), types.DecimalType(38, 12), "a decimal"),
}


def no_history(spark: SparkSession) -> DataFrame:
    """An empty DataFrame of recorded lines: what is known of members before the first run."""
    fields = [types.StructField(name, _TYPES[dtype][1]) for name, dtype in WITHOUT_DIGESTS.items()]
    return spark.createDataFrame([], types.StructType(fields))


def checked(history: DataFrame) -> None:
    """Checks the columns of a history, not its rows.

    Raises:
        InputError: a column is missing, or has the wrong type.
    """
    held = {field.name: field.dataType for field in history.schema.fields}
    for name, dtype in WITHOUT_DIGESTS.items():
        if name not in held:
            raise InputError(
                f"history: no column {name}. Its columns are {MEMBER_ID} and the fields of RecordedLine; where nothing "
                "is known of one, give a column of nulls"
            )
        taken, _, says = _TYPES[dtype]
        if not isinstance(held[name], (*taken, types.NullType)):
            raise InputError(f"history: {name} is {held[name].simpleString()}, where {says} is expected: cast it")


def beside(claims: DataFrame, history: DataFrame) -> DataFrame:
    """The rows of claims, which have a `KEY`, followed by those of a history with the same member's key."""
    cells = [_cell(name, dtype).alias(name) for name, dtype in WITHOUT_DIGESTS.items()]
    member = sql.coalesce(text_of(MEMBER_ID), sql.lit(""))
    lines = history.select(key_of_member(member).alias(KEY), sql.struct(*cells).alias(HISTORY))
    return claims.unionByName(lines, allowMissingColumns=True)


def _cell(name: str, dtype: pl.DataType) -> Column:
    return text_of(name) if name == MEMBER_ID else named(name).cast(_TYPES[dtype][1])


def parted(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of claims, and the recorded lines with them, with their `KEY`."""
    of_claims = rows[ROW].is_not_null()
    recorded = rows.filter(~of_claims).select(KEY, HISTORY).unnest(HISTORY)
    return rows.filter(of_claims).drop(HISTORY), recorded


def recorded_by(recorded: pl.DataFrame, known_from: date | None) -> RecordedHistory:
    """The history made of recorded lines.

    Raises:
        InputError: a row is not a recorded line.
    """
    return RecordedHistory(recorded_lines(recorded), known_from)
