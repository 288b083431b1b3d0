"""A file that was cut at a row's end is noticed, and what it does not hold is not known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import attrs
import openpyxl
import polars as pl
import pytest

from claimcheck import validate_claim
from claimcheck.frames import validate_frame
from claimcheck.tables import Absent, Found, NotCovered, Reason, Tables
from claimcheck.tables.readers import Account, Reading
from claimcheck.tables.readers.complete import watched
from claimcheck.tables.rows import AddOnRow, DiagnosisRow, FeeScheduleRow, HcpcsRow, MueRow, OppsRow, PtpRow
from claimcheck.tables.store import add, add_readings, list_editions
from tables.making import DAY, PTP, opened, reading

MUE = "mue_practitioner"


def mues(*codes: str) -> list[MueRow]:
    return [MueRow(code, 1, 3, "") for code in codes]


def diagnoses(*codes: str) -> list[DiagnosisRow]:
    return [DiagnosisRow(code, True) for code in codes]


def pairs(*rows: tuple[str, str]) -> list[PtpRow]:
    return [PtpRow(one, two, date(2020, 1, 1), None, 1, "") for one, two in rows]


def missing(table: str, rows: Iterable[object], **of: object) -> list[str]:
    """What shows that a reading of these rows is not whole."""
    made = watched(reading(table, rows, **of))  # type: ignore[arg-type]
    list(made.rows())
    return made.account.missing


def schedule(*codes: str) -> list[FeeScheduleRow]:
    return [FeeScheduleRow(code, "", "A", "XXX", "1", "1", "0", "0") for code in codes]


HCPCS = [HcpcsRow(code, None, None, None, "", "") for code in ("A0021", "J1885", "V5364")]
ADD_ONS = [AddOnRow(1, code, "99213", date(2020, 1, 1), None) for code in ("99417", "G2211")]
WHOLE = {
    MUE: mues("00100", "99213", "V5364"),
    "mue_dme": mues("A4206", "V5336"),
    "hcpcs": HCPCS,
    "icd10cm": diagnoses("A000", "Z9989", "U099"),
    "icd10pcs": diagnoses("0016070", "XY0YX37"),
    "fee_schedule": schedule("A0021", "V5299", "00100", "99607"),
    "opps": [OppsRow(code, "A", "") for code in ("00100", "99213", "Q9950")],
    "add_on": ADD_ONS,
    "ptp_dme": pairs(("A4221", "A4222")),
}


@pytest.mark.parametrize("table", WHOLE)
def test_a_table_that_reaches_its_end_is_whole_and_one_that_does_not_is_not(table: str):
    rows = WHOLE[table]
    assert missing(table, rows) == []
    if table != "ptp_dme":  # of which nobody knows where it ends
        [what] = missing(table, rows[:-1])
        assert what.startswith("holds no code that begins with ")


def test_older_editions_end_where_theirs_did():
    before = {"first": date(2019, 10, 1), "last": date(2020, 3, 31)}
    assert missing("icd10cm", diagnoses("A000", "Z9989"), **before) == []
    assert missing("icd10pcs", diagnoses("0016070"), first=date(2014, 10, 1), last=date(2015, 9, 30)) == []
    assert missing(PTP, pairs(("99213", "G0102"), ("G0101", "G0102")), part="f4", first=date(2020, 1, 1)) == []


def test_the_tables_of_medicaid_end_elsewhere():
    medicaid = {"program": "medicaid"}
    assert missing(MUE, mues("00100", "G0101"), **medicaid) == []
    assert missing("mue_dme", mues("A4206", "L0112"), **medicaid) == []
    assert missing(PTP, pairs(("99213", "G0102"), ("G0101", "G0102")), **medicaid) == []
    assert missing(MUE, mues("00100"), **medicaid) == ["holds no code that begins with G, as the published table does"]


FIRST_PART = [(one, two) for one in ("00100", "00102", "00103") for two in ("36000", "99213", "G0471")]


@pytest.mark.parametrize("cut", [1, 2])
def test_a_part_of_the_pairs_that_ends_within_a_code_is_cut(cut: int):
    assert missing(PTP, pairs(*FIRST_PART), part="f1") == []
    assert missing(PTP, pairs(*FIRST_PART[:-cut]), part="f1") == [
        "ends before the last pair of its last column one code"
    ]


def test_the_last_part_of_the_pairs_reaches_the_letters():
    assert missing(PTP, pairs(("99213", "G0102"), ("U0003", "U0004")), part="f4") == []
    assert missing(PTP, pairs(("99213", "G0102")), part="f4") == [
        "holds no code that begins with U, as the published table does"
    ]


def test_a_file_that_was_counted_when_it_was_whole():
    rows = [MueRow(f"{number:05}", 1, 3, "") for number in range(100, 14_778)]
    name = "medicare-mue.zip/MCR_MUE_PractitionerServices_Eff_04-01-2024.csv"
    of = {"first": date(2024, 4, 1), "last": date(2024, 6, 30), "source": name}
    assert missing(MUE, [*rows, *mues("V5364")], **of) == []
    assert missing(MUE, rows[1:] + mues("V5364"), **of) == ["holds 14,678 rows, where the published file has 14,679"]


def test_a_list_of_ones_own_has_no_end():
    made = reading("age_sex", [])
    assert watched(made) is made


def part(name: str, rows: int, first: int) -> Reading:
    codes = [f"{first + number:05}" for number in range(rows // 100)]
    return reading(PTP, pairs(*((one, f"{two:05}") for one in codes for two in range(100))), part=name)


def test_a_part_that_is_shorter_than_the_others_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("claimcheck.tables.store.manifest._LARGE", 1_000)
    parts = [part("f1", 2_000, 100), part("f2", 1_900, 300), part("f3", 2_000, 500), part("f4", 2_000, 700)]
    add_readings(parts, tmp_path)
    [entry] = list_editions(tmp_path)
    assert entry.edition.missing == ("part f2 holds 1,900 rows, where another holds 2,000",)


def cut(made: Reading, what: str) -> Reading:
    """The reading, noted to be cut."""
    return attrs.evolve(made, account=Account(missing=[what]))


PARTIAL = {
    "hcpcs": (HCPCS, lambda tables, code: tables.hcpcs(code, DAY), "J1885", "J0001"),
    MUE: (mues("97110"), lambda tables, code: tables.mue(MUE, code, DAY), "97110", "97112"),
    "icd10cm": (diagnoses("A000"), lambda tables, code: tables.icd10cm(code, DAY), "A000", "B00"),
    "opps": ([OppsRow("99213", "B", "")], lambda tables, code: tables.opps(code, DAY), "99213", "99215"),
    "fee_schedule": (schedule("99213"), lambda tables, code: tables.fee_schedule(code, DAY), "99213", "77066"),
}


@pytest.mark.parametrize("table", PARTIAL)
def test_what_a_partial_edition_holds_counts_and_what_it_lacks_is_not_known(tmp_path: Path, table: str):
    rows, ask, held, lacked = PARTIAL[table]
    whole = opened(tmp_path / "whole", reading(table, rows))
    assert isinstance(ask(whole, held), Found)
    assert isinstance(ask(whole, lacked), Absent)
    for number, made in enumerate((cut(reading(table, rows), "cut"), reading(table, rows, refused=[object()]))):  # type: ignore[list-item]
        partial = opened(tmp_path / str(number), made)
        assert isinstance(ask(partial, held), Found)
        assert ask(partial, lacked) == NotCovered(Reason.PARTIAL_TABLE, table)
        [edition] = [edition for edition in partial.editions if not edition.starter]
        assert (edition.partial, str(edition)) == (True, f"medicare {table} 2024-07-01 (partial)")


def test_a_partial_list_of_primaries_is_no_list(tmp_path: Path):
    """That none of the primaries is billed says nothing where some of them may be missing."""
    rows = [AddOnRow(1, "0289T", "65710", date(2020, 1, 1), None)]
    assert isinstance(opened(tmp_path / "whole", reading("add_on", rows)).add_on("0289T", DAY), Found)
    tables = opened(tmp_path / "partial", cut(reading("add_on", rows), "cut"))
    assert tables.add_on("0289T", DAY) == NotCovered(Reason.PARTIAL_TABLE, "add_on")


def test_a_partial_file_does_not_take_the_place_of_a_whole_one(tmp_path: Path):
    add_readings([reading(MUE, mues("97110", "97112"))], tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    shorter = cut(reading(MUE, mues("97110"), source="cut.csv"), "holds 1 row, where the published file has 2")
    with pytest.raises(Exception, match=r"cut\.csv: holds 1 row, .* and the store holds the whole edition 2024-07-01"):
        add_readings([shorter], tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_whole_file_takes_the_place_of_a_partial_one(tmp_path: Path):
    add_readings([cut(reading(MUE, mues("97110"), source="cut.csv"), "cut")], tmp_path)
    add_readings([reading(MUE, mues("97110", "97112"))], tmp_path)
    [entry] = list_editions(tmp_path)
    assert (entry.rows, entry.edition.partial) == (2, False)


MUE_FILE = (
    '"HCPCS/CPT Code","Practitioner Services MUE Values","MUE Adjudication Indicator","MUE Rationale"\n'
    "{}\nV5364,0,3 Date of Service Edit: Clinical,CMS Policy\n"
)
EDIT = "3 Date of Service Edit: Clinical,CMS Policy"


@pytest.mark.parametrize(("printed", "read"), [("1996", "01996"), ("100", "00100"), ("1999", "01999")])
def test_a_code_that_lost_its_zeros_is_read_back(tmp_path: Path, printed: str, read: str):
    path = tmp_path / "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv"
    path.write_text(MUE_FILE.format(f"{printed},1,{EDIT}"))
    added = add([path], tmp_path / "store")
    assert (added.refused, added.restored) == ((), ((path.name, printed, read),))
    [edition] = added.editions
    assert not edition.partial
    found = Tables.open(tmp_path / "store").mue(MUE, read, DAY)
    assert isinstance(found, Found)


def test_a_numeric_cell_that_is_shown_with_its_zeros_is_read_back(tmp_path: Path):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["HCPCS/CPT Code", "Practitioner Services MUE Values", "MUE Adjudication Indicator", "MUE Rationale"])
    for code in (100, 1996, 99213, "V5364"):
        sheet.append([code, 1, "3 Date of Service Edit: Clinical", "CMS Policy"])
        sheet.cell(sheet.max_row, 1).number_format = "00000"
    path = tmp_path / "MCR_MUE_PractitionerServices_Eff_07-01-2024.xlsx"
    book.save(path)
    added = add([path], tmp_path / "store")
    assert {(printed, read) for _, printed, read in added.restored} == {("100", "00100"), ("1996", "01996")}
    assert [edition.partial for edition in added.editions] == [False]
    tables = Tables.open(tmp_path / "store")
    assert all(isinstance(tables.mue(MUE, code, DAY), Found) for code in ("00100", "01996", "99213"))


def test_a_list_of_revenue_codes_that_lost_their_zeros(tmp_path: Path):
    path = tmp_path / "revenue_code.csv"
    path.write_text("code,effective,deletion,hcpcs,recognised\n450,,,required,yes\n0360,,,optional,yes\n")
    assert add([path], tmp_path / "store").restored == ((path.name, "450", "0450"),)
    assert isinstance(Tables.open(tmp_path / "store").code_list("revenue_code", "0450", DAY), Found)


@pytest.mark.parametrize("printed", ["99", "2000", "9921", "1e3", "996.0", "0100"])
def test_a_code_that_lost_more_than_zeros_makes_the_edition_partial(tmp_path: Path, printed: str):
    path = tmp_path / "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv"
    path.write_text(MUE_FILE.format(f"{printed},1,{EDIT}\n99213,1,{EDIT}"))
    added = add([path], tmp_path / "store")
    assert [why.row for _, why in added.refused] == [2]
    [edition] = added.editions
    assert edition.missing == (f"1 row was not taken of {path.name}",)
    tables = Tables.open(tmp_path / "store")
    assert tables.mue(MUE, "01996", DAY) == NotCovered(Reason.PARTIAL_TABLE, MUE)
    assert isinstance(tables.mue(MUE, "99213", DAY), Found)


def test_no_rule_takes_for_clean_what_a_partial_edition_lacks(tmp_path: Path):
    """In either executor: what is looked at beforehand, to leave rules out, may not leave these out."""
    editions = (
        reading(PTP, pairs(("20610", "99213"))),
        reading(MUE, mues("97110")),
        reading("add_on", [AddOnRow(1, "0289T", "65710", date(2020, 1, 1), None)]),
        reading("hcpcs", HCPCS),
        reading("icd10cm", diagnoses("I10")),
        reading("fee_schedule", schedule("11102")),
    )
    tables = opened(tmp_path, *(cut(edition, "cut") for edition in editions))
    claim = {"claim_type": "professional", "claim_id": "1", "place_of_service": "11"}
    codes = ("11102", "77066", "J0001")
    line = {"units": 1, "charge": "10.00", "service_date": DAY.isoformat()}
    lines = [line | {"procedure_code": code, "line_number": number} for number, code in enumerate(codes, 1)]
    expected = {
        ("COD103", "fee_schedule"), ("COD103", "hcpcs"), ("COD202", "icd10cm"), ("COV101", "fee_schedule"),
        ("NCCI101", PTP), ("NCCI201", MUE), ("NCCI301", "add_on"),
        ("PRO203", "fee_schedule"),
    }  # fmt: skip
    result = validate_claim(claim | {"diagnoses": ["E1165"], "lines": lines}, tables=tables)
    said = {(entry.rule_id, entry.table) for entry in result.not_checked if entry.reason is Reason.PARTIAL_TABLE}
    assert said == expected
    frame = pl.DataFrame([claim | {"diagnosis_1": "E1165"} | one for one in lines])
    unchecked = validate_frame(frame, tables=tables).not_checked.filter(pl.col("reason") == "partial_table")
    assert set(unchecked.select("rule_id", "table").iter_rows()) == expected
