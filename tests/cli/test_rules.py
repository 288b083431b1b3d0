"""`claimcheck rules`, and which rules `check` runs: by options, and by the policy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimcheck.rules.registry import all_rules

IDS = sorted(rule.id for rule in all_rules())


@pytest.fixture
def pair(claims: Any, clean: Any) -> Path:
    """A claim on which NCCI101 finds an error."""
    line = clean()["lines"][0]
    lines = [{**line, "procedure_code": code, "line_number": n} for n, code in enumerate(("45378", "45380"), 1)]
    return claims(clean(lines=lines, total_charge="250.00"))


def test_all_rules_are_listed_with_what_they_need(invoke: Any) -> None:
    lines = invoke("rules").stdout.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == IDS
    assert lines[-1] == f"{len(IDS)} rules, {len(IDS)} running; `claimcheck explain ID` says what one checks"
    (row,) = [line for line in lines if line.startswith("NCCI301")]
    assert row.split() == ["NCCI301", "add-on-primary", "ncci", "error/warning", "needs", "add_on"]


def test_json_says_the_same(invoke: Any) -> None:
    listed = json.loads(invoke("rules", "--format", "json").stdout)
    assert [rule["id"] for rule in listed] == IDS
    assert all(rule["runs"] and rule["title"] and rule["severity"] for rule in listed)
    (frequency,) = json.loads(invoke("rules", "frq", "--format", "json", "--severity", "FRQ=error").stdout)
    assert (frequency["family"], frequency["severity"], frequency["tables"]) == (
        "frequency",
        ["error"],
        ["service_group"],
    )


def test_what_is_switched_off_is_listed_as_off(invoke: Any, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('extends = "default"\n[rules]\nignore = ["NCCI2"]\n')
    shown = invoke("rules", "NCCI", "--policy", own, "--ignore", "NCCI3").stdout.splitlines()
    assert [line.split()[3] for line in shown[:-1]] == ["error", "off", "off"]
    assert shown[-1].startswith("3 rules, 1 running")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["rules", "XYZ"], "no rule begins with XYZ; families are CAT, COD, COV, FAC, FRQ, NCCI, PRO, STR"),
        (
            ["rules", "--ignore", "NCCI10A"],
            "rules.ignore: NCCI10A is not a rule, nor the beginning of one",
        ),
        (["rules", "--severity", "NCCI101"], "a rule and its severity are expected, such as NCCI101=warning"),
        (["rules", "--severity", "NCCI101=fatal"], "NCCI101: one of error, warning, info is expected, not 'fatal'"),
        (["check", "x.837", "--select", "NCC1"], "NCC1 is not a rule"),
    ],
)
def test_wrong_names_are_refused(invoke: Any, options: list[str], said: str) -> None:
    result = invoke(*options)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--ignore", "NCCI1"], 0),
        (["--select", "STR,COD", "--select", "COV"], 0),
        (["--select", "NCCI"], 1),
        (["--severity", "NCCI101=warning"], 0),
        (["--severity", "NCCI101=warning", "--fail-on", "warning"], 1),
        (["--severity", "NCCI=info,NCCI101=error"], 1),
    ],
)
def test_the_exit_code_is_of_the_rules_that_run(invoke: Any, pair: Path, options: list[str], code: int) -> None:
    result = invoke("check", pair, *options)
    assert result.exit_code == code
    assert ("switched off: " in result.stdout) == bool({"--ignore", "--select"} & set(options))


@pytest.mark.exhaustive
def test_processes_run_the_same_rules(invoke: Any, pair: Path) -> None:
    result = invoke("check", pair, "--jobs", "2", "--ignore", "NCCI1")
    assert (result.exit_code, "1 rule switched off" in result.stdout) == (0, True)


def test_every_layout_names_what_was_switched_off(invoke: Any, pair: Path) -> None:
    shown = invoke("check", pair, "--format", "jsonl", "--ignore", "NCCI101")
    assert json.loads(shown.stdout)["receipt"]["rules_off"] == ["NCCI101"]
    assert "1 rule switched off: NCCI101" in shown.stderr


def test_kept_verdicts_are_given_again_by_the_rules_that_ran(invoke: Any, pair: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    invoke("check", pair, "--format", "jsonl", "-o", kept, "--ignore", "NCCI101", "--severity", "STR=info")
    again = invoke("replay", kept)
    assert (again.exit_code, "all identical" in again.stdout) == (0, True)


def test_the_page_names_what_was_switched_off(invoke: Any, pair: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    invoke("check", pair, "--format", "html", "-o", page, "--ignore", "NCCI101")
    assert "<dt>Rules switched off</dt><dd>NCCI101</dd>" in page.read_text()
    invoke("check", pair, "--format", "html", "-o", page)
    assert "Rules switched off" not in page.read_text()
