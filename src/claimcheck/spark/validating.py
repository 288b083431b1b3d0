"""Validates a DataFrame of service lines and returns DataFrames of results.

The rows are shuffled once, so that all claims of a member are in one partition and adjacent in it; each worker
validates its partitions with the same engine as a frame (`claimcheck.frames`), a few members at a time. Earlier lines
of members travel the same way, see `claimcheck.spark.history`. Nothing is grouped by claim, no claim is pickled, and
tables are memory-mapped from files.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from claimcheck.columns.table import ROW, Columns
from claimcheck.errors import InputError
from claimcheck.frames.validating import a_day, asked_layout
from claimcheck.io.rows import Asked
from claimcheck.policies import Policy
from claimcheck.spark.history import beside, checked
from claimcheck.spark.members import KEY, key_of, named
from claimcheck.spark.schema import KIND, RECORDED_KIND, kinds_of, spark_schema
from claimcheck.spark.shipping import ShippedTables
from claimcheck.spark.work import Over, Work

__all__ = ["SparkResult", "together", "validate"]


@attrs.frozen(eq=False)
class SparkResult:
    """The results of the claims in a DataFrame.

    `rows` holds all of them; `lines`, `findings`, `not_checked`, and `claims` are its rows by kind, with the columns of
    the frames of `validate_frame`. Each of them validates all claims again unless `rows` is persisted or written first.
    """

    rows: DataFrame

    @property
    def lines(self) -> DataFrame:
        """The result of each line."""
        return self._of("lines")

    @property
    def findings(self) -> DataFrame:
        """All findings."""
        return self._of("findings")

    @property
    def not_checked(self) -> DataFrame:
        """What applies and could not be checked."""
        return self._of("not_checked")

    @property
    def claims(self) -> DataFrame:
        """The result of each claim."""
        return self._of("claims")

    @property
    def recorded(self) -> DataFrame:
        """The recorded lines of members including these claims, as `validate` takes them for `history`.

        One row for each line in force, from the history and the claims; lines that a claim replaces or voids are left
        out.

        Raises:
            InputError: it was not requested.
        """
        if RECORDED_KIND not in self.rows.columns:
            raise InputError("what members have had was not asked for: validate(..., record=True)")
        return self._of(RECORDED_KIND)

    def persist(self) -> SparkResult:
        """Keeps the results, once computed, until `unpersist`."""
        return SparkResult(self.rows.persist())

    def unpersist(self) -> None:
        """Releases them."""
        self.rows.unpersist()

    def _of(self, kind: str) -> DataFrame:
        return self.rows.where(sql.col(KIND) == kind).select(f"{kind}.*")


def validate(
    df: DataFrame,
    *,
    policy: str | Path | Policy = "default",
    tables: str | Path | ShippedTables | None = None,
    history: DataFrame | None = None,
    known_from: date | str | None = None,
    record: bool = False,
    as_of: date | str | None = None,
    layout: str | Asked | None = None,
    partitions: int | None = None,
    one_member: bool = False,
) -> SparkResult:
    """The results of the claims in a DataFrame of service lines, one row per line: equal to those of `validate_frame`.

    `tables`: the path of a store that every worker can read, or what `ship` returned; None for the starter tables.
    `row` in the results distinguishes rows of `df`, and is not a place in a file.

    `history`: members' earlier lines, one row for each recorded line, without voided or replaced ones. Its columns are
    `member_id` and the fields of `claimcheck.history.RecordedLine`. `known_from` is the first service date from which
    it is complete; without it, or before it, what depends on further history is not checked. `record` requests the
    lines of members including these claims, `result.recorded`: the history for the next run.

    `partitions` defaults to Spark's own setting. `one_member` says that all lines of a claim name one member, which
    saves a shuffle.

    Raises:
        InputError: the columns match no known layout; or the history lacks one, or has one of the wrong type.
    """
    columns = Columns.of(df.columns, asked_layout(layout))
    over = _over(history, known_from, record=record)
    work = Work(tuple(df.columns), policy, tables, a_day(as_of), layout, over)
    rows = together(df, columns, history, partitions=partitions, one_member=one_member)
    return SparkResult(rows.mapInArrow(work, spark_schema(kinds_of(record=record))))


def _over(history: DataFrame | None, known_from: date | str | None, *, record: bool) -> Over | None:
    if history is not None:
        checked(history)
        return Over(a_day(known_from, "known_from"), record)
    if known_from is not None:
        raise InputError("known_from says of a history from when it knows all: give `history` too")
    if record:
        raise InputError("what is recorded comes after what was: give `history` too, at first that of `no_history`")
    return None


def together(
    df: DataFrame, columns: Columns, history: DataFrame | None, *, partitions: int | None, one_member: bool
) -> DataFrame:
    """The rows, with each member's recorded lines, in partitions that do not split a member."""
    numbered = df.select(*(named(name) for name in columns.names), (sql.monotonically_increasing_id() + 1).alias(ROW))
    keyed = numbered.withColumn(KEY, key_of(columns, one_member=one_member))
    if history is not None:
        keyed = beside(keyed, history)
    shuffled = keyed.repartition(partitions, KEY) if partitions else keyed.repartition(named(KEY))
    return shuffled.sortWithinPartitions(named(KEY), named(ROW))
