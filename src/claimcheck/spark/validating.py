"""A DataFrame of service lines in, DataFrames of their verdicts out.

The rows are shuffled once, so that all claims of a member are in one partition and stand together in it; each worker
judges its partitions by the same engine as a frame (`claimcheck.frames`), a few members at a time. What members
already had goes the same way, see `claimcheck.spark.history`. Nothing is grouped by claim, no claim is pickled, and
tables are mapped into memory from files.
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
    """The verdicts on the claims of a DataFrame.

    `rows` holds all of them, `lines`, `findings`, `not_checked` and `claims` are what its rows are, with the columns of
    the frames of `validate_frame`. Each of them judges all claims again unless `rows` is persisted or written first.
    """

    rows: DataFrame

    @property
    def lines(self) -> DataFrame:
        """The verdict on each line."""
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
        """The verdict on each claim."""
        return self._of("claims")

    @property
    def recorded(self) -> DataFrame:
        """What members have had with these claims, as `validate` takes it for its `history`.

        A row for each line that stands, of the history and of the claims; what a claim replaces or voids is not in it.

        Raises:
            InputError: it was not asked for.
        """
        if RECORDED_KIND not in self.rows.columns:
            raise InputError("what members have had was not asked for: validate(..., record=True)")
        return self._of(RECORDED_KIND)

    def persist(self) -> SparkResult:
        """Keeps the verdicts, once they are asked for, until `unpersist`."""
        return SparkResult(self.rows.persist())

    def unpersist(self) -> None:
        """Lets them go."""
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
    """The verdicts on the claims of a DataFrame of service lines, one row a line: those of `validate_frame`.

    `tables`: the path of a store that every worker can read, or what `ship` gave; None for the starter tables. `row` in
    the verdicts tells rows of `df` apart, and is no place in a file.

    `history`: what members already had, a row for each recorded line, none that was voided or replaced. Its columns are
    `member_id` and the fields of `claimcheck.history.RecordedLine`. `known_from` is the first service day of which it
    holds all that members had; without it, or before it, what hangs on more than the history holds is not checked.
    `record` asks for what members have had once these claims are recorded too, `verdict.recorded`: the next history.

    `partitions` are as many as Spark's own setting unless given. `one_member` says that all lines of a claim name one
    member, which saves a shuffle.

    Raises:
        InputError: the columns are of no layout that is known; or the history lacks one, or has one of another type.
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
    """The rows, and beside those of a member what it already had, in partitions that divide no member."""
    numbered = df.select(*(named(name) for name in columns.names), (sql.monotonically_increasing_id() + 1).alias(ROW))
    keyed = numbered.withColumn(KEY, key_of(columns, one_member=one_member))
    if history is not None:
        keyed = beside(keyed, history)
    shuffled = keyed.repartition(partitions, KEY) if partitions else keyed.repartition(named(KEY))
    return shuffled.sortWithinPartitions(named(KEY), named(ROW))
