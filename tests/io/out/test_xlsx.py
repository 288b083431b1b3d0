"""The workbook: every line, finding and what was not checked, as cells that a spreadsheet takes for what they are."""

from __future__ import annotations

import datetime
import io
import sys
from decimal import Decimal

import attrs
import pytest

from claimcheck import Claim, Validator
from claimcheck.errors import InputError
from claimcheck.io import out
from claimcheck.io.out.records import findings, lines

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: pip install 'claimcheck[excel]'")

LINE = {"procedure_code": "45378", "units": 1, "charge": "900.00", "service_date": "2024-07-15"}
CLAIMS = [
    Claim(claim_id="=1+1", claim_type="professional", lines=[LINE, {**LINE, "procedure_code": "45380"}]),
    Claim(claim_id="B\x07", claim_type="institutional", bill_type="0131", lines=[{**LINE, "revenue_code": "0450"}]),
    Claim(claim_id="C", claim_type="professional", billing_npi="3000000000", lines=[{**LINE, "charge": None}]),
]


@pytest.fixture(scope="module")
def verdicts():
    return list(zip(CLAIMS, map(Validator().validate, CLAIMS), strict=True))


def book_of(verdicts):
    stream = io.BytesIO()
    with out.xlsx.write(stream) as writer:
        for claim, result in verdicts:
            writer.add(claim, result)
    return openpyxl.load_workbook(io.BytesIO(stream.getvalue()))


def rows(book, name):
    head, *others = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in others]


def test_every_line_and_finding_is_there(verdicts):
    book = book_of(verdicts)
    assert book.sheetnames == ["Summary", "Lines", "Findings", "Not checked"]
    own = [record for verdict in verdicts for record in lines(*verdict)]
    for row, record in zip(rows(book, "Lines"), own, strict=True):
        assert row["procedure_code"] == record.procedure_code
        assert row["revenue_code"] == record.revenue_code
        assert row["service_date"] == datetime.datetime(2024, 7, 15)
        assert (row["disposition"], row["claim_disposition"]) == (record.disposition, record.claim_disposition)
        assert row["charge"] == record.charge
    found = [record for verdict in verdicts for record in findings(*verdict)]
    assert [row["message"] for row in rows(book, "Findings")] == [record.message for record in found]
    entries = [(" ".join(entry.rules), number) for _, result in verdicts for entry in result.not_checked
               for number in entry.lines or (None,)]  # fmt: skip
    assert [(row["rules"], row["line_number"]) for row in rows(book, "Not checked")] == entries


def test_nothing_is_a_formula_and_codes_are_text(verdicts):
    book = book_of(verdicts)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "f" not in {cell.data_type for cell in cells}
    values = [cell.value for cell in cells]
    assert "=1+1" in values
    assert "B\\x07" in values
    assert "0450" in values


def test_the_summary_counts_lines_together_with_their_claim(verdicts):
    summary = list(book_of(verdicts)["Summary"].iter_rows(values_only=True))
    told = {row[0]: row[1:] for row in summary if row[0]}
    assert told["claims"][0] == 3
    assert told["rejected"] == (1, 0)  # payable by itself, and sent back with its claim
    assert told["denied"] == (1, 900)
    assert told["all in force"] == (4, Decimal(2700))


def test_a_full_sheet_is_continued_on_another(verdicts, monkeypatch):
    monkeypatch.setattr("claimcheck.io.out.sheet._MOST_ROWS", 3)
    book = book_of(verdicts)
    assert [book[name].max_row for name in ("Lines", "Lines (2)")] == [3, 3]
    assert rows(book, "Lines (2)")[0]["claim_id"] == "B\\x07"


def test_a_file_appears_when_it_is_whole(verdicts, tmp_path):
    path = tmp_path / "verdicts.xlsx"
    path.write_text("before")
    with pytest.raises(InputError, match="a ClaimResult is expected"), out.xlsx.write(path) as writer:
        writer.add("no claim", "no verdict")
    assert path.read_text() == "before"
    with out.xlsx.write(path) as writer:
        writer.add(*verdicts[0])
    assert openpyxl.load_workbook(path)["Lines"].max_row == 3
    with pytest.raises(InputError, match="cannot be written"), out.xlsx.write(tmp_path / "no" / "such.xlsx"):
        pass


def test_the_extra_is_named_where_openpyxl_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(InputError, match=r"claimcheck\[excel\]"), out.xlsx.write(io.BytesIO()):
        pass


def test_a_line_without_a_place_stands_where_its_claim_does(verdicts):
    claim, result = verdicts[0]
    from claimcheck.claims import Source

    placed = attrs.evolve(claim, source=Source("claims.jsonl", 7))
    for records in (lines, findings, out.adjustments_csv.adjustments):
        assert {(record.file, record.row) for record in records(placed, result)} == {("claims.jsonl", 7)}
