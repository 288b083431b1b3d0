"""Rows to claims: lines apart, rows that are malformed, rows that contradict each other."""

from __future__ import annotations

import io
import json
import math
import sqlite3
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.claims import Claim, Diagnosis
from claimcheck.errors import InputError
from claimcheck.frames import validate_frame
from claimcheck.io import read_claims
from claimcheck.io.rows import grouping
from claimcheck.io.rows.table import Row, Table, plain_cell


def read(text: str) -> list[Claim]:
    return list(read_claims(text.encode(), name="lines.csv"))


def details(claim: Claim) -> list[str]:
    return [problem.detail for problem in claim.problems]


HEAD = "claim_id,line_number,procedure_code,total_charge,diagnosis_1,diagnosis_2\n"


def test_ids_that_pandas_wrote_as_floats_are_those_of_other_rows() -> None:
    head = "claim_type,procedure_code,units,charge,service_date,claim_id,member_id,original_claim_id,frequency_code\n"
    visit = "professional,99213,1,100.00,2024-07-15"
    text = f"{head}{visit},12,7.0,,1\n{visit},13.0,7,12.0,7\n"
    first, second = read(text)
    assert (first.claim_id, first.member_id) == ("12", "7")
    assert (second.claim_id, second.member_id, second.original_claim_id) == ("13", "7", "12")
    frame = pl.read_csv(text.encode(), infer_schema=False)
    assert validate_frame(frame).claims.select("claim_id", "disposition", "superseded_by").rows() == [
        ("12", "superseded", "13"),
        ("13", "payable", None),
    ]
    plain = {"claim_id": "12.0", "member_id": "A7.0"}
    assert Claim.from_dict(plain).claim_id == "12.0", "text is text where it is no cell of a table"


def test_lines_are_in_the_order_of_their_numbers() -> None:
    [claim] = read(HEAD + "7,2,36415,,,\n7,10,80053,,,\n7,1,99213,,,")
    assert [line.procedure_code for line in claim.lines] == ["99213", "36415", "80053"]
    assert [line.source.place for line in claim.lines if line.source] == [4, 2, 3]
    assert claim.source is not None
    assert claim.source.place == 2


def test_lines_without_numbers_are_in_the_order_of_the_rows() -> None:
    [claim] = read(HEAD + "7,2,36415,,,\n7,,99213,,,")
    assert [line.procedure_code for line in claim.lines] == ["36415", "99213"]


def test_two_lines_of_one_number_stay_two() -> None:
    [claim] = read(HEAD + "7,1,36415,,,\n7,1,36415,,,")
    assert [line.line_number for line in claim.lines] == [1, 1]


def test_rows_that_contradict_each_other_are_a_problem() -> None:
    [claim] = read(HEAD + "7,1,99213,125,I10,\n7,2,36415,130,I10,E11.9\n7,3,36415,125.00,,")
    assert claim.total_charge == 125
    assert claim.diagnoses == (Diagnosis("I10", role="principal"), Diagnosis("E11.9"))
    assert details(claim) == [
        "row 3: total_charge is not that of the claim's first line",
        "row 3: diagnoses are not those of the claim's first line",
    ]


def test_a_row_without_a_claim_id_is_a_claim_by_itself_and_says_so() -> None:
    claims = read(HEAD + ",1,99213,,,\n,2,36415,,,\n7,1,80053,,,")
    assert [len(claim.lines) for claim in claims] == [1, 1, 1]
    assert details(claims[0]) == ["row 2: no claim id: the row is a claim by itself"]
    assert details(claims[2]) == []


def test_rows_that_are_too_short_or_too_long_are_read_and_said() -> None:
    first, second, third = read(HEAD + "1,1,99213\n2,1,99213,,,,,\n3,1,99213,,,,,x")
    assert details(first) == ["row 2: 3 cells where 6 are expected"]
    assert details(second) == []
    assert details(third) == ["row 4: 8 cells where 6 are expected"]
    assert first.lines[0].procedure_code == third.lines[0].procedure_code == "99213"


def test_blank_rows_hold_nothing() -> None:
    assert len(read("\n\n" + HEAD + "\n,,,,,\n7,1,99213,,,\n  \n")) == 1
    assert read(HEAD) == []


def test_a_table_that_is_shuffled_is_read_twice() -> None:
    first, second = read("\n" + HEAD + "7,1,99213,,,\n8,1,99213,,,\n7,2,36415,,,")
    assert (len(first.lines), len(second.lines)) == (2, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('7,1,"99213', "row 2: cannot be split into cells: unexpected end of data"),
        (f"7,1,{'9' * 200_000},,,", "row 2: cannot be split into cells: field larger than field limit"),
        ('7,1,99213,,,\n"7"x,1,99213,,,', "row 3: cannot be split into cells"),
    ],
)
def test_rows_that_cannot_be_split_are_an_error_with_their_number(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read(HEAD + text)


@pytest.mark.parametrize("content", ["", "\n\n", "\r\n \t\r\n"])
def test_a_table_without_anything(content: str) -> None:
    with pytest.raises(InputError, match=r"lines\.csv: the file is empty"):
        read(content)


def test_json_lines_that_are_no_rows() -> None:
    rows = ['{"claim_id": "7", "procedure_code": "99213"}', "[]", '{"claim_id": "7", "procedure_code": "36415"}']
    first, second = read("\n".join(rows))
    assert (len(first.lines), len(second.lines)) == (2, 1)
    assert details(second) == [
        "row 2: an object is expected",
        "row 2: no claim id: the row is a claim by itself",
    ]


def test_columns_that_only_later_rows_have() -> None:
    rows = ['{"claim_id": "7", "procedure_code": "99213"}', '{"claim_id": "7", "procedure_code": "1", "units": 2}']
    [claim] = read("\n".join(rows))
    assert [line.units for line in claim.lines] == [None, 2]


def test_json_lines_whose_first_is_no_row_by_a_layout_that_is_asked_for() -> None:
    rows = b'[]\n{"claim_id": "7", "claim_line_number": 1, "claim_type": "professional"}'
    with pytest.raises(InputError, match="the layout tuva needs columns that are not there"):
        list(read_claims(rows, layout="tuva"))


def test_claim_keys_that_come_later_in_json_lines_tell_claims_apart() -> None:
    row = {"claim_id": "7", "claim_line_number": 1, "claim_type": "professional"}
    claims = read("\n".join(map(json.dumps, [row, {**row, "data_source": "b"}])))
    assert len(claims) == 2


CELLS = st.sampled_from(["a", "b", "c", None])


@given(st.lists(CELLS, max_size=12), st.booleans())
def test_grouping_keeps_every_row_and_every_claim_whole(keys: list[str | None], repeatable: bool) -> None:
    rows = [Row(place, [key]) for place, key in enumerate(keys, 2)]
    table = Table(None, ["claim_id"], lambda: iter(rows), repeatable)
    groups = list(grouping.grouped(table, lambda row: row.cells[0]))  # type: ignore[arg-type, return-value]
    assert sorted(row.place for group in groups for row in group) == [row.place for row in rows]
    assert all(len({row.cells[0] for row in group}) == 1 for group in groups)
    named = [group[0].cells[0] for group in groups if group[0].cells[0] is not None]
    assert len(named) == len(set(named))
    assert [group[0].place for group in groups] == sorted(group[0].place for group in groups)
    assert all(len(group) == 1 for group in groups if group[0].cells[0] is None)


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def rows() -> Iterator[Row]:
        raise sqlite3.OperationalError("database or disk is full")
        yield

    with pytest.raises(InputError, match=r"lines\.csv: its rows cannot be put in order: the disk"):
        list(grouping.grouped(Table("lines.csv", [], rows, repeatable=False), lambda row: None))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Decimal("NaN"), None),
        (math.nan, None),
        (Decimal("1E+9999"), "Infinity"),
        (Decimal("12.50"), "12.50"),
        (date(2024, 7, 1), "2024-07-01"),
        (True, True),
        ((1, {"a": Decimal(2)}), [1, {"a": "2"}]),
        (object(), {}),
    ],
)
def test_cells_of_typed_tables(value: object, cell: object) -> None:
    assert plain_cell(value) == cell


def test_moments_of_typed_tables_are_their_days_and_told_unless_at_midnight() -> None:
    import datetime

    import pyarrow
    import pyarrow.parquet

    days = [datetime.datetime(2024, 7, 1), datetime.datetime(2024, 7, 1, 8, 30)]
    columns = {"claim_id": [1, 2], "procedure_code": ["99213", "99213"], "service_date": days}
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), file)
    first, second = read_claims(file.getvalue())
    assert first.lines[0].service_date == second.lines[0].service_date == date(2024, 7, 1)
    assert not first.lines[0].problems
    assert [problem.kind for problem in second.lines[0].problems] == ["read_as"]


def test_parquet_of_whole_claims() -> None:
    import pyarrow
    import pyarrow.parquet

    rows = [{"claim_id": "7", "lines": [{"procedure_code": "99213", "units": Decimal("1.0")}]}]
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), file)
    [claim] = read_claims(file.getvalue(), name="claims.parquet")
    assert (claim.claim_id, claim.lines[0].units, str(claim.source)) == ("7", 1, "claims.parquet, #1")
