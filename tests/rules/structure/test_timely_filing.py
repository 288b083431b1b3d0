"""Limits in days, in months, and one calendar year: 42 CFR 424.44."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import claimcheck
from claimcheck import Claim, Validator
from claimcheck.dates import next_workday
from claimcheck.io import read_claims
from claimcheck.policies import Policy
from claimcheck.rules.structure.timely_filing import DENIED, REVIEW, WARNED
from support.cases import Case, institutional, line, rule_tests

EXAMPLE = Path(claimcheck.__file__).parent / "demo" / "example.837"
LATE, IN_TIME = {"received_date": "2024-10-14"}, {"received_date": "2024-10-13"}  # 90 days after 2024-07-15


def within(**limit: Any) -> Policy:
    return Policy.load("default").replace(structure__timely_filing=limit)


DAYS = within(days=90)
VISIT = [line("99213")]
STAY = institutional("0131", statement_from="2024-07-01", statement_through="2024-07-20")

HITS = {
    "a day too late": Case(VISIT, LATE, policy=DAYS, line=1, outcome=DENIED, evidence={"days": 90}),
    "months": Case(VISIT, {"received_date": "2024-10-16"}, policy=within(months=3), line=1, outcome=DENIED),
    "a calendar year": Case(
        [line("99213", day="2024-02-28")],
        {"received_date": "2025-03-01", "member_id": "1EG4TE5MK73"},
        policy="medicare",
        line=1,
        outcome=DENIED,
    ),
    "from the first day of a span": Case(
        [line("99231", day="2024-07-15", service_date_end="2024-07-20", units=6)], LATE, policy=DAYS, line=1
    ),
    "with a reason": Case(VISIT, {**LATE, "delay_reason": "8"}, policy=DAYS, line=1, outcome=REVIEW),
    "with a reason, in vain": Case(
        VISIT, {**LATE, "delay_reason": "8"}, policy=within(days=90, with_reason="deny"), line=1, outcome=DENIED
    ),
    "a warning": Case(VISIT, LATE, policy=within(days=90, then="warn"), line=1, outcome=WARNED),
    "from the last day of a statement": Case(
        [line("99213", revenue_code="0510")],
        {**STAY, "received_date": "2024-10-19"},
        policy=DAYS,
        line=1,
        outcome=DENIED,
    ),
    "a line without a day, on a statement": Case(
        [line("99213", day=None, revenue_code="0510")], {**STAY, "received_date": "2024-10-19"}, policy=DAYS, line=1
    ),
    "the day of receipt counts, not that of the judgement": Case(VISIT, LATE, policy=DAYS, as_of="2025-01-01", line=1),
    "no day at all": Case(VISIT, policy=DAYS, unchecked="no_reference_date"),
    "judged late, and not known when received": Case(
        VISIT, policy=DAYS, as_of="2024-10-14", unchecked="no_reference_date"
    ),
}
MISSES = {
    "the last day": Case(VISIT, IN_TIME, policy=DAYS),
    "no limit": Case(VISIT, {"received_date": "2029-01-01"}),
    "until the next workday": Case(  # 2025-03-02 is a Sunday
        [line("99213", day="2024-03-02")],
        {"received_date": "2025-03-03", "member_id": "1EG4TE5MK73"},
        policy="medicare",
    ),
    "a replacement": Case(VISIT, {**LATE, "frequency_code": "7", "original_claim_id": "A"}, policy=DAYS),
    "a predetermination": Case(VISIT, {**LATE, "predetermination": True}, policy=DAYS),
    "from the last day of the statement": Case(
        [line("99213", revenue_code="0510")], {**STAY, "received_date": "2024-10-18"}, policy=DAYS
    ),
    "received in time, judged later": Case(VISIT, IN_TIME, policy=DAYS, as_of="2025-06-01"),
    "judged in time": Case(VISIT, policy=DAYS, as_of="2024-10-13"),
    "no service date": Case([line("99213", day=None)], LATE, policy=DAYS),
}
test_hits, test_misses = rule_tests("STR407", HITS, MISSES)


@pytest.mark.parametrize(
    ("service", "last"),
    [
        ("2024-02-29", "2025-02-28"),
        ("2023-03-01", "2024-03-01"),
        ("2024-07-04", "2025-07-07"),
        ("2023-12-25", "2024-12-26"),
    ],
)
def test_the_last_day_of_medicares_year(service: str, last: str) -> None:
    """July 4 of 2025 is a Friday, and December 25 of 2024 a holiday."""
    validator = Validator("medicare")
    day = date.fromisoformat(last)
    for received, late in ((day, False), (day + timedelta(days=1), True)):
        claim = {"claim_type": "professional", "received_date": received, "lines": [line("99213", day=service)]}
        found = [finding for finding in validator.validate(claim).findings if finding.rule_id == "STR407"]
        assert bool(found) is late, received


def test_federal_holidays() -> None:
    """Those of 2024 and 2026, as the Office of Personnel Management lists them; and the ones that were moved."""
    holidays = [
        *("2024-01-01", "2024-01-15", "2024-02-19", "2024-05-27", "2024-06-19", "2024-07-04", "2024-09-02"),
        *("2024-10-14", "2024-11-11", "2024-11-28", "2024-12-25"),
        *("2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03", "2026-09-07"),
        *("2026-10-12", "2026-11-11", "2026-11-26", "2026-12-25", "2021-12-31", "2022-12-26", "2023-01-02"),
    ]
    weekdays = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
    assert all(next_workday(date.fromisoformat(day)) > date.fromisoformat(day) for day in holidays)
    kept = {str(day) for day in weekdays if day.weekday() < 5 and next_workday(day) != day}
    assert kept == {day for day in holidays if day.startswith("2024")}


def test_a_delay_reason_is_read() -> None:
    assert Claim.from_dict({"delay_reason_code": "8", "lines": []}).delay_reason == "8"


def test_the_delay_reason_of_an_837(tmp_path: Path) -> None:
    """CLM20 of 005010X222A1."""
    text = EXAMPLE.read_text()
    before, clm, after = text.partition("CLM*")
    segment, rest = after.split("~", 1)
    elements = [*segment.split("*"), *[""] * 20][:19]
    file = tmp_path / "late.837"
    file.write_text(f"{before}{clm}{'*'.join([*elements, '9'])}~{rest}")
    (first, *others) = read_claims(file)
    assert first.delay_reason == "9"
    assert {claim.delay_reason for claim in others} <= {None}
