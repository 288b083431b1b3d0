"""Nothing is clean on Spark that another claim, of the batch or unknown, could change."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings

from proof.test_clean_everywhere import (
    VALIDATOR,
    Mapped,
    Verdict,
    assert_nothing_could_change,
    batches,
    of_frames,
    of_results,
    table,
)
from proof.test_unknown_originals import BATCHES


def judged(spark: Any, claims: list[Mapped]) -> dict[str, Verdict]:
    from claimcheck.spark import validate

    verdict = validate(spark.createDataFrame(table(claims).to_arrow()), partitions=2).persist()
    try:
        kinds = ("claims", "lines", "findings", "not_checked")
        return of_frames(*(pl.DataFrame(getattr(verdict, kind).toArrow()) for kind in kinds))
    finally:
        verdict.unpersist()


def test_of_originals_by_an_unknown_number_the_same_is_said_as_of_a_list(spark: Any) -> None:
    claims = [
        {**claim, "claim_id": f"{number}{claim['claim_id']}", "member_id": f"M{number}"}
        for number, (some, _, _) in enumerate(BATCHES.values())
        for claim in some
    ]
    said = judged(spark, claims)
    assert said == of_results(VALIDATOR.validate_many(claims))
    for number, (_, expected, _) in enumerate(BATCHES.values()):
        assert {name: said[f"{number}{name}"].lines for name in expected} == expected


@pytest.mark.exhaustive
def test_nothing_is_clean_that_other_claims_could_change(spark: Any) -> None:
    settled = 0

    @given(batches(history=False))
    @settings(max_examples=4, deadline=None)
    def proven(given_claims: tuple[list[Mapped], list[Mapped]]) -> None:
        nonlocal settled
        known, hidden = given_claims
        said = judged(spark, known)
        assert said.keys() == {claim["claim_id"] for claim in known}
        settled += assert_nothing_could_change(known, hidden, said, history=False)

    proven()
    assert settled > 0
