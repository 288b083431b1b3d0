"""Claims of one member that matter to each other are judged in columns, and as the engine judges them."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from claimcheck import Policy
from claimcheck.columns.claim_by_claim import ClaimByClaim
from claimcheck.columns.engine import Engine
from claimcheck.columns.fields import Fields
from claimcheck.columns.table import Columns
from claimcheck.engine import Validator
from claimcheck.frames.validating import verdicts
from frames.agreement import agree
from frames.members_of import claims_of_members
from frames.tables_of import frame_of
from frames.whole_tables import whole_tables

LIMITS = [
    {"name": "once", "codes": ["80053"], "window": "lifetime", "excess": "denied"},
    {"name": "reports", "codes": ["3044F", "3046F"], "window": "rolling_12_months"},
    {"name": "monthly", "codes": ["20610"], "window": "calendar_month", "most": 2, "excess": "denied"},
    {"name": "visits", "codes": ["99213-99214"], "group": "visits", "window": "calendar_year", "most": 3},
    {"name": "days", "codes": ["36415"], "window": "calendar_year", "by_day": True},
    {"name": "of each", "codes": ["97110"], "window": "calendar_year", "per": "member_and_provider"},
    {"name": "shared", "codes": ["11720", "11042"], "grouped": False, "window": "calendar_year"},
    {"name": "too", "codes": ["11042"], "window": "calendar_month"},
]
POLICIES: list[Any] = ["default", "medicare", "anthem_ohio_medicaid_2024", "limits"]


def _agrees(seed: int, *, members: int = 4, plain: float = 1.0) -> None:
    policy = POLICIES[seed % len(POLICIES)]
    if policy == "limits":
        policy = Policy.load("default").replace(frequency__limits={"limits": LIMITS})
    as_of = None if seed % 3 else "2024-09-01"
    claims = claims_of_members(seed, members=members, plain=plain)
    agree(frame_of(claims), policy=policy, tables=whole_tables() if seed % 2 else None, as_of=as_of)


@pytest.mark.parametrize("seed", range(8))
def test_verdicts_are_those_of_the_engine(seed: int) -> None:
    _agrees(seed)


@pytest.mark.extended
@pytest.mark.parametrize("seed", range(8, 60))
def test_verdicts_are_those_of_the_engine_for_many_members(seed: int) -> None:
    _agrees(seed, members=12, plain=0.8 if seed % 2 else 1.0)


def _claim(number: int, **of_line: Any) -> dict[str, Any]:
    line = {"procedure_code": "99213", "units": "1", "charge": "90.00", "service_date": "2024-07-15", **of_line}
    of_claim = {"claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893"}
    return {"claim_id": f"C{number:03}", **of_claim, **line}


def _shares(claims: list[dict[str, Any]]) -> tuple[int, int, int]:
    """Lines judged beside others, those of them that were judged as values, and how many kinds of claims there were."""
    frame = pl.DataFrame(claims)
    columns = Columns.of(frame.columns, None)
    engine = Engine(ClaimByClaim(columns, Validator("default"), None), Fields(columns))
    assert sum(len(part.lines) for part in verdicts(frame, engine)) == len(claims)
    return engine.share.met_lines, engine.share.met_as_values, engine.several_lines.asked


@pytest.mark.parametrize(
    "alike",
    [
        pytest.param(
            [_claim(number, service_date=f"2024-08-{1 + number // 3:02}") for number in range(12)],
            id="one service three times a day",
        ),
        pytest.param(
            [
                _claim(number, procedure_code="3044F", charge="0.00", service_date=f"2024-08-{1 + number:02}")
                for number in range(12)
            ],
            id="a report of which one a year is paid",
        ),
        pytest.param([_claim(number, service_date=f"2024-07-{10 + number}") for number in range(12)], id="day by day"),
    ],
)
def test_claims_alike_are_judged_once(alike: list[dict[str, Any]]) -> None:
    agree(pl.DataFrame(alike))
    met, as_values, kinds = _shares(alike)
    assert (met, as_values) == (12, 0)
    assert kinds <= 14


def test_of_a_member_with_a_claim_that_columns_do_not_hold_all_are_left_to_the_engine() -> None:
    claims = [_claim(0), _claim(1), _claim(2, procedure_code="36415"), _claim(3, member_id="M2")]
    assert _shares([{**one, "frequency_code": None} for one in claims])[:2] == (3, 0)
    claims[0] |= {"frequency_code": "7"}
    with_replacement = [{"frequency_code": None, **one} for one in claims]
    agree(pl.DataFrame(with_replacement, infer_schema_length=None))
    assert _shares(with_replacement)[:2] == (3, 3)
