"""Results as frames: the columns and the cells of the frames of `validate_frame`."""

from __future__ import annotations

import polars as pl
import pyarrow as pa
import pytest
from polars.testing import assert_frame_equal

from claimcheck import validate_claims
from claimcheck.errors import InputError
from claimcheck.frames import results_frame, validate_frame

FRAME = pl.DataFrame(
    {
        "claim_id": ["A", "A", "B", "C", "D"],
        "claim_type": ["professional"] * 5,
        "member_id": ["M1", "M1", "M2", None, "M4"],
        "procedure_code": ["45378", "45380", "3044F", "no code", "99213"],
        "modifier_1": [None, "25", "8P", "what", None],
        "service_date": ["2024-07-15", "2024-07-15", "2024-07-16", "soon", None],
        "units": [1, 1, 1, 1, 0],
        "charge": ["310.00", "420.00", "0.00", "5.00", "7.00"],
    }
)
KINDS = ("lines", "findings", "not_checked", "claims")


def results():
    given = [
        {
            "claim_id": name,
            "claim_type": "professional",
            "member_id": rows[0]["member_id"],
            "lines": [
                {
                    **{key: row[key] for key in ("procedure_code", "service_date", "units", "charge")},
                    "modifiers": [row["modifier_1"]] if row["modifier_1"] else [],
                }
                for row in rows
            ],
        }
        for name, rows in FRAME.rows_by_key("claim_id", named=True, include_key=True).items()
    ]
    return list(validate_claims(given))


@pytest.mark.parametrize("kind", KINDS)
def test_the_frame_is_that_of_validate_frame_but_for_where_claims_were_read(kind):
    whole = getattr(validate_frame(FRAME), kind)
    own = results_frame(results(), kind)
    assert set(whole.columns) - set(own.columns) <= {"file", "row", "position"}
    assert len(own) > 0
    assert_frame_equal(own, whole.select(own.columns), check_row_order=kind != "not_checked")


def test_adjustments_are_those_of_the_lines():
    frame = results_frame(results(), "adjustments")
    assert frame.select("claim_id", "procedure_code", "carc").row(0) == ("A", "45378", "236")
    assert len(frame) == sum(len(line.adjustments) for one in results() for line in one.lines)


@pytest.mark.parametrize("kind", [*KINDS, "adjustments"])
def test_every_backend_holds_the_same(kind):
    whole = results_frame(results(), kind)
    as_arrow = results_frame(results(), kind, backend="pyarrow")
    assert isinstance(as_arrow, pa.Table)
    assert_frame_equal(pl.DataFrame(as_arrow), whole)
    pandas = pytest.importorskip("pandas", reason="pandas is not installed: pip install pandas")
    as_pandas = results_frame(results(), kind, backend=pandas)
    assert isinstance(as_pandas, pandas.DataFrame)
    assert list(as_pandas.columns) == whole.columns
    assert as_pandas["claim_id"].to_list() == whole["claim_id"].to_list()


def test_no_results_are_a_frame_without_rows():
    assert results_frame([]).columns == results_frame(results()).columns
    assert len(results_frame(iter(()), "findings")) == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "rows"}, "no such kind of frame: rows; give lines, "),
        ({"backend": "excel"}, "no such backend: 'excel'; give polars, pandas or pyarrow"),
        ({"backend": None}, "no such backend: None"),
    ],
)
def test_a_wrong_call_says_what_to_give(given, said):
    with pytest.raises(InputError, match=said):
        results_frame(results(), **given)


def test_what_is_no_result_is_refused_without_being_shown():
    with pytest.raises(InputError, match="a ClaimResult is expected, not a dict") as error:
        results_frame([{"member_id": "W1234"}])
    assert "W1234" not in str(error.value)
