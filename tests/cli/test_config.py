"""Options in `claimcheck.toml` and `pyproject.toml`, in environment variables, and on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimcheck.cli.config import found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory, two below `tmp_path`."""
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def claim(claims: Any, clean: Any) -> Path:
    """A claim at whose penny the policy `zero` finds an error."""
    line = {**clean()["lines"][0], "procedure_code": "3044F", "charge": "0.01", "line_number": 2}
    return claims(clean(lines=[clean()["lines"][0], line], total_charge="125.01"))


def policy_of(invoke: Any, *arguments: object) -> str:
    result = invoke("check", *arguments, "--format", "jsonl")
    assert result.exit_code in (0, 1), result.stderr
    return json.loads(result.stdout)["receipt"]["policy"]


def test_the_command_line_goes_before_variables_and_these_before_a_file(
    invoke: Any, claim: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert policy_of(invoke, claim) == "default"
    (folder.parent / "claimcheck.toml").write_text('policy = "zero"\n')
    assert policy_of(invoke, claim) == "zero"
    monkeypatch.setenv("CLAIMCHECK_POLICY", "medicare")
    assert policy_of(invoke, claim) == "medicare"
    assert policy_of(invoke, claim, "--policy", "zero_or_penny") == "zero_or_penny"
    monkeypatch.delenv("CLAIMCHECK_POLICY")
    assert policy_of(invoke, claim, "--no-config") == "default"


def test_the_nearest_file_counts_and_claimcheck_toml_before_pyproject(folder: Path) -> None:
    (folder.parent.parent / "claimcheck.toml").write_text('policy = "far"')
    (folder.parent / "pyproject.toml").write_text('[tool.claimcheck]\npolicy = "project"')
    assert found(folder).options == {"policy": "project"}  # type: ignore[union-attr]
    (folder / "pyproject.toml").write_text('[tool.other]\npolicy = "other"')
    assert found(folder).options == {"policy": "project"}  # type: ignore[union-attr]
    (folder.parent / "claimcheck.toml").write_bytes(b'\xef\xbb\xbfpolicy = "own"')
    assert found(folder).options == {"policy": "own"}  # type: ignore[union-attr]


def test_every_kind_of_option(invoke: Any, claim: Path, folder: Path) -> None:
    (folder.parent / "ours.toml").write_text('extends = "zero"\nname = "ours"\n')
    (folder.parent / "claimcheck.toml").write_text(
        'policy = "ours.toml"\nas-of = 2024-10-01\nignore = ["STR5", "COD"]\nseverity = { CAT = "info" }\n'
        'fail-on = "warning"\nquiet = true\njobs = 1\noutput = "verdicts.jsonl"\nformat = "jsonl"\n'
    )
    result = invoke("check", claim)
    assert result.exit_code in (0, 1), result.stderr
    receipt = json.loads((folder.parent / "verdicts.jsonl").read_text())["receipt"]
    assert (receipt["policy"], receipt["as_of"]) == ("ours", "2024-10-01")
    assert {rule[:3] for rule in receipt["rules_off"]} == {"STR", "COD"}
    assert set(receipt["severities"].values()) == {"info"}


def test_rules_shows_what_the_file_switches_off(invoke: Any, folder: Path) -> None:
    (folder / "claimcheck.toml").write_text('ignore = ["NCCI101"]\nquiet = true\n')
    assert "3 rules, 2 running" in invoke("rules", "NCCI").stdout
    assert "3 rules, 3 running" in invoke("rules", "NCCI", "--no-config").stdout


def test_other_commands_take_what_claims_are_judged_by(
    invoke: Any, claim: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The policy of the file was that of `check` alone, and its format an error of `rules`."""
    (folder / "claimcheck.toml").write_text('policy = "no-such.toml"\nformat = "csv"\noutput = "never.csv"\n')
    for command in (("rules", "NCCI"), ("tables", "needed", claim), ("compare", claim, "--remittances", claim)):
        refused = invoke(*command)
        assert (refused.exit_code, "no-such.toml" in refused.stderr) == (2, True), command
    (folder / "claimcheck.toml").write_text('format = "csv"\noutput = "never.csv"\n')
    assert "3 rules, 3 running" in invoke("rules", "NCCI").stdout
    monkeypatch.setenv("CLAIMCHECK_IGNORE", "NCCI2")
    assert "3 rules, 2 running" in invoke("rules", "NCCI").stdout
    monkeypatch.setenv("CLAIMCHECK_FORMAT", "csv")
    assert invoke("rules", "NCCI").exit_code == 0
    assert not list(folder.glob("never.csv"))


def test_a_misspelled_variable_is_reported(
    invoke: Any, claim: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMCHECK_POLICI", "zero")
    monkeypatch.setenv("CLAIMCHECK_OF_SOMEBODY_ELSE", "1")
    said = [line for line in invoke("check", claim).stderr.splitlines() if "environment variable" in line]
    assert said == [
        "claimcheck: the environment variable CLAIMCHECK_POLICI is none of ours; did you mean CLAIMCHECK_POLICY?"
    ]


def test_variables_of_other_options(invoke: Any, claim: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMCHECK_IGNORE", "NCCI,STR5")
    monkeypatch.setenv("CLAIMCHECK_FORMAT", "jsonl")
    receipt = json.loads(invoke("check", claim).stdout)["receipt"]
    assert {rule[:4] for rule in receipt["rules_off"]} == {"NCCI", "STR5"}


def test_the_variable_of_the_tables_goes_before_a_file(invoke: Any, claim: Path, folder: Path) -> None:
    (folder / "claimcheck.toml").write_text('tables = "no-such-store"\n')
    assert invoke("check", claim).exit_code in (0, 1)  # CLAIMCHECK_TABLES is set in these tests
    assert invoke("check", claim, "--tables", "no-such-store").exit_code == 2


WRONG = {
    "a slip": ('polcy = "zero"', "key polcy: no option of check; known:", "did you mean policy?"),
    "an argument": ('files = ["a"]', "key files: no option of check; known:", ""),
    "the option that refuses it": ("no-config = true", "key no-config: no option of check", ""),
    "text for a flag": ('quiet = "yes"', "key quiet: true or false is expected, not 'yes'", ""),
    "text for a list": ('ignore = "STR5"', "key ignore: a list of text is expected, not 'STR5'", ""),
    "numbers in a list": ("ignore = [5]", "key ignore: a list of text is expected, not 5", ""),
    "a number for text": ("policy = 5", "key policy: text is expected, not 5", ""),
    "a word for a number": ('jobs = "two"', "key jobs: a whole number is expected, not 'two'", ""),
    "too many jobs": ("jobs = 1000", "key jobs: 1000 is not in the range", ""),
    "a format that is none": ('format = "xml"', "key format: 'xml' is not one of", ""),
    "no TOML": ("policy = ", "claimcheck.toml: not a TOML file", ""),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_in_a_file_is_refused_with_its_key(invoke: Any, claim: Path, folder: Path, case: str) -> None:
    text, *said = WRONG[case]
    (folder / "claimcheck.toml").write_text(text)
    result = invoke("check", claim)
    assert result.exit_code == 2
    assert str(folder / "claimcheck.toml") in result.stderr
    assert all(part in result.stderr for part in said), result.stderr
    assert invoke("check", claim, "--no-config").exit_code in (0, 1)


def test_a_project_without_a_table_is_refused(invoke: Any, claim: Path, folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool]\nclaimcheck = 5\n")
    assert "key tool.claimcheck: a table is expected" in invoke("check", claim).stderr
