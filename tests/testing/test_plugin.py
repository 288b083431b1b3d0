"""The pytest plugin, in test runs of its own."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest

import claimcheck

pytest_plugins = ["pytester"]

#: Where claimcheck is not installed, as in a bare checkout, pytest does not know the plugin by itself.
LOADED = () if entry_points(group="pytest11", name="claimcheck") else ("-p", "claimcheck.testing.plugin")


@pytest.fixture(autouse=True)
def _the_same_claimcheck(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test run in another process imports the claimcheck under test, wherever it runs."""
    monkeypatch.setenv("PYTHONPATH", str(Path(claimcheck.__file__).parents[1]))


TESTS = """
from claimcheck.testing import a_claim, a_line

PENNY = a_claim("99213", a_line("3044F", charge="0.01"))

def test_ok(assert_ok):
    assert_ok(a_claim("99213"))

def test_clean(assert_clean):
    assert_clean(a_claim("99213"))

def test_finding(assert_finding):
    assert_finding(a_claim("45378", "45380"), "NCCI101", line=2)

def test_no_finding(assert_no_finding):
    assert_no_finding(a_claim("99213"), "NCCI301")

def test_policy(claimcheck_validator):
    assert claimcheck_validator.validate(PENNY).lines[1].allowed_amount == 0
"""
ACCEPTS = "[pytest]\nclaimcheck_accept_unchecked = no_table starter_table no_history\n"


def test_the_fixtures_judge_by_the_default_policy(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_inprocess(*LOADED, "-p", "no:cacheprovider")
    result.assert_outcomes(passed=2, failed=3)
    result.stdout.fnmatch_lines(
        [
            "E*AssertionError: expected a clean claim; not checked: *starter_table*",
            "E*AssertionError: expected NCCI101 on line 2; it was found on line 1",
            "E*line 1 45378: denied",
            "E*error NCCI101: Column-two code 45378 is bundled into 45380*",
            "E*AssertionError: expected that NCCI301 finds nothing; it was not checked: starter_table",
        ]
    )
    result.stdout.no_fnmatch_line("*testing/assertions.py*")  # the trace ends in the test itself
    result.stdout.no_fnmatch_line("claimcheck: policy*")


def test_the_command_line_chooses_the_policy(pytester: pytest.Pytester) -> None:
    """In a process of its own, so that the plugin is loaded as a user's pytest loads it."""
    pytester.makepyfile(TESTS)
    pytester.makeini(ACCEPTS)
    chosen = "--claimcheck-policy=penny_from_2021_06_01"
    result = pytester.runpytest_subprocess(*LOADED, "-p", "no:cacheprovider", chosen)
    result.assert_outcomes(passed=3, failed=2)
    result.stdout.fnmatch_lines(
        [
            "claimcheck: policy penny_from_2021_06_01, starter tables",
            "FAILED *::test_finding*",
            "FAILED *::test_policy*",
        ]
    )


def test_the_configuration_chooses_a_file_beside_it_and_a_store(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_policy=TESTS)
    pytester.makefile(".toml", ours='title = "Ours"\nextends = "penny_from_2021_06_01"\n')
    pytester.mkdir("store")
    pytester.makeini(f"{ACCEPTS}claimcheck_policy = ours.toml\nclaimcheck_tables = store\n")
    result = pytester.runpytest_inprocess(*LOADED, "-p", "no:cacheprovider", "-k", "policy")
    assert "store" in result.stdout.str()


@pytest.mark.parametrize("setting", ["claimcheck_policy = no_such", "claimcheck_tables = no_such"])
def test_what_cannot_be_used_is_said_by_the_test_that_asks(pytester: pytest.Pytester, setting: str) -> None:
    pytester.makepyfile(TESTS)
    pytester.makeini(f"[pytest]\n{setting}\n")
    result = pytester.runpytest_inprocess(*LOADED, "-p", "no:cacheprovider", "-k", "test_ok")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["E*no_such*"])


def test_nothing_is_loaded_before_a_test_asks(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_light():
            heavy = {"hypothesis", "claimcheck.engine", "claimcheck.rules", "claimcheck.claims", "attrs"}
            assert not heavy & sys.modules.keys()
        """
    )
    result = pytester.runpytest_subprocess(*LOADED, "-p", "no:cacheprovider", "-p", "no:hypothesispytest")
    result.assert_outcomes(passed=1)
