"""Claims that meet beyond their days are judged together where a line looks at a line of the other, and else apart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from claimcheck.columns.claim_by_claim import ClaimByClaim
from claimcheck.columns.engine import Engine
from claimcheck.columns.fields import Fields
from claimcheck.columns.table import Columns
from claimcheck.engine import Validator
from claimcheck.frames.validating import verdicts
from frames.agreement import agree

OPERATION = date(2024, 7, 8)
NPI, ANOTHER = "1234567893", "1245319599"


def _frame(code: str, days: int, npi: str) -> pl.DataFrame:
    """An operation of ninety days of care, and what is billed so many days after it on another claim."""
    rows = [
        {"claim_id": "A", "procedure_code": "27447", "service_date": OPERATION, "billing_npi": NPI},
        {"claim_id": "B", "procedure_code": code, "service_date": OPERATION + timedelta(days), "billing_npi": npi},
    ]
    of_all: dict[str, Any] = {"claim_type": "professional", "member_id": "M1", "units": 1, "charge": "90.00"}
    return pl.DataFrame([{**row, **of_all} for row in rows])


def _met(frame: pl.DataFrame) -> int:
    """How many lines were judged beside others."""
    columns = Columns.of(frame.columns, None)
    engine = Engine(ClaimByClaim(columns, Validator("default"), None), Fields(columns))
    assert [len(part.lines) for part in verdicts(frame, engine)] == [2]
    return engine.share.met_lines


@pytest.mark.parametrize("days", [-91, -90, -1, 0, 1, 14, 90, 91, 400])
@pytest.mark.parametrize("code", ["99213", "99203", "27447", "80053"])
def test_findings_are_those_of_the_engine(code: str, days: int) -> None:
    wanted = agree(_frame(code, days, NPI), policy="default")
    if code == "99213" and days in (14, 90):
        assert "PRO207" in wanted["findings"]["rule_id"].to_list()


@pytest.mark.parametrize(
    ("code", "days", "npi", "lines"),
    [
        ("99213", 14, NPI, 2),
        ("99213", 90, NPI, 2),
        ("99213", 91, NPI, 0),
        ("99213", -14, NPI, 2),
        ("80053", 14, NPI, 0),
        ("99213", 14, ANOTHER, 0),
        ("80053", 0, NPI, 2),
    ],
)
def test_which_are_judged_together(code: str, days: int, npi: str, lines: int) -> None:
    assert _met(_frame(code, days, npi)) == lines


def test_all_of_a_member_of_whom_a_claim_is_judged_by_itself_are_judged_together() -> None:
    frame = _frame("80053", 14, NPI).with_columns(pl.Series("service_date_end", [OPERATION + timedelta(1), None]))
    agree(frame, policy="default")
    assert _met(frame) == 2
