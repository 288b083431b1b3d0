"""Frames whose memory is damaged, and columns that no library has one type for: an `InputError`, or verdicts.

What is damaged here is harmless to read, so that a test that fails ends no process.
"""

from __future__ import annotations

import datetime
import traceback
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from claimcheck.errors import InputError
from claimcheck.frames import native, validate_batches, validate_frame

pd = pytest.importorskip("pandas", reason="pandas is not installed: pip install 'claimcheck[test-pandas]'")

CANARY = "QZXCANARY"


def beyond_its_precision() -> pa.Array:
    """A charge of more digits than its column says: readable, and not valid."""
    return pa.Array.from_buffers(pa.decimal128(5, 2), 1, [None, pa.py_buffer((10**12).to_bytes(16, "little"))])


def damaged() -> pa.Table:
    return pa.table({"claim_id": [CANARY], "procedure_code": ["99213"], "charge": beyond_its_precision()})


def over_arrow(table: pa.Table) -> Any:
    return table.to_pandas(types_mapper=pd.ArrowDtype)


GIVEN: dict[str, Callable[[pa.Table], Any]] = {
    "table": lambda table: table,
    "batch": lambda table: table.to_batches()[0],
    "reader": lambda table: table.to_reader(),
    "pandas": over_arrow,
}


def refusal(frame: Any) -> str:
    with pytest.raises(InputError) as raised:
        validate_frame(frame)
    told = "".join(traceback.format_exception(raised.value))
    assert CANARY not in told
    return str(raised.value)


@pytest.mark.parametrize("kind", GIVEN)
def test_arrow_memory_is_validated_before_it_is_read(kind: str) -> None:
    assert refusal(GIVEN[kind](damaged())).startswith("the frame cannot be read (ArrowInvalid)")


@pytest.mark.parametrize("kind", GIVEN)
def test_arrow_memory_that_is_whole_is_read(kind: str) -> None:
    whole = pa.table({"claim_id": ["7"], "procedure_code": ["99213"]})
    verdict = validate_frame(GIVEN[kind](whole))
    assert [str(claim) for claim in verdict.claims["claim_id"]] == ["7"]


@pytest.mark.parametrize("write", ["write_parquet", "write_ipc"])
def test_a_lazy_frame_over_a_damaged_file(write: str, tmp_path: Path) -> None:
    """Cut short, and with text in it that is no text."""
    frame = pl.DataFrame({"claim_id": [f"{CANARY}{number}" for number in range(9)], "procedure_code": ["99213"] * 9})
    path = tmp_path / "lines"
    getattr(frame, write)(path, compression="uncompressed")
    whole = path.read_bytes()
    scan = pl.scan_parquet if write == "write_parquet" else pl.scan_ipc
    for damaged in (whole[: len(whole) // 2], whole.replace(b"CANARY3", b"CANAR\xff3")):
        path.write_bytes(damaged)
        assert refusal(scan(path)).startswith("the frame cannot be read")
        with pytest.raises(InputError):
            list(validate_batches(scan(path)))


def test_a_plan_that_fails_quotes_no_cell() -> None:
    lazy = pl.LazyFrame({"claim_id": ["7"], "procedure_code": [CANARY]}).with_columns(units=pl.col("procedure_code"))
    assert "(InvalidOperationError)" in refusal(lazy.cast({"units": pl.Int64}))


def test_two_columns_of_one_name() -> None:
    said = "two columns of the frame have the same name: rename or drop one"
    assert refusal(pd.DataFrame([[CANARY, "99213"]], columns=["claim_id"] * 2)) == said
    assert refusal(pa.table([[CANARY], ["99213"]], ["claim_id"] * 2)) == said


@pytest.mark.parametrize("given", [pa.array([CANARY]), pa.chunked_array([[CANARY]])])
def test_a_column_alone(given: Any) -> None:
    assert refusal(given) == "a column of Arrow, where a table of several is expected"


def test_what_else_arrow_has_is_no_frame() -> None:
    assert refusal(pa.schema([])).startswith("no frame, but a Schema")


# ------------------------------------------------------------------ columns that mix types

MIXED: list[list[Any]] = [
    ["A1", 7], [7, "A1"], [3.5, "A1"], [True, "A1"], [Decimal("1.5"), "A1"], [10**30, "A1"], [b"x", "A1"],
    [datetime.date(2024, 7, 15), "A1"], [pd.Timestamp("2024-07-15"), "A1"], [["25"], "A1"], [{"code": "25"}, "A1"],
    [pd.NaT, "A1"], [pd.NA, 7, "A1"], [float("nan"), "A1"], [object(), "A1"], [1j, {"A1"}], ["\ud800", "A1"],
]  # fmt: skip


@pytest.mark.parametrize("cells", MIXED, ids=[str(number) for number in range(len(MIXED))])
def test_columns_that_mix_types_get_verdicts(cells: list[Any]) -> None:
    """As pandas has them from a spreadsheet."""
    frame = pd.DataFrame({"procedure_code": ["99213"] * len(cells)})
    for name in ("claim_id", "member_id", "charge", "service_date", "modifier_1"):
        frame[name] = pd.Series(cells, dtype=object)
    assert len(validate_frame(frame).lines) == len(cells)


def test_cells_of_mixed_types_say_what_their_texts_say() -> None:
    texts = {
        "claim_id": ["1", "2", "3"], "claim_type": ["professional"] * 3, "procedure_code": ["99213", "J1885", "36415"],
        "charge": ["12.50", "30", "7.25"], "units": ["1", "2", None], "member_id": ["7", "A1", None],
        "service_date": ["2024-07-15", "2024-07-15", None],
    }  # fmt: skip
    mixed = {
        **texts,
        "charge": [Decimal("12.50"), "30", np.float64(7.25)],
        "units": [np.int8(1), "2", None],
        "member_id": [7, "A1", pd.NA],
        "service_date": [pd.Timestamp("2024-07-15"), "2024-07-15", pd.NaT],
    }
    whole = validate_frame(pl.DataFrame(texts))
    for frame in (
        pd.DataFrame(mixed, dtype=object),
        pl.DataFrame([pl.Series(name, cells, dtype=pl.Object) for name, cells in mixed.items()]),
    ):
        verdict = validate_frame(frame)
        for kind in ("lines", "findings", "not_checked", "claims"):
            found, same = getattr(verdict, kind), getattr(whole, kind)
            found = found if isinstance(found, pl.DataFrame) else pl.from_pandas(found)
            assert found.cast(dict(same.schema)).rows() == same.rows()


def test_types_of_arrow_that_polars_does_not_know() -> None:
    """Amounts of 256 bits, and texts in runs."""
    table = pa.table(
        {
            "claim_id": pa.RunEndEncodedArray.from_arrays([2], ["7"]),
            "procedure_code": ["99213", "36415"],
            "charge": pa.array([Decimal("90.00"), Decimal("5.00")], pa.decimal256(60, 2)),
        }
    )
    lines = pl.DataFrame(validate_frame(table).lines)
    assert lines.select("claim_id", "charge").rows() == [("7", Decimal("90.00")), ("7", Decimal("5.00"))]


class Shouting(str):
    """A text of which no method is to be trusted."""

    __slots__ = ()

    def strip(self, *_: Any) -> str:
        raise RuntimeError(CANARY)


def test_subclasses_of_pythons_types_never_reach_pyarrow() -> None:
    """By their methods it can be led out of its memory; alone, within lists, and as names of mappings."""
    for cell in (Shouting("25"), [Shouting("25")], {Shouting("code"): Shouting("25")}, (Shouting("25"),)):
        frame = pd.DataFrame(
            {"claim_id": ["7"], "procedure_code": ["99213"], "modifiers": pd.Series([cell], dtype=object)}
        )
        column = native.taken(frame)[0].lazy().collect()["modifiers"]
        assert column.dtype == pl.Object
        assert "Shouting" not in repr(list(map(kinds, column.to_list())))
        assert len(validate_frame(frame).lines) == 1


def kinds(value: Any) -> Any:
    """The types of a value and of all within it."""
    inner = [*value.items()] if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return type(value), [kinds(one) for one in inner]


@pytest.mark.parametrize("number", [10**8, -(10**8), 2**31 - 1, -(2**31), 2**62, -(2**62)])
@pytest.mark.parametrize("dtype", [pl.Date(), pl.Datetime("us"), pl.Datetime("ms")])
def test_days_that_python_does_not_have_get_verdicts(number: int, dtype: Any) -> None:
    """They are valid in Arrow; the service date is judged, and not missing."""
    if dtype == pl.Date():
        number = max(-(2**31), min(number, 2**31 - 1))
    days_of = pl.Series("service_date", [number, None], pl.Int32 if dtype == pl.Date() else pl.Int64)
    frame = pl.DataFrame({"claim_id": ["1", "2"], "procedure_code": ["99213"] * 2}).with_columns(days_of.cast(dtype))
    for given in (frame, frame.lazy(), frame.to_arrow()):
        verdict = validate_frame(given)
        lines = verdict.lines.collect() if isinstance(verdict.lines, pl.LazyFrame) else pl.DataFrame(verdict.lines)
        assert lines["service_date"].is_null().to_list() == [False, True]
