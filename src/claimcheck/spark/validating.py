"""A DataFrame of service lines in, DataFrames of their verdicts out.

The rows are shuffled once, so that all claims of a member are in one partition and stand together in it; each worker
judges its partitions by the same classes as a frame (`claimcheck.frames`), a few members at a time. Nothing is grouped
by claim, no claim is pickled, and tables are mapped into memory from files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import attrs
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as sql

from claimcheck.engine import Validator
from claimcheck.frames.classes import Classes
from claimcheck.frames.engine import Bench
from claimcheck.frames.fields import Fields
from claimcheck.frames.table import ROW, Columns
from claimcheck.frames.validating import a_day, asked_layout, verdicts
from claimcheck.frames.words import BLANKS
from claimcheck.io.rows import Asked
from claimcheck.policies import Policy
from claimcheck.spark.batches import whole
from claimcheck.spark.schema import KIND, batches_of, spark_schema
from claimcheck.spark.shipping import ShippedTables
from claimcheck.tables import Tables

__all__ = ["SparkVerdict", "validate"]

_KEY = "claimcheck: key"
_LINES = 250_000


@attrs.frozen(eq=False)
class SparkVerdict:
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

    def persist(self) -> SparkVerdict:
        """Keeps the verdicts, once they are asked for, until `unpersist`."""
        return SparkVerdict(self.rows.persist())

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
    as_of: date | str | None = None,
    layout: str | Asked | None = None,
    partitions: int | None = None,
    one_member: bool = False,
) -> SparkVerdict:
    """The verdicts on the claims of a DataFrame of service lines, one row a line: those of `validate_frame`.

    `tables`: the path of a store that every worker can read, or what `ship` gave; None for the starter tables. `row` in
    the verdicts tells rows of `df` apart, and is no place in a file. `partitions` are as many as Spark's own setting
    unless given. `one_member` says that all lines of a claim name one member, which saves a shuffle.

    Raises:
        InputError: the columns are of no layout that is known.
    """
    columns = Columns.of(df.columns, asked_layout(layout))
    work = _Work(tuple(df.columns), policy, tables, a_day(as_of), layout)
    numbered = df.select(*(_named(name) for name in columns.names), (sql.monotonically_increasing_id() + 1).alias(ROW))
    keyed = numbered.withColumn(_KEY, _key(columns, one_member=one_member))
    shuffled = keyed.repartition(partitions, _KEY) if partitions else keyed.repartition(_named(_KEY))
    ordered = shuffled.sortWithinPartitions(_named(_KEY), _named(ROW))
    return SparkVerdict(ordered.mapInArrow(work, spark_schema()))


@attrs.frozen
class _Work:
    """What a worker does with a partition. Sent to it as it is: names and paths, and a policy."""

    names: tuple[str, ...]
    policy: str | Path | Policy
    tables: str | Path | ShippedTables | None
    as_of: date | None
    layout: Any

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        classes: Classes | None = None
        for rows in whole(batches, _KEY, _LINES):
            classes = classes or self._classes()
            for verdict in verdicts(rows.drop(_KEY), classes):
                yield from batches_of(verdict)

    def _classes(self) -> Classes:
        columns = Columns.of(self.names, asked_layout(self.layout))
        path = self.tables.path() if isinstance(self.tables, ShippedTables) else self.tables
        tables = None if path is None else Tables.open(path)
        return Classes(Bench(columns, Validator(self.policy, tables), self.as_of), Fields(columns))


def _key(columns: Columns, *, one_member: bool) -> Column:
    """What rows that must meet share: the member, of a claim without one the claim; a row without either is alone."""
    claim = _text([columns.names[column] for column in columns.claim_ids])
    by_claim = sql.concat_ws("\x1f", *(_stripped(columns.names[column]) for column in columns.keys))
    own = sql.when(claim.isNotNull(), sql.concat(sql.lit("claim "), by_claim))
    alone = sql.concat(sql.lit("row "), _named(ROW).cast("string"))
    names = [columns.names[place.column] for place in columns.places if place.target.field == "member_id"]
    if not names:
        return sql.coalesce(own, alone)
    member = _text(names)
    if not one_member:
        of_claim = Window.partitionBy(sql.coalesce(own, alone))
        member = sql.min(member).over(of_claim)
    return sql.coalesce(sql.concat(sql.lit("member "), member), own, alone)


def _text(names: list[str]) -> Column:
    """The first of some columns that is not blank."""
    return sql.coalesce(*(sql.nullif(_stripped(name), sql.lit("")) for name in names))


def _stripped(name: str) -> Column:
    return sql.btrim(_named(name).cast("string"), sql.lit(BLANKS))


def _named(name: str) -> Column:
    return sql.col("`" + name.replace("`", "``") + "`")
