"""Amounts of every type of column, and the strongest of some dispositions."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from claimcheck.claims.verdict import strongest
from claimcheck.columns.placing import _among, _strongest
from frames.agreement import agree


@pytest.mark.parametrize("dtype", [pl.Decimal(12, 2), pl.Decimal(12, 4), pl.Float64, pl.String])
def test_amounts_of_every_type_of_column(dtype: pl.DataType) -> None:
    amounts = ["0.00", "0.01", "10.50", None, "-1.00", "99999999.99"]
    if dtype == pl.Decimal(12, 4):
        amounts[-1] = "0.0001"
    charges = pl.Series([None if one is None else Decimal(one) for one in amounts], dtype=pl.Decimal(12, 4)).cast(dtype)
    frame = pl.DataFrame(
        {
            "claim_id": list("ABCDEF"),
            "claim_type": ["professional"] * 6,
            "procedure_code": ["99213"] * 6,
            "units": ["1"] * 6,
            "service_date": ["2024-07-15"] * 6,
        }
    )
    agree(frame.with_columns(charges.alias("charge")))
    agree(frame.with_columns(charges.alias("charge"), charges.alias("total_charge")))


@pytest.mark.parametrize("bits", range(1, 32))
def test_the_strongest_of_some_dispositions(bits: int) -> None:
    assert _strongest(bits) is strongest(_among(bits))
