"""Public names that were renamed: the old ones work, and warn."""

import pytest


def test_the_result_of_a_frame_has_its_old_name_with_a_warning():
    pytest.importorskip("polars")
    frames = pytest.importorskip("claimcheck.frames")
    with pytest.warns(DeprecationWarning, match="FrameVerdict is now called FrameResult"):
        assert frames.FrameVerdict is frames.FrameResult


def test_the_result_of_spark_has_its_old_name_with_a_warning():
    pytest.importorskip("pyspark")
    spark = pytest.importorskip("claimcheck.spark")
    with pytest.warns(DeprecationWarning, match="SparkVerdict is now called SparkResult"):
        assert spark.SparkVerdict is spark.SparkResult


def test_a_name_that_never_was_is_refused():
    pytest.importorskip("polars")
    frames = pytest.importorskip("claimcheck.frames")
    with pytest.raises(AttributeError, match="no attribute 'FrameOutcome'"):
        _ = frames.FrameOutcome
