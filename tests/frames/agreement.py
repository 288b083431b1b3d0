"""The frames of a verdict held against what the engine says."""

from __future__ import annotations

from typing import Any

import polars as pl
from polars.testing import assert_frame_equal

from claimcheck.frames import FrameResult, validate_frame
from frames.reference import expected, unplaced

__all__ = ["agree", "assert_agrees"]


def agree(frame: pl.DataFrame, **options: Any) -> dict[str, pl.DataFrame]:
    """What the engine says of the claims of a frame, and `validate_frame` too."""
    wanted = expected(frame, **options)
    assert_agrees(validate_frame(frame, **options), wanted)
    return wanted


def assert_agrees(verdict: FrameResult, wanted: dict[str, pl.DataFrame]) -> None:
    """Field by field."""
    assert_frame_equal(verdict.lines.sort("row"), wanted["lines"].sort("row"))
    assert_frame_equal(verdict.findings, wanted["findings"])
    assert_frame_equal(verdict.claims, wanted["claims"])
    assert_frame_equal(unplaced(verdict.not_checked), wanted["not_checked"])
