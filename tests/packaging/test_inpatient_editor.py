"""The page of the Medicare Code Editor says of each edit what the code says."""

from __future__ import annotations

from pathlib import Path

import regex

from claimcheck import Policy
from claimcheck.policies.parameters.facility import InpatientEdits
from claimcheck.rules.inpatient_editor import EDITS, edit_of
from rules.test_registry import RULES

PAGE = Path(__file__).parents[2] / "docs" / "inpatient-editor.md"
ROW = regex.compile(r"\| (\d+) \| .*? \| (.*?) \| (.*?) \|")
LISTED = {int(row[1]): (row[2].split(", "), row[3]) for row in map(ROW.fullmatch, PAGE.read_text().splitlines()) if row}
OTHERS = {"STR4", "STR105"}  #: what is missing, or cannot be read


def test_each_edit_is_on_the_page() -> None:
    assert LISTED.keys() == EDITS.keys()


def test_each_edit_is_on_the_page_with_the_rules_that_give_it() -> None:
    given: dict[int, set[str]] = {}
    for rule in RULES:
        for outcome in rule.outcomes:
            number = edit_of(rule.id, outcome.carc, outcome.rarcs)
            if number is not None:
                given.setdefault(number, set()).add(rule.id)
    assert {number: {*rules} - OTHERS for number, (rules, _) in LISTED.items() if rules != ["–"]} == given


def test_each_edit_that_is_run_by_its_list_has_a_rule() -> None:
    run = {number for entry in Policy.load("default").parameters[InpatientEdits] for number in entry.value.edits}
    assert run <= {number for number, (rules, _) in LISTED.items() if rules != ["–"]}


def test_an_edit_that_is_not_run_says_since_when() -> None:
    assert all(why.startswith("ended with") for rules, why in LISTED.values() if rules == ["–"])
