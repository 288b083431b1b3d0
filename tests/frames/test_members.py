"""Which claims are judged in the light of others: all that may matter to each other, and few beside them."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from claimcheck import Policy, Tables
from claimcheck.columns.fields import Fields
from claimcheck.columns.order import CLAIM, MEMBER, grouped
from claimcheck.columns.table import Columns
from claimcheck.frames.members import acquainted
from claimcheck.frames.stream import numbered_rows
from claimcheck.frames.survey import Counted, surveyed


def _met(claims: list[dict[str, Any]], *, all_kept: bool = False) -> list[int]:
    """The places of the claims that are acquainted, of claims of one line."""
    rows = [{"claim_id": f"C{place}", **claim} for place, claim in enumerate(claims)]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    columns = Columns.of(frame.columns, None)
    given = grouped(numbered_rows(frame, columns), columns)
    counted = Counted(Policy.load("default"), Tables.starter())
    found = acquainted(surveyed(given, Fields(columns), counted), all_kept=all_kept)
    assert found[MEMBER].null_count() == 0
    return found[CLAIM].to_list()


NPI, OTHER = "1234567893", "1003000126"


def _claim(code: str, day: date = date(2024, 3, 1), member: str = "M1", **fields: Any) -> dict[str, Any]:
    common = {"frequency_code": "1", "billing_npi": NPI, "rendering_npi": None, "claim_type": "professional"}
    return {**common, "member_id": member, "procedure_code": code, "service_date": day, **fields}


@pytest.mark.parametrize(
    ("claims", "met"),
    [
        ([_claim("3044F"), _claim("3046F", date(2024, 9, 1))], [0, 1]),  # one service: hemoglobin A1c
        ([_claim("3044F"), _claim("1159F", date(2024, 9, 1))], []),  # two services
        ([_claim("3044F"), _claim("3044F", date(2024, 9, 1), "M2")], []),
        ([_claim("3044F"), _claim("99213")], [0, 1]),  # of one day
        ([_claim("3044F"), _claim("99213", date(2024, 3, 2))], [0, 1]),  # of the day after
        ([_claim("3044F"), _claim("99213", date(2024, 3, 3))], []),
        ([_claim("99213"), _claim("99213")], [0, 1]),
        ([_claim("99213"), _claim("36415", billing_npi=OTHER)], []),  # of two providers
        ([_claim("99213"), _claim("36415", billing_npi=OTHER, rendering_npi=NPI)], [0, 1]),
        ([_claim("99213"), _claim("36415", billing_npi=None)], [0, 1]),  # who provided it is not known
        ([_claim("99213"), _claim("36415", claim_type="institutional")], []),  # of two kinds
        ([_claim("99213"), _claim("36415", claim_type="PROFESSIONAL")], [0, 1]),
        ([_claim("99213"), _claim("36415", date(2024, 9, 1)), _claim("20610", date(2024, 9, 2))], [1, 2]),
        ([_claim("99213"), {**_claim("99213", date(2024, 9, 1)), "frequency_code": "7"}], [0, 1]),
    ],
)
def test_claims_meet_by_service_days_or_what_they_undo(claims: list[dict[str, Any]], met: list[int]) -> None:
    assert _met(claims) == met
    assert _met(claims[::-1]) == sorted(len(claims) - 1 - place for place in met)


def test_over_a_history_all_claims_of_a_member_meet() -> None:
    assert _met([_claim("99213"), _claim("36415", date(2024, 9, 1))], all_kept=True) == [0, 1]
