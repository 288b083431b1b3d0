"""The page of the outpatient code editor says of each edit what the code says."""

from __future__ import annotations

from pathlib import Path

import regex
from tools.benchmarks.differential.edits import ALIVE

from claimcheck import Policy
from claimcheck.policies.parameters.facility import OutpatientEdits
from rules.test_registry import RULES, cases
from support.cases import of_rule

PAGE = Path(__file__).parents[2] / "docs" / "outpatient-editor.md"
ROW = regex.compile(r"\| (\d+) \| .*? \| (.*?) \| (.*?) \|")
LISTED = {int(row[1]): (row[2].split(", "), row[3]) for row in map(ROW.fullmatch, PAGE.read_text().splitlines()) if row}


def test_each_edit_that_is_run_is_on_the_page_with_its_rule() -> None:
    run = {number for entry in Policy.load("default").parameters[OutpatientEdits] for number in entry.value.edits}
    given = {number for number, (rules, _) in LISTED.items() if rules != ["–"]}
    assert run <= given
    assert given >= ALIVE
    assert {rule for number in given for rule in LISTED[number][0]} - {"STR4"} <= {rule.id for rule in RULES}


def test_an_edit_that_a_finding_names_is_of_the_rule_that_the_page_names() -> None:
    for rule in RULES:
        if rule.id.startswith("FAC"):
            named = {
                found.evidence["edit"]
                for case in cases(rule, "HITS").values()
                for found in of_rule(case.judge(), rule.id)
                if "edit" in found.evidence
            }
            assert all(rule.id in LISTED[number][0] for number in named), rule.id


def test_an_edit_that_is_not_run_says_why() -> None:
    assert all(why for rules, why in LISTED.values() if rules == ["–"])
