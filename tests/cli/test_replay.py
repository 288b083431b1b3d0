"""`claimcheck replay`: what is given again, what other tables and policies change, and what the exit code says."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from claimcheck import Policy, Tables
from claimcheck.claims import Receipt
from claimcheck.cli.bases import Bases
from claimcheck.errors import InputError
from claimcheck.tables.rows import PtpRow
from tables.making import opened, reading


@pytest.fixture
def verdicts(invoke: Any, claims: Any, clean: Any, tmp_path: Path) -> Path:
    """Kept verdicts: on a visit, on a visit and a report at a penny, and on a pair that the starter tables deny."""
    line = clean()["lines"][0]
    penny = {**line, "procedure_code": "3044F", "charge": "0.01", "line_number": 2}
    pair = [{**line, "procedure_code": code, "line_number": place} for place, code in enumerate(("45378", "45380"), 1)]
    file = claims(
        clean(1), clean(2, lines=[line, penny], total_charge="125.01"), clean(3, lines=pair, total_charge="250.00")
    )
    kept = tmp_path / "kept.jsonl"
    invoke("check", file, "--policy", "penny_from_2021_06_01", "--format", "jsonl", "-o", kept)
    return kept


@pytest.fixture
def other_store(tmp_path: Path) -> Path:
    """A store of a complete table of pairs that holds none of the starter's."""
    store = tmp_path / "other"
    opened(store, reading("ptp_practitioner", [PtpRow("11055", "11720", _day("2020-01-01"), None, 1, "")]))
    return store


def _day(text: str) -> Any:
    import datetime

    return datetime.date.fromisoformat(text)


def damaged(verdicts: Path, change: Any, which: int = 0) -> str:
    """The kept verdicts, one of them changed."""
    kept = [json.loads(line) for line in verdicts.read_text().splitlines()]
    change(kept[which])
    return "".join(json.dumps(one) + "\n" for one in kept)


# ---------------------------------------------------------------- by their own policy and tables


@pytest.mark.parametrize("layout", ["table", "jsonl", "csv"])
def test_verdicts_are_given_again(invoke: Any, verdicts: Path, layout: str) -> None:
    result = invoke("replay", verdicts, "--format", layout)
    assert result.exit_code == 0
    assert "3 results, all identical" in (result.stdout if layout == "table" else result.stderr)
    if layout == "jsonl":
        assert result.stdout == ""


def test_packed_and_from_standard_input(invoke: Any, verdicts: Path) -> None:
    result = invoke("replay", "-", stdin=gzip.compress(verdicts.read_bytes()))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "3 results replayed, 5 lines: 3 unchanged" in result.stdout


def test_their_own_policy_may_be_named(invoke: Any, verdicts: Path) -> None:
    assert invoke("replay", verdicts, "--policy", "penny_from_2021_06_01").exit_code == 0


def test_a_verdict_that_is_another_is_listed(invoke: Any, verdicts: Path) -> None:
    def change(verdict: Any) -> None:
        verdict["lines"][0]["disposition"] = "denied"

    result = invoke("replay", "-", stdin=damaged(verdicts, change))
    assert result.exit_code == 1
    assert "CLAIM-1  payable  standard input, line 1" in result.stdout
    assert "denied -> payable" in result.stdout
    assert "By their own policy and tables: 3 results, 1 differ" in result.stdout


def test_a_verdict_in_other_words_is_listed(invoke: Any, verdicts: Path) -> None:
    text = verdicts.read_text()
    assert "is bundled into" in text
    result = invoke("replay", "-", stdin=text.replace("is bundled into", "is always bundled into"))
    assert result.exit_code == 1
    assert "the same result, another message or table edition" in result.stdout


def test_what_was_not_checked_is_listed(invoke: Any, verdicts: Path) -> None:
    def change(verdict: Any) -> None:
        verdict["not_checked"] = [{"rule_id": "XYZ101", "reason": "no_table", "table": None, "lines": []}]

    result = invoke("replay", "-", stdin=damaged(verdicts, change))
    assert result.exit_code == 1
    assert "       checked now: XYZ101: no_table" in result.stdout
    assert "       not checked now: " in result.stdout


def test_prices_are_told(invoke: Any, verdicts: Path) -> None:
    def change(verdict: Any) -> None:
        verdict["lines"][0].update(allowed_amount="1.00")
        verdict["lines"][1].update(disposition="review")

    result = invoke("replay", "-", stdin=damaged(verdicts, change, 1))
    assert "$125.00  payable, allowed $1.00 -> no price\n" in result.stdout
    assert "$0.01  review -> payable, allowed $0.01\n" in result.stdout


# ---------------------------------------------------------------- by others


def test_another_policy(invoke: Any, verdicts: Path) -> None:
    result = invoke("replay", verdicts, "--policy", "zero")
    assert result.exit_code == 0
    assert "    2  3044F             $0.01  payable -> report only, allowed $0.01 -> $0.00\n" in result.stdout
    assert "payable -> report only 1 $0.01 billed" in " ".join(result.stdout.split())
    assert "Allowed amounts: $0.01 -> $0.00 (-$0.01)\n" in result.stdout
    assert "1 with another result" in result.stdout
    assert "to the byte" not in result.stdout


def test_other_tables(invoke: Any, verdicts: Path, other_store: Path) -> None:
    result = invoke("replay", verdicts, "--tables", other_store)
    assert result.exit_code == 0
    assert "CLAIM-3  payable  kept.jsonl, line 3\n    1  45378           $125.00  denied -> payable" in result.stdout
    assert "       before  error   NCCI101  Column-two code 45378 is bundled into 45380" in result.stdout
    told = " ".join(result.stdout.split())
    assert "NCCI101 procedure-to-procedure 0 1" in told
    assert "NCCI pairs, practitioner 0 1" in told
    assert "denied -> payable 1 $125.00 billed" in told


def test_other_tables_as_records(invoke: Any, verdicts: Path, other_store: Path, tmp_path: Path) -> None:
    given = ("replay", verdicts, "--tables", other_store)
    [as_json] = map(json.loads, invoke(*given, "--format", "jsonl").stdout.splitlines())
    assert as_json["file"] == str(verdicts)
    told = ("line", "claim_id", "line_number", "service", "disposition_before", "disposition_after", "rule_before")
    assert [as_json[name] for name in told] == [3, "CLAIM-3", 1, "45378", "denied", "payable", "NCCI101"]
    invoke(*given, "--format", "csv", "-o", tmp_path / "changes.csv")
    [row] = csv.DictReader(io.StringIO((tmp_path / "changes.csv").read_text()))
    assert {name: row[name] for name in told} == {name: str(as_json[name]) for name in told}
    assert row["gone"] == "NCCI101"


def test_the_store_at_hand_is_no_answer_where_it_is_another(
    invoke: Any, verdicts: Path, other_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMCHECK_TABLES", str(other_store))
    result = invoke("replay", verdicts)
    assert result.exit_code == 2
    assert f"{verdicts}, line 1 and 2 more: the tables are others than the receipt's" in result.stderr
    assert "give the store of that time with --tables DIR" in result.stderr


# ---------------------------------------------------------------- what cannot be used


def test_another_policy_of_the_name(invoke: Any, verdicts: Path) -> None:
    def change(verdict: Any) -> None:
        verdict["receipt"]["policy_hash"] = "0" * 64

    result = invoke("replay", "-", stdin=damaged(verdicts, change))
    assert result.exit_code == 2
    assert "standard input, line 1: the policy penny_from_2021_06_01 is another than the receipt's" in result.stderr
    assert "give the file of that time with --policy FILE" in result.stderr
    assert "2 results, all identical" in result.stdout


def test_a_receipt_names_no_file_to_be_opened(invoke: Any, verdicts: Path, tmp_path: Path) -> None:
    def change(verdict: Any) -> None:
        verdict["receipt"]["policy"] = str(tmp_path / "QZXCANARY.toml")

    result = invoke("replay", "-", stdin=damaged(verdicts, change))
    assert result.exit_code == 2
    assert "line 1: the receipt's policy is not a built-in one: give its file with --policy FILE" in result.stderr
    assert "QZXCANARY" not in result.output


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"claim_id": ', "not JSON: expected a result from `check --format jsonl`"),
        ("[" * 100_000, "not JSON: expected a result from `check --format jsonl`"),
        ('{"claim_id": "QZXCANARY"}', "no result with its receipt, as `claimcheck check --format jsonl` writes one"),
        ("7", "no result with its receipt, as `claimcheck check --format jsonl` writes one"),
    ],
)
def test_a_damaged_line_stops_nothing(invoke: Any, verdicts: Path, line: str, reason: str) -> None:
    first, *others = verdicts.read_text().splitlines()
    result = invoke("replay", "-", stdin="\n".join([first, "", line, *others]))
    assert result.exit_code == 2
    assert result.stderr == f"claimcheck: standard input, line 3: {reason}\n"
    assert "3 results replayed" in result.stdout
    assert "QZXCANARY" not in result.output


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda verdict: verdict["receipt"].pop("reads"), "the receipt does not say what was read of the claim"),
        (lambda verdict: verdict["receipt"].update(reads=7), "the receipt does not say what was read of the claim"),
        (lambda verdict: verdict["receipt"]["reads"].update(claim=7), "what the receipt says of the claim is damaged"),
        (lambda verdict: verdict.update(lines=[]), "the result is not on the lines of its receipt"),
        (lambda verdict: verdict["receipt"].update(tables_hash=""), "the tables are others than the receipt's"),
    ],
)
def test_a_damaged_receipt_stops_nothing(invoke: Any, verdicts: Path, change: Any, reason: str) -> None:
    result = invoke("replay", "-", stdin=damaged(verdicts, change))
    assert result.exit_code == 2
    assert f"standard input, line 1: {reason}" in result.stderr
    assert "2 results replayed" in result.stdout


def test_files_that_are_none(invoke: Any, tmp_path: Path, verdicts: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n\n")
    result = invoke("replay", tmp_path / "empty.jsonl", tmp_path / "none.jsonl", verdicts)
    assert result.exit_code == 2
    assert "empty.jsonl: the file is empty: there is no result in it" in result.stderr
    assert "none.jsonl: the file cannot be opened: No such file or directory" in result.stderr
    assert "3 results replayed" in result.stdout


def test_an_output_that_cannot_be_written(invoke: Any, verdicts: Path, tmp_path: Path) -> None:
    result = invoke("replay", verdicts, "-o", os.fspath(tmp_path / "no" / "folder"))
    assert result.exit_code == 2


def test_a_hash_that_is_none_is_not_said() -> None:
    bases = Bases(Tables.starter(), others=False)
    receipt = Receipt("1", "zero", "QZXCANARY", tables_hash=Tables.starter().digest)
    with pytest.raises(InputError, match=r"hash missing, here [0-9a-f]{12}"):
        bases.validator(receipt)
    assert Bases(Tables.starter(), True, Policy.load("zero")).validator(receipt).policy.name == "zero"
