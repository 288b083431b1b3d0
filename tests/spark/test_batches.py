"""What Spark hands over is validated before Polars takes it: a damaged batch is refused, and ends no worker."""

from __future__ import annotations

import traceback

import pyarrow as pa
import pytest

from claimcheck.errors import InputError

pytest.importorskip("pyspark.sql", reason="Spark is not installed: pip install 'claimcheck[spark]'")

from frames.test_damaged import CANARY, damaged


@pytest.mark.parametrize("before", [0, 1])
def test_a_damaged_batch_is_refused(before: int) -> None:
    from claimcheck.spark.batches import whole

    sound = pa.record_batch(
        {"claim_id": ["A"], "procedure_code": ["99213"], "charge": pa.array([None], pa.decimal128(5, 2))}
    )
    batches = [*[sound] * before, *damaged().to_batches()]
    with pytest.raises(InputError, match=r"the frame cannot be read \(ArrowInvalid\)") as raised:
        list(whole(batches, "claim_id", 1))
    assert CANARY not in "".join(traceback.format_exception(raised.value))


def test_floats_of_four_bytes_are_the_decimals_that_they_stand_for() -> None:
    from claimcheck.spark.batches import whole

    amounts = pa.array([12.1, 123456.78, 1234567.89, None], pa.float32())
    (frame,) = whole([pa.record_batch({"claim_id": ["A"] * 4, "charge": amounts})], "claim_id", 1)
    assert frame["charge"].to_list() == ["12.1", "123456.78", "1234567.875", None]
