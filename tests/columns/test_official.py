"""Generated claims over all official tables: columns say what the engine says of each claim, field by field.

It needs a store, of which `CLAIMCHECK_STORE` is the path, and the official files (see `conftest.py`).
"""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest
from tools.benchmarks.inputs import Inputs, Options

from frames.agreement import agree

STORE = os.environ.get("CLAIMCHECK_STORE", "")
LINES = int(os.environ.get("CLAIMCHECK_LINES", "50000"))

pytestmark = [pytest.mark.exhaustive, pytest.mark.skipif(not STORE, reason="no store in CLAIMCHECK_STORE")]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_generated_claims(seed: int, reference_data: Path, tmp_path: Path) -> None:
    inputs = Inputs(Options(Path(STORE), tmp_path, reference=reference_data, frame_lines=LINES, seed=seed))
    agree(pl.read_parquet(inputs.parquet), tables=STORE)
