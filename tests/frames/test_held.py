"""Rules of several lines that read the claim itself, in columns: each kind of claim is evaluated once, as the engine
does."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from claimcheck.columns.claim_by_claim import ClaimByClaim
from claimcheck.columns.engine import Engine, Share
from claimcheck.columns.fields import Fields
from claimcheck.columns.table import Columns
from claimcheck.engine import Validator
from claimcheck.frames.validating import verdicts
from frames.agreement import agree
from frames.tables_of import frame_of
from support.cases import institutional, line
from support.code_tables import codes, list_row, procedure_row

pytestmark = pytest.mark.extended

TABLES = codes(
    outpatient_procedure=[
        procedure_row("99381", "E1", "non_covered", age_max="0"),
        procedure_row("22558", "C"),
        procedure_row("11042", "T"),
        procedure_row("99284", "J2"),
        procedure_row("96374", "S"),
        procedure_row("G0378", "N"),
        procedure_row("J1885", "N"),
        procedure_row("90837", "Q3", "ph_primary ph_service iop_primary iop_service"),
    ],
    outpatient_diagnosis=[
        list_row("F329", flags="mental_health"),
        list_row("B9561", flags="unacceptable_pdx"),
        list_row("A33", flags="", age_max="0"),
    ],
)
CODES = ("99381", "22558", "11042", "99284", "96374", "G0378", "J1885", "90837", None)
DAYS = ("2024-01-01", "2024-01-02", "2024-07-15")


def claim(random: Random, number: int) -> dict[str, Any]:
    lines = [
        line(
            random.choice(CODES),
            *random.choice(((), ("CA",))),
            day=random.choice(DAYS[:2]) if number % 2 else DAYS[2],
            revenue_code=random.choice(("0270", "0450", "0762", "0915")),
            units=random.choice((1, 8)),
        )
        for _ in range(random.choice((1, 2, 2, 3, 4)))
    ]
    if number % 4 == 1:
        lines = [line("G0378", day=DAYS[0], revenue_code="0762", units=8), *lines]
    days = [one["service_date"] for one in lines]
    return institutional(
        random.choice(("0131", "0131", "0133", "0121", "0761", "0851")),
        claim_id=str(number),
        member_id=f"M{number}",
        billing_npi="1234567893",
        birth_date=random.choice(("1960-01-01", "1984-02-29", "2024-01-01", None)),
        patient_status=random.choice(("01", "20", None)),
        statement_from=min(days),
        statement_through=random.choice((max(days), "2024-07-21")),
        condition_codes=random.choice(([], ["41"], ["92"], ["20"], ["G0"])),
        value_codes=random.choice(([], [{"code": "A1", "amount": "7.00"}])),
        diagnoses=random.choice((["F32.9"], ["I10"], ["B95.61", "I10"], ["A33"], ["?"])),
        lines=lines,
    )


def claims() -> list[dict[str, Any]]:
    random = Random(11)
    return [claim(random, number) for number in range(600)]


def share(some: list[dict[str, Any]]) -> Share:
    frame = frame_of(some)
    columns = Columns.of(frame.columns, None)
    engine = Engine(ClaimByClaim(columns, Validator("default", TABLES), None), Fields(columns))
    for _ in verdicts(frame, engine):
        pass
    return engine.share


def test_the_results_are_those_of_the_engine() -> None:
    found = {*agree(frame_of(claims()), tables=TABLES)["findings"]["rule_id"].to_list()}
    assert {"FAC504", "FAC505", "FAC508", "FAC511", "FAC512", "COD210"} <= found


def test_no_claim_is_validated_by_itself() -> None:
    readable = [one for one in claims() if one["diagnoses"] != ["?"]]
    assert share(readable).odd_claims == 0


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("birth_date", ("1960-01-01", "2024-01-01")),
        ("patient_status", ("01", "20")),
        ("diagnoses", (["B95.61"], ["I10"])),
        ("condition_codes", (["20"], [])),
    ],
)
def test_claims_that_differ_in_what_a_rule_reads_are_told_apart(field: str, values: tuple[Any, ...]) -> None:
    lines = [line("22558", "CA", revenue_code="0360"), line("99381", revenue_code="0510"), line("J1885")]
    same = institutional(birth_date="1960-01-01", patient_status="01", diagnoses=["A33"], lines=lines)
    both = [{**same, "claim_id": str(value), field: value} for value in values]
    findings = agree(frame_of(both), tables=TABLES)["findings"]
    one, other = (findings.filter(claim_id=str(value)).drop("claim_id", "row").rows() for value in values)
    assert one != other
