"""Nothing is clean on Spark that another claim, of the batch or unknown, could change."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings

from proof.test_clean_everywhere import Mapped, assert_nothing_could_change, batches, of_frames, table

pytestmark = pytest.mark.exhaustive


def test_nothing_is_clean_that_other_claims_could_change(spark: Any) -> None:
    from claimcheck.spark import validate

    settled = 0

    @given(batches())
    @settings(max_examples=4, deadline=None)
    def proven(given_claims: tuple[list[Mapped], list[Mapped]]) -> None:
        nonlocal settled
        known, hidden = given_claims
        verdict = validate(spark.createDataFrame(table(known).to_arrow()), partitions=2).persist()
        try:
            kinds = ("claims", "lines", "findings", "not_checked")
            said = of_frames(*(pl.DataFrame(getattr(verdict, kind).toArrow()) for kind in kinds))
        finally:
            verdict.unpersist()
        assert said.keys() == {claim["claim_id"] for claim in known}
        settled += assert_nothing_could_change(known, hidden, said)

    proven()
    assert settled > 0
