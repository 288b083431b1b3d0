"""Public names that were renamed: the old ones work, and warn."""

import datetime

import pytest

from claimcheck import Policy, Tables
from claimcheck.policies.parameters.ncci import Settings
from claimcheck.tables.lookup import Edition

DAY = datetime.date(2024, 7, 15)


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


def test_tables_take_the_old_keyword_of_a_program_with_a_warning():
    tables = Tables.starter()
    with pytest.warns(DeprecationWarning, match="mue: the keyword programme is now called program"):
        old = tables.mue("mue_practitioner", "97110", DAY, programme="medicaid")
    assert old == tables.mue("mue_practitioner", "97110", DAY, program="medicaid")


def test_an_edition_has_the_old_name_of_its_program_with_a_warning():
    edition = Edition("medicaid", "mue_dme", "2024-07-01", DAY, DAY)
    with pytest.warns(DeprecationWarning, match=r"Edition\.programme is now Edition\.program"):
        assert edition.programme == "medicaid"


def test_a_policy_file_has_the_old_name_of_its_program_with_a_warning():
    old = {"extends": "default", "ncci": {"settings": [{"programme": "medicaid", "reference": "the contract"}]}}
    with pytest.warns(DeprecationWarning, match=r"ncci\.settings: programme is now called program"):
        policy = Policy.from_dict(old)
    assert policy.on(DAY)[Settings].program == "medicaid"
