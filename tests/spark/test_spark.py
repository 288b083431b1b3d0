"""What Spark says is what the engine says, wherever partitions and batches begin and end."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from claimcheck.columns.schema import CLAIMS, FINDINGS, LINES, NOT_CHECKED
from claimcheck.errors import InputError, TableError
from claimcheck.frames import validate_frame
from claimcheck.tables.rows import PtpRow
from frames.directed import Directed, directed
from frames.reference import expected, unplaced
from frames.test_frames import some_lines
from frames.whole_tables import ROWS
from proof.test_one_batch import APART
from proof.test_one_batch import ROWS as ONE_DAY
from tables.making import opened, reading

pytestmark = pytest.mark.exhaustive

KINDS = {"lines": LINES, "findings": FINDINGS, "not_checked": NOT_CHECKED, "claims": CLAIMS}


def said(verdict: Any) -> dict[str, pl.DataFrame]:
    """The frames of a verdict of Spark, in the order of their rows."""
    kept = verdict.persist()
    try:
        found = {}
        for kind in KINDS:
            frame = pl.from_arrow(getattr(kept, kind).toArrow())
            assert isinstance(frame, pl.DataFrame)
            found[kind] = frame
        return found
    finally:
        kept.unpersist()


def assert_agrees(found: dict[str, pl.DataFrame], wanted: dict[str, pl.DataFrame]) -> None:
    """Field by field, whatever the order of claims: findings and lines of one claim stand in theirs."""
    assert_frame_equal(found["lines"].sort("row"), wanted["lines"].sort("row"))
    assert_frame_equal(found["claims"].sort("row"), wanted["claims"].sort("row"))
    by_claim = found["findings"].sort("row", maintain_order=True)
    assert_frame_equal(by_claim, wanted["findings"].sort("row", maintain_order=True))
    assert_frame_equal(unplaced(found["not_checked"]), unplaced(wanted["not_checked"]))


def on_spark(spark: Any, frame: pl.DataFrame) -> Any:
    """The frame as a DataFrame of one partition, so that its rows are numbered as those of the frame."""
    return spark.createDataFrame(frame.to_arrow()).coalesce(1)


@pytest.mark.parametrize("one_member", [False, True])
def test_claims_that_straddle_batches_and_members_with_several(spark: Any, one_member: bool) -> None:
    from claimcheck.spark import validate

    frame = some_lines(80).with_columns(pl.col("charge").cast(pl.String))
    whole = validate_frame(frame)
    found = said(validate(on_spark(spark, frame), partitions=3, one_member=one_member))
    assert_agrees(found, {kind: getattr(whole, kind) for kind in KINDS})


def test_claims_of_one_day_see_each_other(spark: Any) -> None:
    from claimcheck.spark import validate

    frame = pl.DataFrame([*ONE_DAY, *APART])
    whole = validate_frame(frame, workers=1)
    found = said(validate(on_spark(spark, frame), partitions=2))
    assert_agrees(found, {kind: getattr(whole, kind) for kind in KINDS})
    assert dict(found["claims"].select("claim_id", "disposition").rows())["D"] == "denied"


def test_a_replaced_claim_is_superseded(spark: Any) -> None:
    from claimcheck.spark import validate

    old = {**ONE_DAY[0], "frequency_code": "1", "original_claim_id": None}
    frame = pl.DataFrame([old, {**old, "claim_id": "Z", "frequency_code": "7", "original_claim_id": "A"}])
    found = said(validate(on_spark(spark, frame), partitions=2))
    assert dict(found["claims"].select("claim_id", "disposition").rows())["A"] == "superseded"


def test_rows_without_a_claim_or_a_member(spark: Any) -> None:
    from claimcheck.spark import validate

    frame = some_lines(20).with_columns(
        pl.when(pl.col("units") == 1).then(None).otherwise("claim_id").alias("claim_id"),
        pl.when(pl.col("units") == 2).then(None).otherwise("member_id").alias("member_id"),
    )
    frame = frame.with_columns(pl.col("charge").cast(pl.String))
    assert_agrees(said(validate(on_spark(spark, frame))), expected(frame))


TABLES = [
    table
    for table in directed()
    if table.options["tables"] is None and "history" not in table.options and isinstance(table.options["policy"], str)
]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_of_the_hits_and_misses_of_every_rule(spark: Any, table: Directed) -> None:
    """Those by the starter tables: tables that a test makes lie in no file, and so cannot be sent to a worker."""
    from claimcheck.spark import validate

    assert_agrees(
        said(validate(on_spark(spark, table.frame), **table.options, partitions=2)),
        expected(table.frame, **table.options),
    )


def test_a_store_is_sent_to_the_workers(spark: Any, tmp_path: Path) -> None:
    from claimcheck.spark import ship, validate

    pairs = [PtpRow("36415", "99213", date(2020, 1, 1), None, 0, "made"), *ROWS]
    tables = opened(tmp_path / "store", reading("ptp_practitioner", sorted(pairs)))
    frame = some_lines(40).with_columns(pl.col("charge").cast(pl.String))
    wanted = expected(frame, tables=tables)
    assert "NCCI101" in wanted["findings"]["rule_id"]
    for given in (ship(spark, tmp_path / "store"), tmp_path / "store"):
        assert_agrees(said(validate(on_spark(spark, frame), tables=given)), wanted)


def test_what_is_no_store_is_refused(spark: Any, tmp_path: Path) -> None:
    from claimcheck.spark import ship

    with pytest.raises(TableError, match="no store of tables"):
        ship(spark, tmp_path)


def test_a_wrong_call_says_what_to_do(spark: Any) -> None:
    from claimcheck.spark import validate

    with pytest.raises(InputError, match="no claims that claimcheck reads"):
        validate(spark.createDataFrame([("a",)], "name string"))
