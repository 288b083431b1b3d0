"""Versions of one bill in a frame, as the engine sees them."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from claimcheck import MemoryHistory
from claimcheck.frames import validate_batches, validate_frame
from frames.agreement import agree

COLUMNS = {
    "claim_id": pl.String(),
    "claim_type": pl.String(),
    "member_id": pl.String(),
    "billing_npi": pl.String(),
    "place_of_service": pl.String(),
    "frequency_code": pl.String(),
    "original_claim_id": pl.String(),
    "submitted_claim_id": pl.String(),
    "replaced_by_claim_id": pl.String(),
    "other_claim_id": pl.String(),
    "procedure_code": pl.String(),
    "service_date": pl.String(),
    "units": pl.Int64(),
    "charge": pl.String(),
}


def a_line(claim_id: str, **more: Any) -> dict[str, Any]:
    visit = {"procedure_code": "99213", "service_date": "2024-07-15", "units": 1, "charge": "125.00"}
    of_claim = {"claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893", "place_of_service": "11"}
    return {**of_claim, **visit, "claim_id": claim_id, **more}


def a_frame(*lines: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([{**dict.fromkeys(COLUMNS), **line} for line in lines], COLUMNS)


CASES = {
    "a replacement": (
        [a_line("A"), a_line("B", frequency_code="7", original_claim_id="A")],
        {"A": ("superseded", "B"), "B": ("payable", None)},
    ),
    "no frequency, and further lines": (
        [
            a_line("B", original_claim_id="A", procedure_code="3044F", charge="0.00"),
            a_line("A"),
            a_line("B", original_claim_id="A"),
            a_line("A", procedure_code="3044F", charge="0.00"),
        ],
        {"A": ("superseded", "B"), "B": ("payable", None)},
    ),
    "far apart in time": (
        [a_line("A", service_date="2024-01-15"), a_line("B", original_claim_id="A", service_date="2024-09-15")],
        {"A": ("superseded", "B"), "B": ("payable", None)},
    ),
    "a void": (
        [a_line("A"), a_line("V", frequency_code="8", original_claim_id="A")],
        {"A": ("superseded", "V"), "V": ("report_only", None)},
    ),
    "a void of a claim that is not here": (
        [a_line("A"), a_line("V", frequency_code="8", original_claim_id="X", member_id="M2")],
        {"A": ("payable", None), "V": ("report_only", None)},
    ),
    "the payer's record, by another id": (
        [a_line("A", other_claim_id="ICN1"), a_line("P", submitted_claim_id="ICN1")],
        {"A": ("superseded", "P"), "P": ("payable", None)},
    ),
    "alone, it says that it was replaced": (
        [a_line("A", replaced_by_claim_id="B"), a_line("C", member_id="M2")],
        {"A": ("superseded", "B"), "C": ("payable", None)},
    ),
    "another member's": (
        [a_line("A"), a_line("B", original_claim_id="A", member_id="M2")],
        {"A": ("payable", None), "B": ("payable", None)},
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("history", [False, True], ids=["alone", "over a history"])
def test_versions_are_one_bill(name, history):
    lines, expected = CASES[name]
    frame = a_frame(*lines)
    options = {"history": MemoryHistory()} if history else {}
    found = agree(frame, **options)["claims"]
    assert {row["claim_id"]: (row["disposition"], row["superseded_by"]) for row in found.to_dicts()} == expected


def test_charges_of_superseded_lines_are_apart():
    lines, _ = CASES["a replacement"]
    verdict = validate_frame(a_frame(*lines))
    sums = verdict.lines.group_by("disposition").agg(pl.col("charge").sum()).sort("disposition")
    assert [(name, float(amount)) for name, amount in sums.rows()] == [("payable", 125.0), ("superseded", 125.0)]
    assert verdict.lines.select("claim_id", "claim_disposition", "superseded_by").rows() == [
        ("A", "superseded", "B"),
        ("B", "payable", None),
    ]
    assert verdict.claims.filter(claim_id="A")["clean"].to_list() == [False]


def test_versions_in_different_batches():
    others = [a_line(f"X{n}", member_id=f"N{n}") for n in range(6)]
    frame = a_frame(a_line("B", original_claim_id="A"), *others, a_line("A"))
    parts = list(validate_batches(frame.lazy(), lines=2))
    assert len(parts) == 2
    claims = pl.concat([part.claims.collect() for part in parts])
    assert dict(claims.drop_nulls("superseded_by").select("claim_id", "superseded_by").rows()) == {"A": "B"}
