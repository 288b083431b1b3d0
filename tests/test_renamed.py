"""Public names that were renamed: the old ones work, and warn."""

import datetime
import importlib

import pytest

from claimcheck import Evidence, Policy, Tables
from claimcheck.policies.parameters.ncci import Settings
from claimcheck.rules.registry import by_id
from claimcheck.rules.rule import DateWindow, Phase, Scope, rule
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


def test_the_pattern_of_a_malformed_code_has_its_old_name_with_a_warning():
    evidence = Evidence({"pattern": "text of 5: 9999a"})
    with pytest.warns(DeprecationWarning, match=r'evidence\["shape"\] is now evidence\["pattern"\]'):
        assert evidence["shape"] == evidence["pattern"]
    with pytest.raises(KeyError):
        Evidence({})["shape"]


def test_the_window_of_a_rule_has_its_old_name_with_a_warning():
    window = by_id("PRO404").window
    with pytest.warns(DeprecationWarning, match=r"Rule\.beyond is now Rule\.window"):
        assert by_id("PRO404").beyond is window
    with pytest.warns(DeprecationWarning, match="the keyword beyond is now called window"):
        declared = rule(
            id="STR999",
            name="own",
            scope=Scope.DAY,
            phase=Phase.STATUS,
            reads=(),
            outcomes=(),
            sources=(),
            beyond=window,
        )
    assert declared(lambda day: iter(())).window is window
    with pytest.warns(DeprecationWarning, match="Beyond is now called DateWindow"):
        assert importlib.import_module("claimcheck.rules.rule").Beyond is DateWindow


@pytest.mark.parametrize(
    ("key", "old", "new", "value"),
    [
        ("ncci.add_on_codes", "packaged_beside", "packaged_with", ["90471"]),
        ("professional.components", "left_alone", "exempt_statuses", ["I"]),
        ("professional.equipment", "beyond_months", "after_rental_months", "deny"),
        ("surgery.global_package", "not_alone", "exempt_modifiers", ["53"]),
        ("coding.unlisted", "said_by_bill", "described_by_bill", []),
        ("visits.one_a_day", "apart", "modifiers", ["25"]),
    ],
)
def test_fields_of_policies_have_their_old_names_with_a_warning(key: str, old: str, new: str, value: object):
    family, _, name = key.partition(".")

    def policy(field: str) -> Policy:
        return Policy.from_dict({"extends": "default", family: {name: [{field: value, "reference": "ours"}]}})

    with pytest.warns(DeprecationWarning, match=f"{key}: {old} is now called {new}"):
        assert policy(old).hash == policy(new).hash
