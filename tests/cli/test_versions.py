"""Versions of one bill, wherever in the files they stand and however many processes judge."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from claimcheck import SqliteHistory

LINE = {"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-15"}


def a_claim(claim_id: str, **fields: Any) -> dict[str, Any]:
    common = {"claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893", "place_of_service": "11"}
    of_line = {"lines": [{**LINE, "diagnosis_pointers": [1]}], "total_charge": "125.00", "diagnoses": ["I10"]}
    return {**common, **of_line, "claim_id": claim_id, **fields}


FIRST = a_claim("A")
SECOND = a_claim("B", original_claim_id="A")
THIRD = a_claim("C", original_claim_id="B", frequency_code="7")
VOID = a_claim("A", original_claim_id="ICN1", frequency_code="8")
OTHERS = [a_claim(f"X{number}", member_id=f"N{number}") for number in range(5)]


def written(path: Path, *claims: dict[str, Any]) -> Path:
    path.write_text("".join(f"{json.dumps(claim)}\n" for claim in claims))
    return path


def verdicts(text: str) -> list[tuple[str, str, str | None]]:
    found = map(json.loads, text.splitlines())
    return [(one["claim_id"], one["disposition"], one["superseded_by"]) for one in found if one["claim_id"][0] != "X"]


@pytest.mark.parametrize("order", list(permutations([FIRST, SECOND, THIRD])))
def test_a_chain_in_whatever_order(invoke: Any, tmp_path: Path, order: Any) -> None:
    one, two, three = order
    file = written(tmp_path / "claims.jsonl", one, OTHERS[0], two, *OTHERS[1:], three)
    found = verdicts(invoke("check", file, "--format", "jsonl").stdout)
    assert sorted(found) == [("A", "superseded", "B"), ("B", "superseded", "C"), ("C", "payable", None)]
    assert [name for name, *_ in found] == [claim["claim_id"] for claim in order]


def test_in_several_files_and_processes(invoke: Any, tmp_path: Path) -> None:
    files = [written(tmp_path / "1.jsonl", FIRST, *OTHERS), written(tmp_path / "2.jsonl", THIRD, SECOND)]
    alone = invoke("check", *files, "--format", "jsonl")
    assert verdicts(alone.stdout) == [("A", "superseded", "B"), ("C", "payable", None), ("B", "superseded", "C")]
    together = invoke("check", *files, "--format", "jsonl", "--jobs", 2)
    assert together.stdout == alone.stdout
    backward = invoke("check", *reversed(files), "--format", "jsonl")
    assert sorted(verdicts(backward.stdout)) == sorted(verdicts(alone.stdout))


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.exhaustive)])
def test_behind_a_file_that_was_cut_off(demo: Path, invoke: Any, tmp_path: Path, jobs: int) -> None:
    """Its last claim is counted by those who ask for the claims of some members, and never delivered."""
    cut, whole = tmp_path / "cut.837", demo.read_bytes()
    cut.write_bytes(whole[: whole.rindex(b"SV1")])
    file = written(tmp_path / "claims.jsonl", FIRST, SECOND)
    shown = invoke("check", cut, file, "--format", "jsonl", "--jobs", jobs).stdout
    assert verdicts("".join(shown.splitlines(keepends=True)[-2:])) == [
        ("A", "superseded", "B"),
        ("B", "payable", None),
    ]


def test_the_sums_are_of_one_bill(invoke: Any, tmp_path: Path) -> None:
    shown = invoke("check", written(tmp_path / "claims.jsonl", FIRST, SECOND)).stdout
    assert "2 claims, 2 lines: 1 payable ($125.00), 1 superseded ($125.00)" in " ".join(shown.split())
    assert "A  superseded by B" in shown
    voided = invoke("check", written(tmp_path / "voided.jsonl", FIRST, VOID)).stdout
    assert "1 report only ($125.00), 1 superseded ($125.00)" in " ".join(voided.split())


def test_no_adjustments_are_written_of_it(invoke: Any, tmp_path: Path) -> None:
    denied = {**FIRST, "lines": [{**LINE, "procedure_code": "45378"}, {**LINE, "procedure_code": "45380"}]}
    file = written(tmp_path / "claims.jsonl", denied, SECOND)
    assert "45378" not in invoke("check", file, "--format", "adjustments").stdout
    rows = invoke("check", file, "--format", "csv").stdout.splitlines()
    assert len(rows) == 4
    assert all('"superseded","superseded","B"' in row for row in rows[1:3])


def test_a_history_keeps_what_stands(invoke: Any, tmp_path: Path) -> None:
    file, db = written(tmp_path / "claims.jsonl", THIRD, *OTHERS, FIRST, SECOND), tmp_path / "db"
    first = invoke("check", file, "--history", db, "--format", "jsonl")
    assert verdicts(first.stdout) == [("C", "payable", None), ("A", "superseded", "B"), ("B", "superseded", "C")]
    from datetime import date

    with SqliteHistory(db) as history:
        assert [line.claim for line in history.lines("M1", date.min, date.max)] == ["C"]


def test_what_can_be_read_only_once_is_judged_as_it_comes(invoke: Any, tmp_path: Path) -> None:
    text = "".join(f"{json.dumps(claim)}\n" for claim in (FIRST, SECOND))
    found = verdicts(invoke("check", "-", "--format", "jsonl", stdin=text).stdout)
    assert found == [("A", "payable", None), ("B", "payable", None)]


def test_a_replacement_that_is_returned_replaces_nothing(invoke: Any, tmp_path: Path) -> None:
    returned = {**SECOND, "billing_npi": "1234567890"}
    found = verdicts(invoke("check", written(tmp_path / "claims.jsonl", FIRST, returned), "--format", "jsonl").stdout)
    assert found == [("A", "payable", None), ("B", "rejected", None)]
