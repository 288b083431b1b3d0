"""Tables of denials through a mapping: the same claims as the 835 that says them, and what such tables leave out."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from contextlib import suppress
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import validate_claims
from claimcheck.errors import InputError
from claimcheck.remittance import (
    RemittanceHeader,
    RemittedAdjustment,
    RemittedClaim,
    RemittedLine,
    compare,
    read_remittances,
)

MAPPING: dict[str, Any] = {
    "name": "a practice system",
    "date": "M/D/YYYY",
    "missing": ["~"],
    "columns": {
        "Acct": "claim_id",
        "Payer": "payer_name",
        "Claim Status": "status",
        "CPT": "procedure_code",
        "Mod{n}": "modifiers.{n}",
        "DOS": "service_date",
        "Units": "units",
        "Billed": "charge",
        "Paid": "paid",
        "Line Ref": "line_control_number",
        "Grp{n}": "adjustments.{n}.group_code",
        "Denial{n}": "adjustments.{n}.carc",
        "Amt{n}": "adjustments.{n}.amount",
        "Remarks": "remarks",
    },
    "values": {"status": {"Denied": "4", "Paid": "1"}},
}
HEAD = (
    "Acct,Payer,Claim Status,CPT,Mod1,Mod2,DOS,Units,Billed,Paid,Line Ref,Grp1,Denial1,Amt1,Grp2,Denial2,Amt2,Remarks\n"
)


def read(text: str, mapping: Any = None, **changed: Any) -> list[RemittedClaim]:
    chosen = mapping if mapping is not None or not changed else {**MAPPING, **changed}
    return list(read_remittances(text.encode(), mapping=chosen))


def test_a_row_is_a_line() -> None:
    rows = (
        "A1,A PAYER,Paid,99213,25,,7/1/2024,1,$125.00,80,L1,CO,45,40,PR,2,5,\n"
        'A1,A PAYER,Paid,36415,,,7/1/2024,2,"1,010.00",0,L2,CO,97,,,,,N130 M15\n'
        "B2,A PAYER,Denied,80053,~,,7/2/2024,1,50,0,,CO,29,50,,,,\n"
    )
    first, second = read(HEAD + rows, MAPPING)
    assert (first.claim_id, first.status, first.charge, first.paid) == ("A1", "1", Decimal("1135.00"), 80)
    assert first.remittance.payer_name == "A PAYER"
    visit, draw = first.lines
    day = datetime.date(2024, 7, 1)
    assert visit == RemittedLine(
        "99213",
        Decimal("125.00"),
        Decimal(80),
        ("25",),
        units=Decimal(1),
        service_date=day,
        control_number="L1",
        adjustments=(RemittedAdjustment("CO", "45", Decimal(40)), RemittedAdjustment("PR", "2", Decimal(5))),
        place=2,
    )
    assert draw.adjustments == (RemittedAdjustment("CO", "97", Decimal("1010.00")),)  # what is left of the charge
    assert draw.remarks == ("N130", "M15")
    assert (second.status, second.lines[0].modifiers, second.findings) == ("4", (), ())


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("CO-97", [("CO", "97", 125)]),
        ("co97", [("CO", "97", 125)]),
        ("CO 97", [("CO", "97", 125)]),
        ("97", [("", "97", 125)]),
        ("CO-45:40.00 PR-2:10", [("CO", "45", 40), ("PR", "2", 10)]),
        ("CO-045:40.00 PR-02:10.000000000000002", [("CO", "45", 40), ("PR", "2", 10)]),
        ("CO-45=40; CO-97", [("CO", "45", 40), ("CO", "97", 85)]),
        ("OA-A1|CO-B7", [("OA", "A1", 125), ("CO", "B7", 0)]),
    ],
)
def test_a_cell_of_adjustments(cell: str, found: list) -> None:
    [claim] = read(f"claim_id,procedure_code,charge,paid,adjustments\nA1,99213,125,0,{cell}\n")
    [line] = claim.lines
    assert [(each.group_code, each.carc, each.amount) for each in line.adjustments] == found
    assert claim.findings == ()


def test_a_row_is_an_adjustment() -> None:
    """Rows alike in all but the adjustment are one line; a row without a code is of the claim."""
    text = (
        "claim_id,line_control_number,procedure_code,charge,paid,adjustments,remarks,claim_adjustments\n"
        "A1,1,99213,125,80,CO-45:40,N1,\n"
        "A1,1,99213,125,80,PR-2:5,N2,\n"
        "A1,2,99213,125,80,CO-45:45,,\n"
        "A1,,,,,,,PR-3:20\n"
    )
    names = text.partition("\n")[0].split(",")
    [claim] = read(text, {"rows": "adjustments", "columns": {name: name for name in names}})
    assert [(line.control_number, [each.carc for each in line.adjustments], line.remarks) for line in claim.lines] == [
        ("1", ["45", "2"], ("N1", "N2")),
        ("2", ["45"], ()),
    ]
    assert claim.adjustments == (RemittedAdjustment("PR", "3", Decimal(20)),)


def test_rows_of_a_claim_need_not_stand_together() -> None:
    text = "claim_id,procedure_code,charge\nA,99213,1\nB,99213,2\nA,36415,3\n"
    assert [(claim.claim_id, [line.charge for line in claim.lines]) for claim in read(text)] == [
        ("A", [1, 3]),
        ("B", [2]),
    ]


def test_what_cannot_be_read_is_a_finding_without_its_text() -> None:
    text = (
        "claim_id,status,procedure_code,charge,paid,service_date,adjustments\n"
        "A1,CANARY,99213,CANARY,0,2024-13-01,CANARY\n"
    )
    [claim] = read(text)
    assert [finding.rule_id for finding in claim.findings] == ["REM201"] * 4
    assert {finding.place for finding in claim.findings} == {2}
    assert "CANARY" not in str([str(finding) for finding in claim.findings])
    assert (claim.status, claim.lines[0].charge, claim.lines[0].adjustments) == ("1", None, ())


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"columns": {"CPT": "procedure_code"}}, "a column for claim_id is expected"),
        ({"columns": {"Acct": "claim_id", "X": "cpt"}}, "columns.X: no field of a remittance: cpt"),
        ({"columns": {"Acct": "claim_id", "X": "charge.1"}}, "columns.X: a number is expected behind a list alone"),
        ({"columns": {"Acct": "claim_id", "X": "adjustments.1"}}, "one of group_code, carc, amount, quantity"),
        ({"columns": {"Acct": "claim_id"}, "rows": "claims"}, "rows: lines or adjustments is expected"),
        ({"columns": {"Acct": "claim_id"}, "date": "MM/DD/YY"}, "date: YYYY, MM or M or Mon"),
        ({"columns": {"Acct": "claim_id"}, "constants": {"remarks": "N1"}}, "constants.remarks: a field"),
        ({"columns": {"Acct": "claim_id"}, "values": {"state": {}}}, "values.state: no field"),
        ({"column": {}}, "column: no such entry"),
        ({"columns": {"Claim": "claim_id"}}, "needs a column that is not there: Claim"),
        ("no-such.toml", "the mapping cannot be read"),
    ],
)
def test_a_wrong_mapping_is_refused(mapping: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read("Acct,CPT\nA1,99213\n", mapping)


def test_columns_of_no_mapping_are_refused_by_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    polars = pytest.importorskip("polars")
    polars.DataFrame({"Acct": ["A1"], "CPT": ["99213"]}).write_parquet(file)
    with pytest.raises(InputError, match="give a mapping of columns to fields"):
        list(read_remittances(file))


ROWS = [
    {"claim_id": "A1", "procedure_code": "99213", "charge": Decimal("125.00"), "paid": Decimal("0.00")},
    {"claim_id": "A1", "procedure_code": "36415", "charge": Decimal("10.00"), "paid": Decimal("8.00")},
]


@pytest.mark.parametrize("form", ["csv", "tsv", "parquet", "xlsx"])
def test_forms_of_tables(form: str, tmp_path: Path) -> None:
    names = list(ROWS[0])
    day = datetime.date(2024, 7, 1)
    file = tmp_path / f"denials.{form}"
    if form in ("csv", "tsv"):
        separator = "," if form == "csv" else "\t"
        rows = [[str(cell) for cell in row.values()] + [day.isoformat()] for row in ROWS]
        file.write_text("\n".join(separator.join(row) for row in [[*names, "service_date"], *rows]))
    elif form == "parquet":
        polars = pytest.importorskip("polars")
        polars.DataFrame([{**row, "service_date": day} for row in ROWS]).write_parquet(file)
    else:
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.Workbook()
        book.active.append([*names, "service_date"])
        for row in ROWS:
            book.active.append([*row.values(), day])
        book.save(file)
    [claim] = read_remittances(file)
    assert [(line.procedure_code, line.charge, line.paid, line.service_date) for line in claim.lines] == [
        ("99213", 125, 0, day),
        ("36415", 10, 8, day),
    ]
    assert claim.findings == ()


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    pytest.importorskip("openpyxl")
    with pytest.raises(InputError, match="cannot be read as an xlsx workbook"):
        list(read_remittances(b"PK\x03\x04 and no more"))


@cache
def _workbook() -> bytes:
    """Made once: a workbook holds the time at which it was made, and its size differs with that."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append([*ROWS[0]])
    for row in ROWS:
        book.active.append([*row.values()])
    book.save(content := io.BytesIO())
    return content.getvalue()


@given(st.data())
def test_a_damaged_workbook_is_refused_or_read(data: st.DataObject) -> None:
    """Whatever its bytes, nothing but an `InputError` is raised."""
    content = bytearray(_workbook())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(len(content) // 2, len(content))) :]
    with suppress(InputError):
        list(read_remittances(bytes(content)))


def test_a_workbook_with_a_document_type_declaration_is_refused() -> None:
    content, declared = io.BytesIO(_workbook()), io.BytesIO()
    with zipfile.ZipFile(content) as given_parts, zipfile.ZipFile(declared, "w") as parts:
        for part in given_parts.namelist():
            text = given_parts.read(part)
            parts.writestr(part, text if "sheet1" not in part else b"<!DOCTYPE worksheet>" + text)
    with pytest.raises(InputError, match="document type declaration"):
        list(read_remittances(declared.getvalue()))


def test_an_empty_sheet_is_refused() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    openpyxl.Workbook().save(content := io.BytesIO())
    with pytest.raises(InputError, match="the first sheet of the workbook is empty"):
        list(read_remittances(content.getvalue()))


@pytest.mark.parametrize(
    "mapping",
    [
        [],
        "no such file.toml",
        {"columns": []},
        {"columns": {1: "claim_id"}},
        {"columns": {"claim_id": 1}},
        {"columns": {"claim_id": "claim_id"}, "values": []},
        {"columns": {"claim_id": "claim_id"}, "values": {1: {}}},
        {"columns": {"claim_id": "claim_id"}, "values": {"status": {"Denied": 4}}},
        {"columns": {"claim_id": "claim_id"}, "constants": {"payer_name": 1}},
        {"columns": {"claim_id": "claim_id"}, "missing": "~"},
        {"columns": {"claim_id": "claim_id"}, "rows": []},
        {"columns": {"claim_id": "claim_id"}, "date": 1},
        {1: 2},
    ],
)
def test_a_mapping_of_wrong_types_is_refused(mapping: Any) -> None:
    with pytest.raises(InputError):
        list(read_remittances(b"claim_id,procedure_code\nA1,99213\n", mapping=mapping))


MONEY = st.decimals(0, 999, places=2)
REASON = st.tuples(
    st.sampled_from(["CO", "PR", "OA"]),
    st.sampled_from(["45", "97", "B7", "253"]),
    MONEY,
    st.none() | st.just(Decimal(1)),
)
LINE = st.builds(
    RemittedLine,
    st.sampled_from(["99213", "J1885"]),
    MONEY,
    MONEY,
    st.lists(st.sampled_from(["25", "LT"]), max_size=2).map(tuple),
    revenue_code=st.sampled_from([None, "0450"]),
    units=st.sampled_from([None, Decimal(1), Decimal("2.5")]),
    service_date=st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2029, 1, 1)),
    control_number=st.sampled_from([None, "1", "L-7"]),
    adjustments=st.lists(REASON.map(lambda each: RemittedAdjustment(*each)), max_size=3).map(tuple),
    remarks=st.lists(st.sampled_from(["N130", "MA01"]), unique=True, max_size=2).map(tuple),
    allowed=st.none() | MONEY,
)


@given(st.lists(st.lists(LINE, min_size=1, max_size=3), min_size=1, max_size=3))
def test_what_a_table_says_is_read_back(claims: list[list[RemittedLine]]) -> None:
    names = ["claim_id", "payer_name", "status", "claim_charge", "claim_paid", "procedure_code", "modifiers"]
    names += ["revenue_code", "units", "charge", "paid", "service_date", "line_control_number", "allowed", "remarks"]
    names += [f"adjustment_{at}_{part}" for at in (1, 2, 3) for part in ("group_code", "carc", "amount", "quantity")]
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(names)
    for number, lines in enumerate(claims):
        for line in lines:
            cells = [f"C{number}", "A PAYER", "4", "10.00", "5.00", line.procedure_code, " ".join(line.modifiers)]
            cells += [line.revenue_code, line.units, line.charge, line.paid, line.service_date, line.control_number]
            cells += [line.allowed, " ".join(line.remarks)]
            for each in line.adjustments:
                cells += [each.group_code, each.carc, each.amount, each.quantity]
            sheet.writerow(["" if cell is None else cell for cell in cells] + [""] * (len(names) - len(cells)))
    found = read(text.getvalue())
    header = RemittanceHeader(payer_name="A PAYER")
    assert [claim.remittance for claim in found] == [header] * len(claims)
    assert [(claim.claim_id, claim.status, claim.charge, claim.paid, claim.findings) for claim in found] == [
        (f"C{number}", "4", 10, 5, ()) for number in range(len(claims))
    ]
    places = iter(range(2, 100))
    assert [claim.lines for claim in found] == [
        tuple(attrs.evolve(line, place=next(places)) for line in lines) for lines in claims
    ]


def test_denials_alone_are_compared() -> None:
    """A worklist of denials: no payment, no amounts, and the lines that were paid are not there."""
    visit = {"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-15"}
    [result] = validate_claims([{"claim_id": "A1", "claim_type": "professional", "lines": [visit]}])
    table = "Acct,CPT,Svc Date,Reason\nA1,99213,07/15/2024,CO-29\n"
    columns = {"Acct": "claim_id", "CPT": "procedure_code", "Svc Date": "service_date", "Reason": "adjustments"}
    found = read(table, {"date": "MM/DD/YYYY", "columns": columns})
    [compared] = compare([result], found).lines
    assert (str(compared.agreement), compared.actual_carcs) == ("denied though payable", ("29",))


def test_remark_codes_among_the_reasons_are_no_reasons() -> None:
    """Many exports put both into a cell; no reason starts with M or N."""
    [claim] = read("claim_id,procedure_code,adjustments,remarks,claim_adjustments\nA1,99213,CO 97 n130 M15,M15,MA01\n")
    [line] = claim.lines
    assert [each.carc for each in line.adjustments] == ["97"]
    assert (line.remarks, claim.remarks, claim.adjustments, claim.findings) == (("N130", "M15"), ("MA01",), (), ())


@pytest.mark.parametrize(
    ("status", "paid", "charge", "actual"),
    [("Denied", "0", "125.00", "denied"), ("Paid", "0", "125.00", "not paid"), ("Denied", "80", "125.00", "paid")],
)
def test_a_status_without_a_reason_is_compared(status: str, paid: str, charge: str, actual: str) -> None:
    visit = {"procedure_code": "99213", "units": 1, "charge": charge, "service_date": "2024-07-15"}
    [result] = validate_claims([{"claim_id": "A1", "claim_type": "professional", "lines": [visit]}])
    mapping = {
        "columns": {"Acct": "claim_id", "CPT": "procedure_code", "Status": "status", "Paid": "paid"},
        "values": {"status": {"Denied": "4", "Paid": "1"}},
    }
    [compared] = compare([result], read(f"Acct,CPT,Status,Paid\nA1,99213,{status},{paid}\n", mapping)).lines
    assert (str(compared.actual), compared.actual_carcs) == (actual, ())
