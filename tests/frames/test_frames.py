"""Frames of every kind, whole and in batches, by every kind of column."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from polars.testing import assert_frame_equal

from claimcheck.columns.order import CLAIM
from claimcheck.columns.result_rows import ResultRows
from claimcheck.columns.schema import CLAIMS, FINDINGS, LINES, NOT_CHECKED
from claimcheck.errors import InputError
from claimcheck.frames import validate_batches, validate_frame
from claimcheck.frames.workers import workers as started
from claimcheck.policies import Policy
from frames.agreement import agree
from frames.reference import unplaced
from frames.whole_tables import whole_tables

pytestmark = pytest.mark.extended

CODES = ["99213", "36415", "80053", "80048", "3044F", "45380", "97110", "no code"]
KINDS = ("lines", "findings", "not_checked", "claims")


def some_lines(count: int = 60) -> pl.DataFrame:
    """Lines of claims of one to four, each of one of a few members."""
    claim = [place // (1 + place % 4) for place in range(count)]
    return pl.DataFrame(
        {
            "claim_id": [f"C{number:03}" for number in claim],
            "claim_type": ["professional"] * count,
            "member_id": [f"M{number % 5}" for number in claim],
            "procedure_code": [CODES[place * 7 % len(CODES)] for place in range(count)],
            "modifier_1": ["25" if place % 5 == 0 else None for place in range(count)],
            "diagnosis_1": ["E11.9" if number % 2 else "E11" for number in claim],
            "units": [1 + place % 3 for place in range(count)],
            "charge": [Decimal(place * 25 % 300) / 2 for place in range(count)],
            "service_date": [datetime.date(2024, 7, 10 + number % 9) for number in claim],
            "received_date": [datetime.date(2024, 8, 1)] * count,
        }
    )


def assert_same(one: Any, other: Any) -> None:
    for kind in KINDS:
        assert_frame_equal(getattr(one, kind), getattr(other, kind))


def test_columns_have_the_types_of_values() -> None:
    frame = some_lines()
    assert frame.schema["charge"].is_decimal()
    agree(frame, tables=whole_tables())


@pytest.mark.parametrize("dtype", [pl.Float64, pl.Int64, pl.String, pl.Decimal(10, 4)])
def test_amounts_of_every_type(dtype: Any) -> None:
    agree(some_lines().with_columns(pl.col("charge", "units").cast(dtype)), tables=whole_tables())


@pytest.mark.parametrize("column", ["procedure_code", "member_id", "claim_id", "diagnosis_1", "modifier_1"])
def test_columns_of_text_that_hold_something_else(column: str) -> None:
    frame = some_lines(24)
    agree(frame.with_columns(pl.lit(7).alias(column)), tables=whole_tables())
    agree(frame.with_columns(pl.Series(column, [[1, "x"][:1]] * 24)), tables=whole_tables())


def test_columns_of_days_that_are_moments() -> None:
    moment = pl.col("service_date").cast(pl.Datetime("us")) + pl.when(pl.col("units") == 1).then(pl.duration(hours=3))
    agree(
        some_lines(24).with_columns(
            moment.fill_null(pl.col("service_date").cast(pl.Datetime("us"))).alias("service_date")
        )
    )


def test_lists_in_one_cell() -> None:
    frame = some_lines(24).with_columns(pl.lit("25, 59").alias("modifiers"), pl.lit("E11.9;I10").alias("diagnoses"))
    agree(frame.drop("modifier_1", "diagnosis_1"), tables=whole_tables())
    listed = frame.with_columns(pl.Series("modifiers", [["25", "59"]] * 24))
    agree(listed.drop("modifier_1", "diagnosis_1"), tables=whole_tables())


def test_rows_of_a_claim_need_not_stand_together() -> None:
    frame = some_lines().sample(fraction=1.0, shuffle=True, seed=7)
    agree(frame, tables=whole_tables())


def test_a_frame_without_rows() -> None:
    verdict = validate_frame(some_lines().clear())
    for kind, schema in zip(KINDS, (LINES, FINDINGS, NOT_CHECKED, CLAIMS), strict=True):
        assert getattr(verdict, kind).schema == schema
        assert getattr(verdict, kind).is_empty()


@pytest.mark.exhaustive
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_batches_say_the_same(size: int) -> None:
    frame = some_lines().sort("claim_id")
    whole = validate_frame(frame, tables=whole_tables())
    parts = list(validate_batches(frame, tables=whole_tables(), lines=size))
    for kind in KINDS:
        assert_frame_equal(pl.concat([getattr(part, kind) for part in parts]), getattr(whole, kind))


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_parquet_is_read_as_it_comes(tmp_path: Path, size: int) -> None:
    frame = some_lines().sort("claim_id")
    frame.write_parquet(tmp_path / "lines.parquet", row_group_size=5)  # which cuts claims
    whole = validate_frame(frame, tables=whole_tables())
    parts = list(validate_batches(pl.scan_parquet(tmp_path / "lines.parquet"), tables=whole_tables(), lines=size))
    assert (len(parts) > 1) is (size < 1000)
    for kind in KINDS:
        assert_frame_equal(pl.concat([getattr(part, kind) for part in parts]).collect(), getattr(whole, kind))


def test_what_is_read_as_it_comes_may_be_scattered(tmp_path: Path) -> None:
    frame = some_lines().sample(fraction=1.0, shuffle=True, seed=3)
    frame.write_parquet(tmp_path / "lines.parquet")
    whole = validate_frame(frame, tables=whole_tables())
    parts = list(validate_batches(pl.scan_parquet(tmp_path / "lines.parquet"), tables=whole_tables(), lines=10))
    for kind in KINDS:
        keys = [name for name in ("row", "position", "rule_id", "message") if name in getattr(whole, kind).columns]
        got = pl.concat([getattr(part, kind) for part in parts]).collect()
        if kind == "not_checked":
            assert_frame_equal(unplaced(got), unplaced(whole.not_checked))
        else:
            assert_frame_equal(got.sort(keys), getattr(whole, kind).sort(keys))


@pytest.mark.exhaustive
@pytest.mark.parametrize("policy", ["default", "zero"])
def test_several_processes_say_the_same(policy: str) -> None:
    frame = some_lines(200)
    one = validate_frame(frame, policy=policy, as_of="2024-09-01", workers=1)
    assert_same(validate_frame(frame, policy=policy, as_of="2024-09-01", workers=2), one)


def test_what_has_no_name_is_judged_by_this_process() -> None:
    frame = some_lines()
    strict = Policy.load("default").replace(category_ii__charge={"accepts": ["0.00"], "allowed": "0.00"})
    assert_same(validate_frame(frame, policy=strict, workers=2), validate_frame(frame, policy=strict, workers=1))


def test_a_process_that_ends_is_told_of() -> None:
    with started({"names": []}, 1) as helpers, pytest.raises(InputError, match="ended before its work was done"):
        list(helpers.verdicts([some_lines().with_columns(pl.lit(0).alias(CLAIM))], ResultRows.nothing()))


def test_a_claim_of_very_many_lines() -> None:
    count = 4_200
    many = pl.DataFrame({"claim_id": ["A"] * count, "procedure_code": ["36415"] * count, "units": [1] * count})
    verdict = validate_frame(many)
    assert verdict.claims.select("lines", "findings").row(0) == (count, len(verdict.findings))


def test_an_arrow_table_gives_arrow_tables() -> None:
    frame = some_lines()
    verdict, whole = validate_frame(frame.to_arrow()), validate_frame(frame)
    for kind in KINDS:
        assert isinstance(getattr(verdict, kind), pa.Table)
        assert_frame_equal(pl.from_arrow(getattr(verdict, kind)), getattr(whole, kind))


def test_a_lazy_frame_gives_lazy_frames() -> None:
    verdict = validate_frame(some_lines().lazy())
    assert isinstance(verdict.lines, pl.LazyFrame)
    assert_same(verdict.__class__(*(getattr(verdict, kind).collect() for kind in KINDS)), validate_frame(some_lines()))


def test_a_pandas_frame_gives_pandas_frames() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed: pip install pandas")
    frame = some_lines().with_columns(pl.col("charge").cast(pl.Float64))
    verdict, whole = validate_frame(frame.to_pandas()), validate_frame(frame)
    for kind in KINDS:
        assert isinstance(getattr(verdict, kind), pandas.DataFrame)
        assert len(getattr(verdict, kind)) == len(getattr(whole, kind))
    assert verdict.findings["rule_id"].to_list() == whole.findings["rule_id"].to_list()
    assert verdict.lines["disposition"].to_list() == whole.lines["disposition"].to_list()


def test_whole_numbers_stay_whole_in_pandas_where_one_is_missing() -> None:
    """A finding on the claim has no line number, and NumPy's whole numbers know no missing one."""
    pytest.importorskip("pandas", reason="pandas is not installed: pip install pandas")
    verdict, whole = validate_frame(some_lines().to_pandas()), validate_frame(some_lines())
    assert whole.findings["line_number"].null_count() > 0
    for kind in KINDS:
        of_pandas, of_polars = getattr(verdict, kind), getattr(whole, kind)
        numbers = [name for name, dtype in of_polars.schema.items() if dtype.is_integer()]
        assert numbers
        for name in numbers:
            assert str(of_pandas[name].dtype) == "Int64"
            assert [
                None if is_null else cell for cell, is_null in zip(of_pandas[name], of_pandas[name].isna(), strict=True)
            ] == of_polars[name].to_list()
    assert verdict.lines["service_date"].dt.date.to_list() == whole.lines["service_date"].to_list()


@pytest.mark.parametrize("given", [[1, 2], {"claim_id": ["7"]}, "claims.parquet", None])
def test_what_is_no_frame_is_refused(given: Any) -> None:
    with pytest.raises(InputError, match="no frame"):
        validate_frame(given)


def test_a_wrong_call_says_what_to_do() -> None:
    with pytest.raises(InputError, match="as_of is no date"):
        validate_frame(some_lines(), as_of="yesterday")
    with pytest.raises(InputError, match="excel is no layout"):
        validate_frame(some_lines(), layout="excel")


def test_a_mapping_says_which_column_is_what() -> None:
    frame = some_lines(12).rename({"claim_id": "no", "procedure_code": "cpt", "service_date": "on"})
    columns = {"no": "claim_id", "cpt": "procedure_code", "on": "service_date", "charge": "charge", "units": "units"}
    mapping = {"columns": columns, "constants": {"claim_type": "professional"}}
    verdict = validate_frame(frame, layout=mapping)
    assert verdict.lines.sort("row")["claim_id"].to_list() == frame["no"].to_list()


def test_a_policy_of_no_rules_of_single_lines() -> None:
    frame = pl.DataFrame({"claim_id": ["7", "7"], "procedure_code": ["45378", "45380"], "units": [1, 1]})
    frame = frame.with_columns(claim_type=pl.lit("professional"), service_date=pl.lit("2024-07-15"))
    found = validate_frame(frame, Policy.load("default").choosing(select=["NCCI"])).findings
    assert found["rule_id"].to_list() == ["NCCI101"]
