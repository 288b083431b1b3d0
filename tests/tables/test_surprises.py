"""What the official tables hold and nobody guesses: each is counted in the real files, and each is judged rightly."""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from claimcheck import validate_claim
from claimcheck.codes import parse_procedure
from claimcheck.tables import AddOn, CategoryII, Found, Tables
from claimcheck.tables.readers import Row, read
from claimcheck.tables.rows import AddOnRow, FeeScheduleRow, MueRow, PtpRow
from claimcheck.tables.store import add, list_editions

DAY = date(2024, 7, 15)
MUE_FILES = {
    "mue_practitioner": "MCR_MUE_PractitionerServices_Eff_04-01-2024.csv.gz",
    "mue_outpatient_hospital": "MCR_MUE_OutpatientHospitalServices_Eff_04-01-2024.csv.gz",
    "mue_dme": "MCR_MUE_DMESupplierServices_Eff_04-01-2024.csv.gz",
}


def rows_of(path: Path) -> list[Row]:
    [reading] = read(path)
    return list(reading.rows())


@pytest.mark.slow
def test_a_pair_stands_up_to_four_times_with_other_dates_or_another_indicator(
    reference_data: Path, tmp_path: Path
) -> None:
    """A table that is keyed by the pair alone loses 307,551 of its rows."""
    files = sorted((reference_data / "ncci").glob("ccipra-v302r0-f*.txt.gz"))
    windows: defaultdict[tuple[str, str], list[PtpRow]] = defaultdict(list)
    for file in files:
        for row in rows_of(file):
            assert isinstance(row, PtpRow)
            windows[row[:2]].append(row)
    recurring = {pair: rows for pair, rows in windows.items() if len(rows) > 1}
    assert Counter(len(rows) for rows in recurring.values()) == {2: 302_646, 3: 2_445, 4: 5}
    assert sum(len({row[2:4] for row in rows}) > 1 for rows in recurring.values()) == 305_095
    assert sum(len({row.indicator for row in rows}) > 1 for rows in recurring.values()) == 21_306
    add(files, tmp_path)
    tables = Tables.open(tmp_path)
    changed = [rows for rows in recurring.values() if len({row.indicator for row in rows}) > 1]
    for rows in changed[::40]:
        in_force = {row for row in rows if row.indicator != 9 and row.effective <= DAY <= (row.deletion or date.max)}
        answer = tables.ptp("ptp_practitioner", *rows[0][:2], DAY)
        assert {answer.value} == in_force if isinstance(answer, Found) else not in_force


def test_category_ii_codes_are_of_two_statuses_and_both_are_reports(reference_data: Path, tmp_path: Path) -> None:
    """484 of 565 are I and 81 M on the fee schedule; neither says that the code is not valid."""
    file = reference_data / "pfs" / "pprrvu24c_jul_no_descriptions.csv.gz"
    rows = [row for row in rows_of(file) if isinstance(row, FeeScheduleRow)]
    status = {row.code: row.status for row in rows if parse_procedure(row.code).category == "II"}
    assert Counter(status.values()) == {"I": 484, "M": 81}
    add([file], tmp_path)
    tables = Tables.open(tmp_path)
    assert {code: tables.category_ii(code, DAY).value for code in status} == {  # type: ignore[union-attr]
        code: CategoryII(code, letter) for code, letter in status.items()
    }
    lines = [{"procedure_code": code, "service_date": "2024-07-15"} for code in status]
    result = validate_claim({"claim_type": "professional", "lines": lines}, tables=tables)
    assert not {"COD103", "COV101"} & {finding.rule_id for finding in result.findings}


def test_some_type_3_add_on_codes_have_no_contractor_row(reference_data: Path, tmp_path: Path) -> None:
    """That type 3 names some primaries and leaves others to the contractor is said by the type, not by a row."""
    file = reference_data / "ncci" / "aoc_2024q3_active.csv"
    primaries: defaultdict[str, set[str | None]] = defaultdict(set)
    for row in rows_of(file):
        if isinstance(row, AddOnRow) and row.type == 3:
            primaries[row.add_on].add(row.primary)
    without = sorted(code for code, named in primaries.items() if None not in named)
    assert (len(primaries), without) == (11, ["20701", "20703", "20705"])
    add([file], tmp_path)
    tables = Tables.open(tmp_path)
    for code in without:
        answer = tables.add_on(code, DAY)
        assert isinstance(answer, Found)
        assert answer.value == AddOn(code, 3, frozenset(filter(None, primaries[code])), contractor_defined=False)
        lines = [{"procedure_code": code, "service_date": "2024-07-15", "units": 1}]
        result = validate_claim(
            {"claim_type": "professional", "billing_npi": "1234567893", "lines": lines}, tables=tables
        )
        [finding] = [finding for finding in result.findings if finding.rule_id == "NCCI301"]
        assert (str(finding.severity), str(finding.disposition)) == ("warning", "review")


def test_no_mue_of_zero_is_a_line_edit(reference_data: Path) -> None:
    """So that no number of lines makes room for one unit."""
    found = Counter[tuple[str, int]]()
    for table, name in MUE_FILES.items():
        for row in rows_of(reference_data / "mue" / name):
            if isinstance(row, MueRow) and row.value == 0:
                found[table, row.mai] += 1
    assert found == {
        ("mue_practitioner", 2): 6,
        ("mue_practitioner", 3): 2_676,
        ("mue_outpatient_hospital", 2): 6,
        ("mue_outpatient_hospital", 3): 1_443,
        ("mue_dme", 2): 5,
        ("mue_dme", 3): 990,
    }


@pytest.mark.exhaustive
def test_the_official_files_are_whole_and_a_cut_one_is_not(reference_data: Path, tmp_path: Path) -> None:
    """Each table of the reference folder reaches its end; the same file without its last rows is partial."""
    files = [reference_data / "mue" / name for name in MUE_FILES.values()]
    files += [
        reference_data / "hcpcs" / "HCPC2026_JAN_ANWEB_01122026.txt.gz",
        reference_data / "pfs" / "pprrvu24c_jul_no_descriptions.csv.gz",
        reference_data / "ncci" / "aoc_2024q2.csv",
    ]
    add(files, tmp_path / "whole")
    assert not [entry for entry in list_editions(tmp_path / "whole") if entry.edition.partial]


@pytest.mark.parametrize("rows", [1, 300, 5_000])
@pytest.mark.parametrize("name", ["mue_practitioner", "hcpcs"])
def test_a_published_file_cut_at_a_rows_end_is_partial(
    reference_data: Path, tmp_path: Path, name: str, rows: int
) -> None:

    file = (
        reference_data / "mue" / MUE_FILES[name]
        if name in MUE_FILES
        else reference_data / "hcpcs" / "HCPC2026_JAN_ANWEB_01122026.txt.gz"
    )
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    lines = [line for line in lines if line.strip(b"\r\n\x1a ")]
    (tmp_path / file.stem).write_bytes(b"".join(lines[: -rows if name in MUE_FILES else -2 * rows]))
    add([tmp_path / file.stem], tmp_path / "store")
    partial = [entry for entry in list_editions(tmp_path / "store") if entry.edition.partial]
    assert [entry.table for entry in partial] == [name]
