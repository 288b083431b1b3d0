"""What is remembered of outpatient claims is what is said of each by itself: age, status, diagnoses, days, period."""

from __future__ import annotations

from itertools import product
from typing import Any

from claimcheck import Claim, Validator
from support.cases import institutional, line
from support.code_tables import codes, list_row, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("99381", "B", age_min="0", age_max="1"),
        procedure_row("22558", "C"),
        procedure_row("G0378", "N"),
        procedure_row("96374", "S"),
        procedure_row("11042", "T"),
        procedure_row("0518T", "Q2"),
        procedure_row("90837", "Q3", "ph_primary ph_service"),
        procedure_row("G0463", "V"),
        procedure_row("J1234", "K"),
    ],
    outpatient_diagnosis=[
        list_row("F329", flags="mental_health", age_min="", age_max=""),
        list_row("O0090", flags="", age_min="9", age_max="64"),
        list_row("Z794", flags="unacceptable_pdx", age_min="", age_max=""),
    ],
)


def claims() -> list[dict[str, Any]]:
    """Claims that differ in one thing that a rule reads of them, met one after another."""
    found = []
    for born, diagnosis in product(("1950-01-01", "1990-01-01", "2024-01-02", None), ("F32.9", "O00.90", "Z79.4")):
        for code in ("99381", "G0463"):
            given = institutional(birth_date=born, diagnoses=[diagnosis])
            found.append({**given, "lines": [line(code, revenue_code="0510")]})
    for status in ("20", "01", None):
        stay = [line("22558", "CA", revenue_code="0360"), line("G0463", revenue_code="0510")]
        found.append({**institutional(patient_status=status), "lines": stay})
    for first, second in (("01-01", "01-02"), ("01-02", "01-03"), ("01-01", "01-03"), ("01-02", "01-02")):
        days = [line("G0378", units=9, day=f"2024-{first}"), line("96374", day=f"2024-{second}")]
        found.append({**institutional(), "lines": [{**one, "revenue_code": "0762"} for one in days]})
    for through, condition, amount in product(("2024-07-01", "2024-07-22"), ("41", "G0"), (None, "302.00")):
        period = {"statement_from": "2024-07-01", "statement_through": through, "condition_codes": [condition]}
        carried = [] if amount is None else [{"code": "QA", "amount": amount}]
        given = institutional("0133", diagnoses=["F32.9"], value_codes=carried, **period)
        found.append({**given, "lines": [line("90837", day="2024-07-01", revenue_code="0915")]})
    for gap in (0, 1, 2):
        for other in ("11042", "0518T", "J1234"):
            days = [line("G0463", day="2024-07-01"), line(other, day=f"2024-07-0{1 + gap}")]
            found.append({**institutional(), "lines": [{**one, "revenue_code": "0510"} for one in days]})
    return found


def test_a_claim_that_is_met_after_others_like_it_gets_its_own_verdict() -> None:
    of_all = Validator(tables=TABLES)
    for _ in range(2):
        for given in claims():
            claim = Claim.from_dict(given)
            alone = Validator(tables=TABLES).validate(claim)
            assert of_all.validate(claim).to_dict() == alone.to_dict(), given


def test_the_claims_are_told_apart_by_what_the_rules_say() -> None:
    of_all = Validator(tables=TABLES)
    edits = {one.evidence.get("edit") for given in claims() for one in of_all.validate(Claim.from_dict(given)).findings}
    assert {2, 7, 57, 70, 95} <= edits
