"""The claims of a batch see each other in every executor: four claims of one member, day and provider."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from claimcheck import MemoryHistory, validate_claims
from claimcheck.cli import command
from claimcheck.frames import validate_batches, validate_frame

ROW = {"claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893", "units": "1", "charge": "100.00"}
ROWS = [
    {"claim_id": name, **ROW, "procedure_code": code, "service_date": "2024-07-15"}
    for name, code in zip("ABCD", ("99213", "99213", "45380", "45378"), strict=True)
]
#: Of another member, on other days, and of two members on one day: none has a part in another's verdict.
APART = [
    {**ROWS[0], "claim_id": "E", "member_id": "M2"},
    {**ROWS[1], "claim_id": "F", "member_id": "M2", "service_date": "2024-07-18"},
    {**ROWS[2], "claim_id": "G", "member_id": "M3"},
]
READ_OTHERS = ("NCCI101", "PRO206", "STR603")

Verdicts = dict[str, tuple[str, frozenset[str], list[tuple[str, ...]]]]
"""Of each claim its disposition, those of the rules of interest that found something, and what no history showed."""


def of_interest(rules: Any) -> tuple[str, ...]:
    """The rules without those of the professional family: which of them read other claims hangs on the code."""
    return tuple(rule for rule in rules if not rule.startswith("PRO"))


def of_results(results: Any) -> Verdicts:
    return {
        result.claim_id: (
            str(result.disposition),
            frozenset(finding.rule_id for finding in result.findings if finding.rule_id in READ_OTHERS),
            [
                of_interest(entry.rules)
                for entry in result.not_checked
                if entry.reason in ("no_history", "later_claims")
            ],
        )
        for result in results
    }


def of_frames(verdicts: list[Any]) -> Verdicts:
    found: Verdicts = {}
    for verdict in verdicts:
        for name, disposition in verdict.claims.select("claim_id", "disposition").rows():
            rules = verdict.findings.filter(claim_id=name)["rule_id"].to_list()
            left = verdict.not_checked.filter((pl.col("claim_id") == name) & pl.col("reason").is_in(["no_history"]))
            named = [of_interest(one) for one in left["rules"].to_list()]
            found[name] = disposition, frozenset(rules) & {*READ_OTHERS}, named
    return found


def claims() -> list[dict[str, Any]]:
    of_line = ("procedure_code", "units", "charge", "service_date")
    return [
        {**{key: row[key] for key in row if key not in of_line}, "lines": [{key: row[key] for key in of_line}]}
        for row in (*ROWS, *APART)
    ]


def written(folder: Path, *parts: list[dict[str, Any]]) -> list[str]:
    files = []
    for number, rows in enumerate(parts):
        files.append(str(folder / f"claims{number}.csv"))
        with Path(files[-1]).open("w", newline="") as file:
            writer = csv.DictWriter(file, [*ROWS[0]])
            writer.writeheader()
            writer.writerows(rows)
    return files


def checked(files: list[str], *options: str) -> Verdicts:
    from claimcheck import ClaimResult

    run = CliRunner().invoke(command, ["check", *files, "--format", "jsonl", "--quiet", *options])
    return of_results(ClaimResult.from_dict(json.loads(line)) for line in run.stdout.splitlines())


def in_order(folder: Path) -> Verdicts:
    return of_results(validate_claims(claims()))


def sort(folder: Path) -> Verdicts:
    return of_results(validate_claims(iter(claims()), sort=True))


def turned(folder: Path) -> Verdicts:
    return of_results(validate_claims(tuple(claims()[::-1])))


def frame(folder: Path) -> Verdicts:
    return of_frames([validate_frame(pl.DataFrame([*ROWS, *APART]), workers=1)])


def batches(folder: Path) -> Verdicts:
    return of_frames([*validate_batches(pl.DataFrame([*ROWS, *APART]), lines=2, workers=1)])


def one_file(folder: Path) -> Verdicts:
    return checked(written(folder, [*ROWS, *APART]))


def several_files(folder: Path) -> Verdicts:
    return checked(written(folder, ROWS[3:], APART, ROWS[:3]))


def several_processes(folder: Path) -> Verdicts:
    return checked(written(folder, ROWS[3:], APART, ROWS[:3]), "--jobs", "2")


EXECUTORS = [in_order, sort, turned, frame, batches, one_file, several_files, several_processes]


@pytest.mark.parametrize("executor", EXECUTORS)
def test_four_claims_of_a_day(executor: Any, tmp_path: Path) -> None:
    verdicts = executor(tmp_path)
    # The first visit is part of the procedure that a third claim bills, and the second is a duplicate of the first.
    visit, duplicate, denied, nothing = map(frozenset[str], (["PRO206"], ["STR603"], ["NCCI101"], []))
    assert {name: verdict[:2] for name, verdict in verdicts.items()} == {
        "A": ("denied", visit),
        "B": ("denied", duplicate),
        "C": ("payable", nothing),
        "D": ("denied", denied),
        "E": ("payable", nothing),
        "F": ("payable", nothing),
        "G": ("payable", nothing),
    }
    rules = ("NCCI101", "NCCI201", "STR603")
    assert [left for _, _, left in verdicts.values()] == [[rules]] * 7


def test_a_history_that_knows_everything_leaves_nothing_open() -> None:
    verdicts = of_results(validate_claims(claims(), history=MemoryHistory()))
    assert [left for _, _, left in verdicts.values()] == [[]] * 7
    assert verdicts["D"][0] == "denied"


OPERATION = {**ROW, "claim_id": "H", "member_id": "M4", "procedure_code": "27447", "service_date": "2024-07-08"}
#: Days after an operation, of a member whose claims no day brings together; after its period; another member's.
AFTER = [
    {**OPERATION, "claim_id": "I", "procedure_code": "99213", "service_date": "2024-08-30"},
    {**OPERATION, "claim_id": "J", "procedure_code": "99213", "service_date": "2024-07-07"},
    {**OPERATION, "claim_id": "K", "procedure_code": "99213", "service_date": "2024-07-04"},
    {**OPERATION, "claim_id": "L", "procedure_code": "99213", "service_date": "2024-08-29", "member_id": "M5"},
]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("executor", ["list", "frame", "batches", "files", "processes"])
def test_days_after_an_operation(executor: str, turned: bool, tmp_path: Path) -> None:
    rows = [OPERATION, *AFTER][:: -1 if turned else 1]
    match executor:
        case "list":
            of_line = ("procedure_code", "units", "charge", "service_date")
            claims = [{**row, "lines": [{key: row[key] for key in of_line}]} for row in rows]
            found = {result.claim_id: str(result.disposition) for result in validate_claims(claims)}
        case "frame":
            found = dict(validate_frame(pl.DataFrame(rows), workers=1).claims["claim_id", "disposition"].rows())
        case "batches":
            parts = [part.claims for part in validate_batches(pl.DataFrame(rows), lines=2, workers=1)]
            found = dict(pl.concat(parts)["claim_id", "disposition"].rows())
        case _:
            options = ["--jobs", "2"] if executor == "processes" else []
            verdicts = checked(written(tmp_path, rows[:2], rows[2:]), *options)
            found = {name: verdict[0] for name, verdict in verdicts.items()}
    assert found == {"H": "payable", "I": "denied", "J": "denied", "K": "payable", "L": "payable"}
