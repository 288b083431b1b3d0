"""What is said of conflicts of tables: of every kind, by rules that ask the tables, and true of a claim each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.tables.making import opened, reading

from claimcheck import ClaimResult, explain, validate_claim
from claimcheck.explaining.conflicts import words
from claimcheck.rules.registry import all_rules
from claimcheck.tables.conflicts import KINDS
from claimcheck.tables.rows import AddOnRow, DiagnosisRow, FeeScheduleRow, HcpcsRow, MueRow, PtpRow

BEGAN, ENDED = date(2020, 1, 1), date(2024, 6, 30)
RULES = {rule.id: rule for rule in all_rules()}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_names_rules_that_ask_its_tables(kind: Any) -> None:
    said = words(kind)
    assert said.rules
    compared = {table for pair in kind.compared for table in pair}
    for rule_id in said.rules:
        assert compared & set(RULES[rule_id].tables)
        assert rule_id in said.does
        assert explain(rule_id).known


def pair(one: str, two: str, indicator: int = 1, effective: date = BEGAN) -> PtpRow:
    return PtpRow(one, two, effective, None, indicator, "")


def scheduled(code: str, status: str = "A", modifier: str = "", days: str = "XXX") -> FeeScheduleRow:
    return FeeScheduleRow(code, modifier, status, days, "1.00", "1.00", "0", "0")


def judged(store: Path, tables: dict[str, list[Any]], *billed: str, hospital: bool = False) -> ClaimResult:
    """Lines, each of a code and its modifiers apart by hyphens, on July 15, 2024."""
    lines = []
    for code, *modifiers in (text.split("-") for text in billed):
        lines.append({"procedure_code": code, "modifiers": modifiers, "units": 1, "charge": "50.00"})
    setting = {"claim_type": "professional"}
    if hospital:
        setting = {"claim_type": "institutional", "bill_type": "0131"}
        for line in lines:
            line["revenue_code"] = "0510"
    lines = [{**line, "service_date": "2024-07-15"} for line in lines]
    claim = {**setting, "member_id": "M", "billing_npi": "1234567893", "diagnoses": ["I10"], "lines": lines}
    return validate_claim(claim, tables=opened(store, *(reading(table, rows) for table, rows in tables.items())))


def denials(result: ClaimResult) -> list[str]:
    """The rule that decides each line that is not payable."""
    return [
        f"{line.line_number} {line.deciding.rule_id} {line.disposition}"
        for line in result.lines
        if line.deciding is not None and line.disposition != "payable"
    ]


def told(result: ClaimResult, rule_id: str) -> list[str]:
    return [finding.message for finding in result.findings if finding.rule_id == rule_id]


def test_both_directions_deny_both_lines(tmp_path: Path) -> None:
    tables = {"ptp_practitioner": [pair("11055", "11720"), pair("11720", "11055")]}
    assert denials(judged(tmp_path, tables, "11055", "11720")) == ["1 NCCI101 denied", "2 NCCI101 denied"]
    assert denials(judged(tmp_path, tables, "11055", "11720-59")) == []


def test_of_windows_the_one_that_began_last_decides(tmp_path: Path) -> None:
    tables = {"ptp_practitioner": [pair("11055", "11720", 0), pair("11055", "11720", 1, date(2023, 1, 1))]}
    assert denials(judged(tmp_path, tables, "11055", "11720-59")) == []


def test_direction_and_indicator_are_those_of_the_setting(tmp_path: Path) -> None:
    tables = {
        "ptp_practitioner": [pair("11055", "11720"), pair("11719", "99213", 0)],
        "ptp_outpatient_hospital": [pair("11720", "11055"), pair("11719", "99213", 1)],
    }
    assert denials(judged(tmp_path / "1", tables, "11055", "11720")) == ["2 NCCI101 denied"]
    assert denials(judged(tmp_path / "2", tables, "11055", "11720", hospital=True)) == ["1 NCCI101 denied"]
    assert denials(judged(tmp_path / "3", tables, "11719", "99213-25")) == ["2 NCCI101 denied"]
    assert denials(judged(tmp_path / "4", tables, "11719", "99213-25", hospital=True)) == []


def test_an_add_on_code_falls_with_the_primary_that_its_own_pair_denies(tmp_path: Path) -> None:
    tables = {
        "ptp_practitioner": [pair("0162U", "81292", 0)],
        "add_on": [AddOnRow(1, "0162U", code, BEGAN, None) for code in ("81292", "81317")],
    }
    assert denials(judged(tmp_path / "1", tables, "0162U", "81292")) == ["1 NCCI301 denied", "2 NCCI101 denied"]
    assert denials(judged(tmp_path / "2", tables, "0162U", "81292", "81317")) == ["2 NCCI101 denied"]


def test_no_unit_of_zero_is_paid_whatever_the_status(tmp_path: Path) -> None:
    tables = {
        "mue_practitioner": [MueRow("20930", 0, 3, ""), MueRow("11055", 0, 3, ""), MueRow("E0781", 0, 3, "")],
        "fee_schedule": [scheduled("20930"), scheduled("11055"), scheduled("22612"), scheduled("E0781", "R")],
        "add_on": [AddOnRow(1, "20930", "22612", BEGAN, None)],
    }
    assert denials(judged(tmp_path, tables, "20930", "22612", "11055")) == ["1 NCCI201 denied", "3 NCCI201 denied"]
    supply = judged(tmp_path, tables, "E0781")
    assert denials(supply) == []
    assert any(entry.rule_id == "NCCI201" and str(entry.reason) == "missing_field" for entry in supply.not_checked)


def test_the_basis_of_a_limit_is_that_of_the_setting(tmp_path: Path) -> None:
    tables = {
        "mue_practitioner": [MueRow("J0716", 1, 3, "")],
        "mue_outpatient_hospital": [MueRow("J0716", 1, 1, "")],
    }
    assert denials(judged(tmp_path / "1", tables, "J0716", "J0716-59")) == ["1 NCCI201 denied", "2 NCCI201 denied"]
    assert not told(judged(tmp_path / "2", tables, "J0716", "J0716-59", hospital=True), "NCCI201")


def test_an_ended_code_is_rejected_and_its_edits_change_nothing_on_its_line(tmp_path: Path) -> None:
    tables = {
        "ptp_practitioner": [pair("99213", "M0246", 0), pair("11055", "11720", 0)],
        "mue_practitioner": [MueRow("M0246", 0, 3, "")],
        "hcpcs": [HcpcsRow("M0246", BEGAN, BEGAN, ENDED, "C", "D")],
        "fee_schedule": [scheduled("99213"), scheduled("11055"), scheduled("M0246", "I")],
    }
    result = judged(tmp_path, tables, "99213", "M0246", "11055", "11720")
    assert denials(result) == ["2 COD103 rejected", "4 COD103 rejected"]
    assert told(result, "COV101")  # the status of the ended code is told beside it


def test_a_component_is_judged_by_the_status_of_its_own_row(tmp_path: Path) -> None:
    rows = [scheduled("70170", "C"), scheduled("70170", "A", "26"), scheduled("36591", "T")]
    laboratory = [scheduled("83020", "X"), scheduled("83020", "A", "26")]
    tables = {"fee_schedule": [*rows, *laboratory]}
    for number, (billed, expected) in enumerate([("70170", 1), ("70170-TC", 1), ("70170-26", 0)]):
        assert len(told(judged(tmp_path / str(number), tables, billed), "COV101")) == expected
    assert denials(judged(tmp_path / "whole", tables, "36591", "83020")) == []
    assert denials(judged(tmp_path / "component", tables, "36591", "83020-26")) == ["1 COV301 denied"]


def test_an_add_on_code_by_its_global_days_alone_may_stand_alone(tmp_path: Path) -> None:
    tables = {
        "fee_schedule": [scheduled("33509", days="ZZZ")],
        "add_on": [AddOnRow(1, "11720", "11719", BEGAN, None)],
    }
    assert denials(judged(tmp_path, tables, "33509")) == []


def test_a_header_is_rejected_since_it_is_one(tmp_path: Path) -> None:
    tables = opened(
        tmp_path,
        reading("icd10cm", [DiagnosisRow("Z591", True)], first=date(2022, 10, 1), last=date(2023, 3, 31)),
        reading("icd10cm", [DiagnosisRow("Z591", False)], first=date(2023, 4, 1), last=date(2023, 9, 30)),
    )
    for day, expected in (("2023-03-31", 0), ("2023-04-01", 1)):
        line = {"procedure_code": "99213", "units": 1, "charge": "50.00", "service_date": day}
        claim = {"claim_type": "professional", "diagnoses": ["Z59.1"], "lines": [line]}
        assert len(told(validate_claim(claim, tables=tables), "COD202")) == expected
