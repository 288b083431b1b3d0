"""The real files: every row of the source is given or refused, as counted and compared by other means."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from claimcheck.tables.readers import Reading, Refused, read
from claimcheck.tables.rows import AddOnRow, DiagnosisRow, FeeScheduleRow, HcpcsRow, MueRow, PtpRow


def text_of(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("latin-1")


def compact(day: date) -> str:
    return day.isoformat().replace("-", "")


def one(path: Path) -> Reading:
    [reading] = read(path)
    return reading


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", [f"cci{table}-v302r0-f{part}.txt.gz" for table in ("pra", "oph") for part in "1234"])
def test_every_ptp_row_equals_its_line(reference_data: Path, name: str):
    lines = text_of(reference_data / "ncci" / name).split("\r\n")[6:-1]
    reading = one(reference_data / "ncci" / name)
    count = 0
    for line, row in zip(lines, reading.rows(), strict=True):
        assert isinstance(row, PtpRow)
        one_, two, _, effective, deletion, indicator, rationale = line.split("\t")  # the third column is not kept
        assert (row.column_one, row.column_two, compact(row.effective)) == (one_, two, effective)
        assert ("*" if row.deletion is None else compact(row.deletion)) == deletion
        assert (str(row.indicator), row.rationale) == (indicator, rationale)
        count += 1
    assert reading.refused == []
    assert count == len(lines)


def test_the_head_of_the_2026_ptp_file(reference_data: Path):
    rows = list(one(reference_data / "ncci" / "ccipra-v322r0-f1.excerpt.txt").rows())
    assert len(rows) == 19
    assert rows[4] == PtpRow(
        "0001A", "36592", date(2022, 1, 1), date(2023, 12, 31), 0, "CPT Manual or CMS manual coding instruction"
    )


@pytest.mark.parametrize(
    ("service", "table", "size"),
    [
        ("PractitionerServices", "mue_practitioner", 14_679),
        ("OutpatientHospitalServices", "mue_outpatient_hospital", 14_629),
        ("DMESupplierServices", "mue_dme", 2_894),
    ],
)
def test_every_mue_row(reference_data: Path, service: str, table: str, size: int):
    path = reference_data / "mue" / f"MCR_MUE_{service}_Eff_04-01-2024.csv.gz"
    expected = list(csv.reader(io.StringIO(text_of(path), newline="")))[2:]
    reading = one(path)
    rows = [row for row in reading.rows() if isinstance(row, MueRow)]
    assert (reading.table, len(rows), reading.refused) == (table, size, [])
    assert [(row.code, str(row.value), str(row.mai)) for row in rows] == [(c, v, mai[0]) for c, v, mai, _ in expected]


def test_every_hcpcs_record(reference_data: Path):
    path = reference_data / "hcpcs" / "HCPC2026_JAN_ANWEB_01122026.txt.gz"
    lines = text_of(path).split("\r\n")
    records = Counter(line[10:11] for line in lines if line.strip())
    codes, modifiers = read(path)
    rows = [row for reading in (codes, modifiers) for row in reading.rows() if isinstance(row, HcpcsRow)]
    assert Counter(len(row.code) for row in rows) == {5: records["3"], 2: records["7"]} == {5: 8_623, 2: 383}
    assert sum(records.values()) == len(rows) + records["4"] + records["8"]
    assert codes.refused == modifiers.refused == []
    ends = [line[284:292] for line in lines if line[10:11] in ("3", "7") and line[284:292].strip()]
    assert sorted(f"{row.terminated:%Y%m%d}" for row in rows if row.terminated) == sorted(ends)
    assert len(ends) == 1_320
    assert HcpcsRow("G9871", date(2026, 1, 1), date(2026, 1, 1), None, "C", "A") in rows


def test_the_table_form_of_hcpcs(reference_data: Path):
    [modifiers] = read(reference_data / "hcpcs" / "HCPC2026_OCT_ANWEB.excerpt.csv")
    assert [row.code for row in modifiers.rows() if isinstance(row, HcpcsRow)] == ["A1", "AA", "AD", "CP", "GD"]


def test_every_add_on_row(reference_data: Path):
    path = reference_data / "ncci" / "aoc_2024q2.csv"
    with path.open(newline="") as stream:
        expected = list(csv.DictReader(stream))
    reading = one(path)
    rows = [row for row in reading.rows() if isinstance(row, AddOnRow)]
    assert reading.refused == []
    assert [(row.add_on, row.primary or "", str(row.type)) for row in rows] == [
        (row["addon"], row["primary"], row["type"]) for row in expected
    ]
    assert {row.primary for row in rows if row.add_on == "88311" and row.deletion is None} >= {"17311", "88309", None}


def order_file(path: Path) -> tuple[str, dict[str, bool]]:
    """The name of the order file in a zip, and its codes, without a reader of ours."""
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if "order" in name and "addenda" not in name and ".txt" in name)
        lines = archive.read(name).decode("ascii").splitlines()
    return name, {line[6:13].strip(): line[14] == "1" for line in lines}


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("name", "editions"),
    [
        ("cms_2023_dx.zip", {"2023-04-01": (23_121, 73_674), "2023": (23_106, 73_639)}),
        ("cms_2024_dx.zip", {"2024-04-01": (23_252, 74_044), "2024": (23_252, 74_044)}),
        ("cms_2025_dx.zip", {"2025": (23_324, 74_260)}),
        ("cdc_icd10cm-CodeDescriptions-April-2025.zip", {"2025-04-01": (23_324, 74_260), "2025": (23_324, 74_260)}),
        ("cms_2026_pr.zip", {"2026": (914, 79_115)}),
    ],
)
def test_every_icd10_code_of_every_edition(reference_data: Path, name: str, editions: dict[str, tuple[int, int]]):
    member, expected = order_file(reference_data / "icd10" / name)
    found = {}
    for place, reading in enumerate(read(reference_data / "icd10" / name)):
        assert reading.source == f"{name}/{member}"
        rows = [row for row in reading.rows() if isinstance(row, DiagnosisRow)]
        assert reading.refused == []
        if place == 0:
            assert dict(rows) == expected
        sizes = Counter(row.billable for row in rows)
        found[reading.edition.name] = (sizes[False], sizes[True])
    assert found == editions


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_codes_file_gives_what_the_order_file_gives(reference_data: Path, tmp_path: Path, year: int):
    folder = reference_data / "icd10" / f"cms_{year}_dx.zip"
    order, expected = order_file(folder)
    with zipfile.ZipFile(folder) as archive:
        (tmp_path / f"icd10cm_codes_{year}.txt").write_bytes(archive.read(order.replace("order", "codes")))
    [reading] = read(tmp_path / f"icd10cm_codes_{year}.txt")
    assert dict(reading.rows()) == expected  # type: ignore[call-overload]
    assert reading.refused == []


def test_what_april_2023_changed(reference_data: Path):
    april, october = (dict(reading.rows()) for reading in read(reference_data / "icd10" / "cms_2023_dx.zip"))  # type: ignore[call-overload]
    added = april.keys() - october.keys()
    assert len(added) == 42 - 0 + 15 - 7
    assert sum(april[code] for code in added) == 42
    assert not october.keys() - april.keys()
    turned = {code for code in october if october[code] != april[code]}
    assert turned == {"Y0701", "Y0702", "Y0703", "Y0704", "Z591", "Z9114", "Z9115"}
    assert all(october[code] for code in turned)


@pytest.mark.exhaustive
def test_the_april_2025_zip_of_cdc_holds_the_codes_of_cms_october(reference_data: Path):
    folder = reference_data / "icd10"
    [cms] = read(folder / "cms_2025_dx.zip")
    assert all(
        set(cms.rows()) == set(reading.rows())
        for reading in read(folder / "cdc_icd10cm-CodeDescriptions-April-2025.zip")
    )


def test_every_fee_schedule_row(reference_data: Path):
    path = reference_data / "pfs" / "pprrvu24c_jul_no_descriptions.csv.gz"
    expected = list(csv.DictReader(io.StringIO(text_of(path), newline="")))
    reading = one(path)
    rows = [row for row in reading.rows() if isinstance(row, FeeScheduleRow)]
    assert (len(rows), reading.refused) == (18_664, [])
    assert [(row.code, row.modifier, row.status, row.global_days) for row in rows] == [
        (row["hcpcs"], row["mod"], row["status_code"], row["glob_days"]) for row in expected
    ]
    assert sum(row.code.endswith("F") and row.code[:4].isdigit() for row in rows) == 565


@pytest.mark.parametrize(("name", "size"), [("carc_2024-06.csv", 405), ("rarc_2024-06.csv", 1_171)])
def test_every_adjustment_code(reference_data: Path, name: str, size: int):
    reading = one(reference_data / "codesets" / name)
    assert (len(list(reading.rows())), reading.refused) == (size, list[Refused]())
