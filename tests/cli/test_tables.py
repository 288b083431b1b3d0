"""`claimcheck tables`: add, list, verify; and that check and explain answer by what was added."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

MUE = (
    '"Title (c) the publisher"\n'
    '"HCPCS/CPT Code","Practitioner Services MUE Values","MUE Adjudication Indicator","MUE Rationale"\n'
)
CLINICAL = "3 Date of Service Edit: Clinical"
CODES = ("99213,1,3 Date of Service Edit: Clinical,Nature", "97110,4,3 Date of Service Edit: Clinical,Nature")


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """A table of medically unlikely edits in its official layout."""
    path = tmp_path / "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv"
    path.write_text(MUE + "".join(f"{row}\n" for row in CODES))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_what_is_added_is_listed_and_whole(invoke: Any, official: Path, store: Path) -> None:
    result = invoke("tables", "add", official, "--in", store)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "added      medicare mue_practitioner 2024-07-01, exact from 2024-07-01 to 2024-09-30" in result.stdout
    assert "2 rows" in result.stdout
    again = invoke("tables", "add", official.parent / "MCR*.csv", "--in", store).stdout
    assert "unchanged  medicare mue_practitioner" in again
    assert not any(line.startswith("added") for line in again.splitlines())
    listed = invoke("tables", "list", "--in", store).stdout
    assert "mue_practitioner" in listed
    assert official.name in listed
    assert "1 edition," in listed
    result = invoke("tables", "verify", "--in", store)
    assert (result.exit_code, "as added, every byte" in result.stdout) == (0, True)


def test_quiet_adds_without_a_word_where_all_went_well(invoke: Any, official: Path, store: Path) -> None:
    official.write_text(f"{official.read_text()}V5364,0,3 Date of Service Edit: Clinical,Nature\n")
    assert invoke("tables", "add", official, "--in", store, "--quiet").output == ""
    assert "(partial)" not in invoke("tables", "verify", "--in", store).stdout


def test_quiet_says_what_is_amiss(invoke: Any, official: Path, store: Path, tmp_path: Path) -> None:
    official.write_text(f"{official.read_text()}1996,1,{CODES[0].split(',', 2)[2]}\n19,1,x,x\n")
    with zipfile.ZipFile(tmp_path / "quarter.zip", "w") as archive:
        archive.write(official, official.name)
        archive.writestr("ccipra.txt", "Column 1\tColumn 2\n")
        archive.writestr("guide.pdf", "%PDF")
    said = invoke("tables", "add", tmp_path / "quarter.zip", "--in", store, "--quiet")
    assert (said.exit_code, said.stdout) == (0, "")
    member, edition, restored, row = said.stderr.splitlines()
    name = f"quarter.zip/{official.name}"
    assert member.startswith("quarter.zip/ccipra.txt: refused: row 1: a PTP file without the columns: effective, ")
    assert "; partial, what it does not hold is not checked: " in edition
    assert f"1 row was not taken of {name}; {name} holds no code that begins with V, as " in edition
    assert restored == f"{name}: 1996 had lost leading zeros, and was read as 01996"
    expected = "HCPCS/CPT Code: text of 2: 99, where a CPT or HCPCS code is expected"
    assert row == f"{name}, row 6: not taken: {expected}"
    told = invoke("tables", "add", tmp_path / "quarter.zip", "--in", store).stdout
    assert "quarter.zip/guide.pdf: not a table that claimcheck reads (a document)" in told


def test_a_row_that_is_refused_is_named(invoke: Any, official: Path, store: Path) -> None:
    with official.open("a") as file:
        file.writelines(f"{code},1,{CODES[0].split(',', 2)[2]}\n" for code in (*range(20000, 20300), 12, 13))
    said = invoke("tables", "add", official, "--in", store).stdout
    assert f"{official.name}, row" in said
    assert "not taken" in said
    assert "not taken" in invoke("tables", "list", "--in", store).stdout


def test_notices_come_with_the_files_that_carry_them(invoke: Any, tmp_path: Path, store: Path) -> None:
    path = tmp_path / "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv"
    path.write_text(
        '"CPT codes are copyright 2023 American Medical Association. All rights reserved."\n' + MUE + CODES[0]
    )
    invoke("tables", "add", path, "--in", store)
    assert "copyright 2023" not in invoke("tables", "list", "--in", store).stdout
    assert "copyright 2023" in invoke("tables", "list", "--in", store, "--notices").stdout


def test_what_cannot_be_added_changes_nothing(invoke: Any, official: Path, store: Path, tmp_path: Path) -> None:
    invoke("tables", "add", official, "--in", store)
    before = {path.name: path.read_bytes() for path in store.iterdir()}
    notes = tmp_path / "notes.txt"
    notes.write_text("Dear all")
    for files in ((notes,), (official, notes), (tmp_path / "missing.csv",), (tmp_path / "no-*.csv",)):
        result = invoke("tables", "add", *files, "--in", store)
        assert result.exit_code == 2
        assert result.stderr.startswith("claimcheck: ")
    assert {path.name: path.read_bytes() for path in store.iterdir()} == before


def test_a_flipped_byte_is_found(invoke: Any, official: Path, store: Path) -> None:
    invoke("tables", "add", official, "--in", store)
    [packed] = [path for path in store.iterdir() if path.name.startswith("medicare")]
    content = bytearray(packed.read_bytes())
    content[-1] ^= 1
    packed.write_bytes(content)
    result = invoke("tables", "verify", "--in", store)
    assert result.exit_code == 2
    assert packed.name in result.stderr


def test_a_store_that_is_not_there(invoke: Any, store: Path) -> None:
    for command in ("list", "verify"):
        result = invoke("tables", command, "--in", store)
        assert (result.exit_code, "there is no table store here" in result.stderr) == (2, True)


def test_the_default_store_is_asked_where_there_is_one(
    invoke: Any, official: Path, store: Path, claims: Any, clean: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMCHECK_TABLES", str(store))
    line = {**clean()["lines"][0], "units": 2}
    path = claims({**clean(), "lines": [line]})
    assert invoke("check", path).exit_code == 0  # the starter table holds 2 units likely
    assert invoke("tables", "add", official).exit_code == 0
    assert invoke("check", path).exit_code == 1
    assert "1 units allowed per day" in invoke("explain", "99213").stdout.replace("\n    ", " ")
    assert f"{store}" in invoke("tables", "list").stdout


def test_parts_that_are_missing_are_said(invoke: Any, tmp_path: Path, store: Path) -> None:
    path = tmp_path / "ccipra-v302r0-f1.txt"
    head = (
        "Column 1\tColumn 2\t*=In existence prior to 1996\tEffective Date\tDeletion Date *=no data\t"
        "Modifier 0=not allowed 1=allowed 9=not applicable\tPTP Edit Rationale\n"
    )
    path.write_text(head + "20610\t99213\t\t20190101\t*\t1\tMisuse of Column Two code with Column One code\n")
    said = invoke("tables", "add", path, "--in", store)
    assert said.exit_code == 0, said.stderr
    assert "f2, f3 and f4 of its parts are not loaded" in said.stdout
    assert "(partial)" in invoke("tables", "list", "--in", store).stdout


# ---------------------------------------------------------------------------------------------- conflicts


@pytest.fixture
def at_odds(invoke: Any, tmp_path: Path, store: Path) -> Path:
    """A store in which two MUE tables give the same limits on another basis."""
    indicators = {"Practitioner": "2 Date of Service Edit: Policy", "Outpatient Hospital": CLINICAL}
    for name, indicator in indicators.items():
        path = tmp_path / f"MCR_MUE_{name.replace(' ', '')}Services_Eff_07-01-2024.csv"
        rows = [f"{code},1,{indicator},Nature\n" for code in ("11055", "11719", "11720")]
        path.write_text(MUE.replace("Practitioner", name) + "".join(rows))
        added = invoke("tables", "add", path, "--in", store, "--quiet")
        assert added.exit_code == 0, added.stderr
    return store


def test_conflicts_are_told_with_what_the_rules_do(invoke: Any, at_odds: Path) -> None:
    result = invoke("tables", "conflicts", "--in", at_odds, "--most", "2")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("On 2024-09-30, in ")
    at = lines.index("mue-indicator-by-setting: the same limit of units, on another basis in another setting")
    assert lines[at + 1].startswith(
        "  3 conflicts in medicare mue_practitioner 2024-07-01 (partial) and medicare mue_o"
    )
    assert lines[at + 2 : at + 5] == [
        "    11055: 1 unit, adjudication indicator 2; but 1 unit, adjudication indicator 3",
        "    11719: 1 unit, adjudication indicator 2; but 1 unit, adjudication indicator 3",
        "    and 1 more",
    ]
    assert "  not compared: MUEs, DME supplier: not loaded" in lines[at + 5 :]
    assert "  not compared: NCCI pairs, practitioner: not loaded" in lines
    assert any(line.startswith("  rules: NCCI201 goes by the table") for line in lines)


def test_conflicts_as_rows_and_as_objects(invoke: Any, at_odds: Path) -> None:
    asked = ("tables", "conflicts", "--in", at_odds, "--kind", "mue-indicator-by-setting", "--on", "07/15/2024")
    rows = list(csv.DictReader(io.StringIO(invoke(*asked, "--format", "csv").stdout)))
    assert [row["codes"] for row in rows if row["codes"]] == ["11055", "11719", "11720"]
    assert rows[0]["on"] == "2024-07-15"
    assert rows[-1]["says"] == "not compared: no_table"
    [both, *others] = map(json.loads, invoke(*asked, "--format", "json", "--most", "1").stdout.splitlines())
    assert (both["count"], len(both["conflicts"]), both["rules"], both["exact"]) == (3, 1, ["NCCI201"], True)
    assert [(one["count"], one["not_compared"]) for one in others] == [(None, {"mue_dme": "no_table"})] * 2


def test_conflicts_of_another_day_are_of_the_nearest_edition_where_that_is_asked(invoke: Any, at_odds: Path) -> None:
    asked = ("tables", "conflicts", "--in", at_odds, "--kind", "mue-indicator-by-setting", "--on", "2024-10-01")
    assert "the newest edition is older than the service date" in invoke(*asked).stdout
    assert "3 conflicts" in (said := invoke(*asked, "--nearest").stdout)
    assert "not all of them of the day" in said


def test_conflicts_need_a_store(invoke: Any, tmp_path: Path) -> None:
    result = invoke("tables", "conflicts", "--in", tmp_path / "none")
    assert (result.exit_code, "there is no table store here" in result.stderr) == (2, True)


def test_a_first_day_in_another_spelling_counts(invoke: Any, official: Path, store: Path, tmp_path: Path) -> None:
    """It was taken for none, and the file then refused, or dated by what its name says."""
    bare = tmp_path / "mue.csv"
    bare.write_text(official.read_text())
    asked = ("tables", "add", bare, "--in", store, "--table", "mue_practitioner", "--effective")
    assert "exact from 2024-07-01" in invoke(*asked, "07/01/2024").stdout
    assert invoke(*asked, "13/01/2024").exit_code == 2


def test_the_old_name_of_where_to_add_works_and_warns(invoke: Any, official: Path, tmp_path: Path) -> None:
    result = invoke("tables", "add", official, "--to", tmp_path / "old", "--programme", "medicare")
    assert "--to is now called --in" in result.stderr
    assert "--programme is now called --program" in result.stderr
    assert (tmp_path / "old" / "manifest.json").is_file()
    assert "--to" not in invoke("tables", "add", "--help").stdout


def test_the_old_name_of_the_program_option_works_and_warns(invoke: Any, at_odds: Path) -> None:
    asked = ("tables", "conflicts", "--in", at_odds, "--format", "json")
    result = invoke(*asked, "--programme", "medicaid")
    assert "--programme is now called --program" in result.stderr
    assert result.stdout == invoke(*asked, "--program", "medicaid").stdout
    assert "--programme" not in invoke("tables", "conflicts", "--help").stdout
