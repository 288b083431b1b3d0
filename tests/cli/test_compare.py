"""`claimcheck compare`: the sums, the rows and the work queue, and what it does with wrong calls."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from remittance import written

PAIR = ("45380", "1000.00"), ("45378", "900.00")
ANSWER = [
    {
        "claim_id": "A1",
        "status": "1",
        "charge": "1900.00",
        "paid": "600.00",
        "lines": [
            {"code": "45380", "charge": "1000.00", "paid": "600.00", "adjustments": [("CO", [("45", "400.00", "")])]},
            {"code": "45378", "charge": "900.00", "paid": "0", "adjustments": [("CO", [("236", "900.00", "")])]},
        ],
    }
]


@pytest.fixture
def sent(claims: Any, clean: Any) -> Path:
    """A claim with a pair that the starter tables deny."""
    line = clean()["lines"][0]
    lines = [
        {**line, "procedure_code": code, "charge": charge, "line_number": number}
        for number, (code, charge) in enumerate(PAIR, 1)
    ]
    return claims(clean(1, claim_id="A1", lines=lines, total_charge="1900.00"))


@pytest.fixture
def remitted(tmp_path: Path) -> Path:
    file = tmp_path / "paid.835"
    file.write_bytes(written.interchange(written.transaction(ANSWER, "600.00")))
    return file


def test_the_sums(invoke: Any, sent: Path, remitted: Path) -> None:
    result = invoke("compare", sent, "--remittances", remitted)
    assert result.exit_code == 0
    assert "2 lines of 1 claim compared" in result.stdout
    [rule] = [line.split() for line in result.stdout.splitlines() if line.startswith("NCCI101")]
    assert rule == ["NCCI101", "1", "1", "0", "0", "$900.00", "100.0%"]


def test_totals_by_payer_and_month(invoke: Any, sent: Path, remitted: Path) -> None:
    said = invoke("compare", sent, "--remittances", remitted, "--by", "payer", "--by", "month").stdout.splitlines()
    [payer] = [said[at + 1].split() for at, line in enumerate(said) if line.startswith("By payer")]
    assert payer == ["A", "PAYER", "2", "$1,900.00", "$600.00", "$900.00", "$0.00"]
    assert [line.split()[:2] for line in said if line.startswith("2024-07")] == [["2024-07", "2"]]
    refused = invoke("compare", sent, "--remittances", remitted, "--by", "payer", "--format", "csv")
    assert (refused.exit_code, "--by is for the table" in refused.output) == (2, True)


def test_rows_and_work_queue(invoke: Any, sent: Path, remitted: Path, tmp_path: Path) -> None:
    queue = tmp_path / "queue.csv"
    result = invoke("compare", sent, "--remittances", remitted, "--format", "csv", "--work-queue", queue)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["procedure_code"], row["agreement"], row["actual_carcs"]) for row in rows] == [
        ("45380", "came true", ""),
        ("45378", "came true", "236"),
    ]
    [item] = csv.DictReader(io.StringIO(queue.read_text()))
    assert (item["dollars"], item["procedure_code"], item["rule_id"]) == ("900.00", "45378", "NCCI101")
    assert "modifier" in item["prevention"]


def test_what_is_wrong_in_a_remittance_is_said(invoke: Any, sent: Path, remitted: Path) -> None:
    """Its findings were in Python's results alone."""
    assert "REM" not in invoke("compare", sent, "--remittances", remitted).stderr
    remitted.write_bytes(remitted.read_bytes().replace(b"SVC*HC:45378*900", b"SVC*HC:45378*901") + b"Kind regards\n")
    said = invoke("compare", sent, "--remittances", remitted)
    assert said.exit_code == 0
    told = [line for line in said.stderr.splitlines() if " REM" in line]
    assert [line.partition(" REM")[2][:3] for line in told] == ["101", "104", "202"]
    assert told[-1].endswith("warning REM202: Text after the last interchange is no X12: passed over")


def test_claims_of_days_that_the_tables_do_not_answer_for(invoke: Any, sent: Path, remitted: Path) -> None:
    assert "starter tables" not in invoke("compare", sent, "--remittances", remitted).stderr
    sent.write_text(sent.read_text().replace("2024-07-15", "2026-07-15"))
    said = invoke("compare", sent, "--remittances", remitted)
    assert said.output.startswith("claimcheck: the starter tables answer for 2024-07-01 to 2024-09-30 only")


def test_parquet_holds_what_csv_does(invoke: Any, sent: Path, remitted: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    invoke("compare", sent, "--remittances", remitted, "--format", "parquet", "-o", tmp_path / "lines.parquet")
    table = parquet.read_table(tmp_path / "lines.parquet").to_pylist()
    assert [(row["procedure_code"], row["paid"], row["actual_carcs"]) for row in table] == [
        ("45380", 600, []),
        ("45378", 0, ["236"]),
    ]


def test_the_page_names_no_claim(invoke: Any, sent: Path, remitted: Path, tmp_path: Path) -> None:
    pytest.importorskip("jinja2")
    invoke("compare", sent, "--remittances", remitted, "--format", "html", "-o", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text()
    assert "NCCI101" in page
    assert "$900.00" in page
    for canary in ("A1<", "MEMBER-CANARY", "DOE", "http:"):
        assert canary not in page


def test_what_cannot_be_read_is_named_and_stops_nothing(invoke: Any, sent: Path, remitted: Path) -> None:
    result = invoke("compare", sent, "--remittances", sent, "--remittances", remitted)
    assert result.exit_code == 2
    assert "an ExplanationOfBenefit or a Bundle of them is expected" in result.stderr
    assert "2 lines of 1 claim compared" in result.stdout


def test_what_is_no_remittance_at_all_is_named(invoke: Any, sent: Path, remitted: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("paid in full")
    result = invoke("compare", sent, "--remittances", tmp_path / "notes.txt", "--remittances", remitted)
    assert result.exit_code == 2
    assert "ISA is expected" in result.stderr


def test_a_table_of_denials_is_read_by_a_mapping(invoke: Any, sent: Path, tmp_path: Path) -> None:
    denials, mapping = tmp_path / "denials.csv", tmp_path / "ours.toml"
    denials.write_text("Acct,CPT,Billed,Reason\nA1,45378,900.00,CO-236\n")
    mapping.write_text(
        '[columns]\nAcct = "claim_id"\nCPT = "procedure_code"\nBilled = "charge"\nReason = "adjustments"\n'
    )
    result = invoke("compare", sent, "--remittances", denials, "--remittance-mapping", mapping)
    assert result.exit_code == 0
    assert "1 line of 1 claim compared" in result.stdout
    assert "NCCI101" in result.stdout
    without = invoke("compare", sent, "--remittances", denials)
    assert without.exit_code == 2


@pytest.mark.parametrize("over", ["sent", "remitted"])
def test_inputs_are_not_written_over(invoke: Any, sent: Path, remitted: Path, over: str) -> None:
    target = {"sent": sent, "remitted": remitted}[over]
    before = target.read_bytes()
    result = invoke("compare", sent, "--remittances", remitted, "--work-queue", target)
    assert result.exit_code == 2
    assert target.read_bytes() == before


def test_parquet_needs_a_file(invoke: Any, sent: Path, remitted: Path) -> None:
    result = invoke("compare", sent, "--remittances", remitted, "--format", "parquet")
    assert (result.exit_code, "give -o OUT" in result.stderr) == (2, True)


def test_a_policy_is_proposed_as_a_file(invoke: Any, sent: Path, remitted: Path, tmp_path: Path) -> None:
    pytest.importorskip("scipy", reason="needs the extra: pip install '.[test-learn]'")
    result = invoke("policies", "learn", sent, "--remittances", remitted, "-o", tmp_path / "learned.toml")
    assert result.exit_code == 0
    assert "2 lines answered; 100.0% as default expects, 100.0% with 0 values proposed" in result.stderr
    assert (tmp_path / "learned.toml").read_text().splitlines()[1] == 'extends = "default"'


def test_a_proposal_is_not_written_over_its_inputs(invoke: Any, sent: Path, remitted: Path) -> None:
    pytest.importorskip("scipy", reason="needs the extra: pip install '.[test-learn]'")
    before = sent.read_bytes()
    result = invoke("policies", "learn", sent, "--remittances", remitted, "-o", sent)
    assert (result.exit_code, sent.read_bytes()) == (2, before)
