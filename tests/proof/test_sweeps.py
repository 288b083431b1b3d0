"""All there is of a kind: every Category II code under every policy, every code of every table, every modifier."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from string import ascii_uppercase, digits
from typing import Any

import pytest

from claimcheck import ClaimResult, Policy, Tables, Validator
from claimcheck.tables import Absent, Found
from proof import oracle

pytestmark = pytest.mark.exhaustive

DAY = "2024-07-15"
ON = date(2024, 7, 15)
VALIDATOR = Validator()
TABLES = Tables.starter()


def claim(code: str, *modifiers: str, day: str = DAY, charge: str = "100.00", **fields: Any) -> dict[str, Any]:
    """A claim of one line on which nothing is wrong but what the code and the modifiers bring."""
    line = {"procedure_code": code, "modifiers": modifiers, "units": 1, "charge": charge, "service_date": day}
    return {
        "claim_type": "professional",
        "claim_id": "C1",
        "member_id": "1EG4TE5MK73",
        "billing_npi": "1234567893",
        "diagnoses": ["I10"],
        "place_of_service": "11",
        "received_date": "2024-10-15",
        "total_charge": charge,
        "lines": [{**line, "diagnosis_pointers": [1]}],
        **fields,
    }


def rules_of(result: ClaimResult, *severities: str) -> set[str]:
    """The rules that found something of these severities on the line."""
    return {finding.rule_id for finding in result.lines[0].findings if finding.severity in severities}


# ---------------------------------------------------------------------------------------------- Category II

CATEGORY_II = oracle.rows_of("category_ii.csv")

#: By policy: the charges that it accepts, and what a line is allowed at most. CMS FAQ on quality-data codes ($0.00);
#: Blue Cross Blue Shield of North Dakota ($0.00 or $0.01, non-covered); insuredandmore.com (a penny from 2021-06-01).
CONVENTIONS = {
    "default": (["0.00", "0.01"], "0.00"),
    "zero": (["0.00"], "0.00"),
    "zero_or_penny": (["0.00", "0.01"], "0.00"),
    "penny_from_2021_06_01": (["0.00", "0.01"], "0.01"),
    "medicare": (["0.00"], "0.00"),
}
#: Codes that are half of a report: systolic and diastolic pressure, medication list and review.
HALVES = {"1159F", "1160F", "3074F", "3075F", "3077F", "3078F", "3079F", "3080F"}
#: The codes that the policy pays for, and without a visit does not.
INCENTIVES = {"anthem_ohio_medicaid_2024": {"2015F", "3023F", "3117F"}}


def test_the_category_ii_codes_are_those_of_the_schedule() -> None:
    assert len([row for row in CATEGORY_II if row["status"]]) == 565


@pytest.mark.parametrize("policy", Policy.names())
def test_every_category_ii_code_under_every_policy(policy: str) -> None:
    accepts, most = CONVENTIONS.get(policy, CONVENTIONS["default"])
    validator = Validator(policy)
    for row, charge in product(CATEGORY_II, ["0.00", "0.01", "1.00"]):
        code = row["code"]
        result = validator.validate(claim(code, charge=charge))
        [line] = result.lines
        if row["last"] and row["last"] < DAY:
            assert (line.disposition, line.allowed_amount) == ("rejected", None), code
            assert line.deciding is not None
            assert (line.deciding.rule_id, line.deciding.carc) == ("COD103", "181")
            continue
        allowed = min(Decimal(charge), Decimal(most))
        assert line.allowed_amount == allowed, code
        assert line.disposition == ("payable" if allowed else "report_only"), code
        assert rules_of(result, "error") == set(), code
        if code in INCENTIVES.get(policy, ()):
            assert {"CAT401", "CAT402", "CAT501"} <= rules_of(result, "warning", "info")
            continue
        expected = charge in accepts and not (most == "0.01" and charge == "0.00")
        half = {"CAT304"} if code in HALVES else set()
        assert rules_of(result, "warning") == half | (set() if expected else {"CAT101"}), code
        if not allowed:
            assert line.deciding is not None
            assert (line.deciding.group_code, line.deciding.carc, line.deciding.rarcs) == ("CO", "246", ("N620",))
            assert [adjustment.amount for adjustment in line.adjustments] == [Decimal(charge)]


def test_no_category_ii_code_is_in_a_table_of_the_initiative() -> None:
    for row in CATEGORY_II:
        for table in ("mue_practitioner", "mue_outpatient_hospital"):
            assert isinstance(TABLES.mue(table, row["code"], ON), Absent)
        assert isinstance(TABLES.add_on(row["code"], ON), Absent)
        for one, two in ((row["code"], "99213"), ("99213", row["code"])):
            assert isinstance(TABLES.ptp("ptp_practitioner", one, two, ON), Absent)


def test_every_category_ii_code_is_reported_twice_a_year_and_counted_once() -> None:
    """At its group's first use, or its own, and never at another's."""
    groups = oracle.groups()
    active = [row["code"] for row in CATEGORY_II if not row["last"]]
    for code in active:
        other = next((one for one in active if one != code and groups.get(one) == groups.get(code, "")), None)
        lines = [("2024-02-01", code), ("2024-03-01", other or code), ("2025-01-01", code)]
        whole = claim(code)
        whole["lines"] = [
            {"procedure_code": text, "units": 1, "charge": "0.00", "service_date": day} for day, text in lines
        ]
        beyond = [
            line.position
            for line in VALIDATOR.validate(whole).lines
            if any(finding.rule_id == "FRQ101" for finding in line.findings)
        ]
        assert beyond == [2], code


# ---------------------------------------------------------------------------------------------- modifiers

LISTED = {row["code"]: row for row in oracle.rows_of("modifiers.csv")}
NOT_DONE = {"1P", "2P", "3P", "8P"}
PHYSICAL_STATUS = {"P1", "P2", "P3", "P4", "P5", "P6"}
#: Where an ambulance ride begins and ends (Medicare Claims Processing Manual, chapter 15, 30.A).
RIDE_ENDS = set("DEGHIJNPRSX")


@pytest.mark.parametrize("code", ["99213", "3044F", "J1885", "A0429"])
def test_every_modifier(code: str) -> None:
    """Every two characters: in force, or said not to be; and on its own kind of code, or said not to be."""
    for first, second in product(digits + ascii_uppercase, repeat=2):
        text = first + second
        result = VALIDATOR.validate(claim(code, text, charge="0.00" if code.endswith("F") else "100.00"))
        found = rules_of(result, "error")
        ride = first in RIDE_ENDS and second in RIDE_ENDS
        row = LISTED.get(text)
        left_open = any(entry.rule_id == "COD302" and entry.lines == (1,) for entry in result.not_checked)
        if row is not None:
            in_force = (row["added"] or "0") <= DAY <= (row["terminated"] or "9")
            assert ("COD302" in found) is not in_force, text
            assert not left_open, text
        elif ride:
            assert "COD302" not in found, text
            assert left_open is (code != "A0429"), text
        else:
            assert found & {"COD301", "COD302"}, text
        misplaced = (text in NOT_DONE and not code.endswith("F")) or text in PHYSICAL_STATUS
        assert ("COD305" in found) is misplaced, text


# ---------------------------------------------------------------------------------------------- the starter tables


def optional(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def test_every_row_of_the_starter_tables_is_answered() -> None:
    for row in oracle.rows_of("fee_schedule.csv"):
        if not row.get("modifier"):
            answer: Any = TABLES.fee_schedule(row["code"], ON)
            assert (answer.value.code, answer.value.status) == (row["code"], row["status"])
    for row in oracle.rows_of("mue.csv"):
        answer = TABLES.mue(row["table"], row["code"], ON)
        assert (answer.value.value, answer.value.mai) == (int(row["value"]), int(row["mai"]))
    for row in oracle.rows_of("service_groups.csv"):
        answer = TABLES.service_group(row["code"], ON)
        assert (answer.value.name, answer.value.codes) == (row["group"], frozenset(row["codes"].split()))
    for row in oracle.rows_of("modifiers.csv"):
        answer = TABLES.modifier(row["code"], ON)
        assert answer.value.active is ((row["added"] or "0") <= DAY <= (row["terminated"] or "9"))
    day = date(2024, 6, 18)
    for row in oracle.rows_of("carc.csv"):
        answer = TABLES.carc(row["code"], day)
        assert answer.value.active is ((row["start"] or "0") <= f"{day}" <= (row["end"] or "9")), row
    for row in oracle.rows_of("rarc.csv"):
        answer = TABLES.rarc(row["code"], day)
        assert answer.value.is_alert is (row["is_alert"] == "1"), row
    for row in oracle.rows_of("place_of_service.csv"):
        assert isinstance(TABLES.place_of_service(row["code"], date(2024, 6, 30)), Found)


def test_every_row_of_the_pairs_decides() -> None:
    """A claim of the two codes, in both orders, on a day in the edition: as the row in force has it, and no other."""
    source = oracle.starter()
    for table, one, two in source.pairs:
        bill = {"claim_type": "institutional", "bill_type": "0131"} if table.endswith("hospital") else {}
        indicator = source.indicator(table, one, two, ON)
        for order in ((one, two), (two, one)):
            whole = claim(one, **bill)
            whole["lines"] = [{**whole["lines"][0], "procedure_code": code} for code in order]
            found = [f for f in VALIDATOR.validate(whole).findings if f.rule_id == "NCCI101"]
            expected = [] if indicator is None else [(order.index(two) + 1, one, two, indicator)]
            evidence = ("column_one", "column_two", "modifier_indicator")
            assert [(f.line_number, *(f.evidence[key] for key in evidence)) for f in found] == expected


# ---------------------------------------------------------------------------------------------- the official tables


@pytest.fixture(scope="module")
def official(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    from claimcheck.tables.store import add

    path = tmp_path_factory.mktemp("official")
    icd = reference_data / "icd10"
    files = [*(reference_data / "hcpcs").glob("*.txt.gz"), *(reference_data / "pfs").glob("pprrvu*.gz")]
    add([*files, icd / "cms_2024_dx.zip", icd / "cms_2026_pr.zip"], path)
    return Tables.open(path)


def ordered(archive: Path) -> dict[str, bool]:
    """Every code of an order file, and whether it is billable: columns 7 to 13, and 15."""
    with zipfile.ZipFile(archive) as whole:
        [name] = [name for name in whole.namelist() if name.endswith(".txt") and "order_20" in name]
        with io.TextIOWrapper(whole.open(name), "ascii") as lines:
            return {line[6:13].strip(): line[14] == "1" for line in lines if line.strip()}


@pytest.mark.slow
def test_every_diagnosis(official: Tables, reference_data: Path) -> None:
    """Each code of the year is judged as the order file has it: billable, or a header; and no other is known."""
    validator = Validator(tables=official)
    codes = ordered(reference_data / "icd10" / "cms_2024_dx.zip")
    assert len(codes) > 90_000
    for code, billable in codes.items():
        result = validator.validate(claim("99213", day="2024-01-15", diagnoses=[code]))
        found = {finding.carc for finding in result.findings if finding.rule_id == "COD202"}
        assert found == (set() if billable else {"16"}), code
        assert not any(entry.rule_id == "COD202" for entry in result.not_checked), code
        longer = code + "9"
        if longer not in codes and len(longer) <= 7:
            assert isinstance(official.icd10cm(longer, date(2024, 1, 15)), Absent), longer


@pytest.mark.slow
def test_every_inpatient_procedure(official: Tables, reference_data: Path) -> None:
    for code, billable in ordered(reference_data / "icd10" / "cms_2026_pr.zip").items():
        answer = official.icd10pcs(code, date(2026, 1, 15))
        assert isinstance(answer, Found)
        assert answer.value.billable is billable, code


@pytest.mark.slow
def test_every_level_ii_code(official: Tables, reference_data: Path) -> None:
    """Each code of the national file on a day of 2026, by its first and last day: columns 269 to 276, 285 to 292."""
    validator = Validator(tables=official)
    [file] = (reference_data / "hcpcs").glob("*.txt.gz")
    day, asked = "20260115", 0
    with gzip.open(file, "rt", encoding="latin-1") as lines:
        for line in lines:
            code = line[:5].strip()
            if line[10:11] != "3" or len(code) != 5:
                continue
            asked += 1
            added, ended = line[268:276].strip(), line[284:292].strip()
            in_force = added <= day and (not ended or day <= ended)
            result = validator.validate(claim(code, day="2026-01-15", received_date="2026-01-20"))
            assert ("COD103" in rules_of(result, "error")) is not in_force, code
    assert asked > 8_600


@pytest.mark.slow
def test_every_code_of_the_fee_schedule(official: Tables, reference_data: Path) -> None:
    """Each code is in force on a day of July 2024, and its status is the file's."""
    import csv

    validator = Validator(tables=official)
    [file] = (reference_data / "pfs").glob("pprrvu*.gz")
    with gzip.open(file, "rt", encoding="latin-1") as text:
        rows = list(csv.DictReader(text))
    names = {name.lower(): name for name in rows[0]}
    code_of, modifier_of = names["hcpcs"], next(name for key, name in names.items() if key.startswith("mod"))
    status_of = next(name for key, name in names.items() if "status" in key)
    for row in rows:
        if row[modifier_of].strip():
            continue
        code = row[code_of]
        answer = official.fee_schedule(code, ON)
        assert isinstance(answer, Found), code
        assert answer.value.status == row[status_of].strip(), code
        if code[0].isdigit():
            result = validator.validate(claim(code))
            assert "COD103" not in rules_of(result, "error", "warning"), code
