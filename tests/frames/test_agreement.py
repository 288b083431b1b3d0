"""Every way of judging says the same: the engine's own verdicts, and those of frames, field by field."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from claimcheck.frames import FrameVerdict, validate_frame
from claimcheck.testing.strategies import broken, claims
from engine import generated
from frames.reference import expected, unplaced
from frames.tables_of import frame_of


def agree(frame: pl.DataFrame, **options: Any) -> FrameVerdict:
    """The verdict, which is the engine's."""
    verdict = validate_frame(frame, **options)
    wanted = expected(frame, **options)
    by_row = verdict.lines.sort("row")
    assert_frame_equal(by_row, wanted["lines"].sort("row"))
    assert_frame_equal(verdict.findings, wanted["findings"])
    assert_frame_equal(verdict.claims, wanted["claims"])
    assert_frame_equal(unplaced(verdict.not_checked), wanted["not_checked"])
    return verdict


@given(st.lists(generated.claims(), max_size=12))
@settings(max_examples=100, deadline=None)
def test_of_claims_with_much_that_is_wrong(some: list[dict[str, Any]]) -> None:
    agree(frame_of(some))


@given(st.lists(st.one_of(claims(), broken().map(lambda wrong: wrong.claim)), max_size=8))
@settings(max_examples=50, deadline=None)
def test_of_claims_of_the_kind_that_users_test_with(some: list[Any]) -> None:
    agree(frame_of(some))
