"""Claims that bear one claim id and are no versions of one bill: two claims, which see each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimcheck import ClaimResult, MemoryHistory, Validator, validate_claims
from claimcheck.engine.replaying import replay
from support.cases import line

VISIT = line("99213", charge="125.00")


def bill(*lines: dict[str, Any], claim_id: str = "ACCT", **fields: Any) -> dict[str, Any]:
    common = {"claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893", "frequency_code": "1"}
    return {**common, "claim_id": claim_id, **fields, "lines": list(lines)}


def found(result: ClaimResult, *rules: str) -> list[str]:
    return [one.rule_id for one in result.findings if one.rule_id in rules]


PAIR = [bill(line("45380")), bill(line("45378"))]
ORDERS = {
    "a list": validate_claims,
    "sorted": lambda claims: validate_claims(iter(claims), sort=True),
    "as they come": lambda claims: validate_claims(iter(claims)),
}


@pytest.mark.parametrize("order", ORDERS)
def test_two_first_claims_of_one_account_are_two_claims(order: str) -> None:
    first, second = ORDERS[order](PAIR)
    assert [str(one.disposition) for one in (first, second)] == ["payable", "denied"]
    assert [one.claim_id for one in (first, second)] == ["ACCT", "ACCT"]
    assert found(second, "NCCI101") == ["NCCI101"]
    assert {one.claim for one in first.overturned} <= {"ACCT"}


@pytest.mark.parametrize("order", ORDERS)
def test_alike_they_are_duplicates(order: str) -> None:
    results = list(ORDERS[order]([bill(VISIT), bill(VISIT)]))
    assert found(results[1], "STR603", "STR507") == ["STR603"]
    assert [str(one.disposition) for one in results] == ["payable", "denied"]


@pytest.mark.parametrize("order", ORDERS)
def test_a_limit_counts_both(order: str) -> None:
    reports = [bill(line("3044F", charge="0.00", day=day)) for day in ("2024-03-01", "2024-07-01", "2024-07-01")]
    assert [found(one, "FRQ101") for one in ORDERS[order](reports)] == [[], ["FRQ101"], ["FRQ101"]]


def test_without_a_frequency_a_claim_that_comes_again_is_the_same_claim() -> None:
    first, second = validate_claims([bill(VISIT, frequency_code=None), bill(VISIT, frequency_code=None)])
    assert (first.disposition, first.superseded_by, second.disposition) == ("superseded", "ACCT", "payable")


def test_accounts_that_are_billed_month_by_month_are_counted() -> None:
    """Without a frequency too: what lies on other days is another bill."""
    months = [bill(line("3044F", charge="0.00", day=f"2024-0{n}-01"), frequency_code=None) for n in (1, 2, 3)]
    assert [found(one, "FRQ101") for one in validate_claims(months)] == [[], ["FRQ101"], ["FRQ101"]]
    assert [found(one, "FRQ101") for one in validate_claims(months[::-1])] == [["FRQ101"], ["FRQ101"], []]


def test_their_receipts_give_them_again() -> None:
    validator = Validator(history=MemoryHistory())
    for result in validator.validate_many(PAIR):
        again = replay(result.receipt, validator)
        assert [str(one.disposition) for one in again.lines] == [str(one.disposition) for one in result.lines]
        assert [one.rule_id for one in again.findings] == [one.rule_id for one in result.findings]


@pytest.mark.parametrize("jobs", ["1", pytest.param("2", marks=pytest.mark.exhaustive)])
def test_so_does_the_command(tmp_path: Path, jobs: str) -> None:
    from click.testing import CliRunner

    from claimcheck.cli import command

    files = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for file, one in zip(files, PAIR, strict=True):
        file.write_text(json.dumps(one) + "\n" + json.dumps(bill(VISIT, claim_id=file.name, member_id="M2")) + "\n")
    arguments = ["check", *map(str, files), "--format", "jsonl", "--quiet", "--jobs", jobs]
    run = CliRunner().invoke(command, arguments)
    results = [ClaimResult.from_dict(json.loads(text)) for text in run.stdout.splitlines()]
    assert [(one.claim_id, str(one.disposition)) for one in results] == [
        ("ACCT", "payable"), ("a.jsonl", "payable"), ("ACCT", "denied"), ("b.jsonl", "denied"),
    ]  # fmt: skip
