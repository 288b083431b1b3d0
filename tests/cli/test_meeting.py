"""Claims of a run that have a part in each other's verdicts, wherever they stand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimcheck.cli import meeting


def a_claim(claim_id: str, code: str, member: str = "M1", day: str = "2024-07-15") -> dict[str, Any]:
    line = {"procedure_code": code, "units": 1, "charge": "90.00", "service_date": day, "diagnosis_pointers": [1]}
    return {
        "claim_id": claim_id,
        "claim_type": "professional",
        "member_id": member,
        "billing_npi": "1234567893",
        "place_of_service": "11",
        "diagnoses": ["I10"],
        "total_charge": "90.00",
        "lines": [line],
    }


@pytest.mark.parametrize(
    ("few", "jobs"), [(0, 1), (1, 1), (2, 1), (3, 1), (5_000, 1), pytest.param(5_000, 2, marks=pytest.mark.exhaustive)]
)
def test_the_pair_of_a_later_file_denies(
    invoke: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, jobs: int
) -> None:
    """However many claims are kept, and however many are read again."""
    monkeypatch.setattr(meeting, "_FEW", few)
    others = [a_claim(f"X{number}", "99213", f"N{number}") for number in range(4)]
    apart = a_claim("C", "45380", day="2024-07-18")
    files = [tmp_path / "1.jsonl", tmp_path / "2.jsonl"]
    files[0].write_text("".join(f"{json.dumps(claim)}\n" for claim in [a_claim("A", "45378"), *others]))
    files[1].write_text("".join(f"{json.dumps(claim)}\n" for claim in [a_claim("B", "45380"), apart]))
    shown = map(json.loads, invoke("check", *files, "--format", "jsonl", "--jobs", jobs).stdout.splitlines())
    denied = {one["claim_id"]: [found["rule_id"] for found in one["findings"]] for one in shown}
    assert [claim for claim, rules in denied.items() if "NCCI101" in rules] == ["A"]
