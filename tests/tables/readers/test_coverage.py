"""Articles of the Medicare Coverage Database, in the files of an export."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimcheck import Tables
from claimcheck.errors import TableError
from claimcheck.tables import Found
from claimcheck.tables.readers import survey
from claimcheck.tables.store import add

PROSE = '"<p>Prose, with ""quotes"",\nand lines</p>"'
ARTICLE = f"""article_id,article_version,article_type,title,status,display_id,article_eff_date,article_end_date,\
article_rev_end_date,description,last_updated
57484,12,1,x,A,A57484,2023-10-01 00:00:00,,,{PROSE},2024-07-03 10:11:12
50000,3,1,x,R,A50000,2020-01-01 00:00:00,,2021-12-31 00:00:00,,2022-01-05 00:00:00
60000,1,1,x,F,A60000,2024-09-01 00:00:00,,,"{"long " * 40_000}",2024-07-01 00:00:00
58888,2,1,x,A,,2022-01-01 00:00:00,2024-12-31 00:00:00,,,2024-06-01 00:00:00
"""
PROCEDURES = f"""article_id,article_version,hcpc_code_id,hcpc_code_version,hcpc_code_group,range,last_updated,\
long_description,short_description
57484,12,93306,1,1,,2024-07-03 10:11:12,{PROSE},x
57484,12,93307,1,1,,2024-07-03 10:11:12,x,x
50000,3,J9271,1,1,,2022-01-05 00:00:00,x,x
60000,1,99213,1,1,,2024-07-01 00:00:00,x,x
58888,2,64483,1,1,,2024-06-01 00:00:00,x,x
58888,2,64493,1,2,,2024-06-01 00:00:00,x,x
"""
COVERED = """article_id,article_version,icd10_code_id,icd10_code_version,icd10_covered_group,range,last_updated,\
sort_order,description,asterisk
57484,12,I50.9,1,1,,2024-07-03 10:11:12,1,x,
57484,12,I10,1,1,,2024-07-03 10:11:12,2,x,Y
58888,2,M54.16,1,1,,2024-06-01 00:00:00,1,x,
58888,2,M54.50,1,2,,2024-06-01 00:00:00,1,x,
"""
NONCOVERED = """article_id,article_version,icd10_code_id,icd10_code_version,icd10_noncovered_group,range,last_updated,\
sort_order,description,asterisk
50000,3,Z00.00,1,1,,2022-01-05 00:00:00,1,x,
"""
GROUPS = """article_id,article_version,icd10_covered_group,paragraph,icd10_covered_ast
57484,12,1,x,x
"""
ITS_CONTRACTORS = """article_id,article_version,article_type,contractor_id,contractor_type_id,contractor_version,\
last_updated
57484,12,1,389,9,1,x
57484,12,1,390,9,1,x
58888,2,1,400,9,1,x
"""
CONTRACTORS = """contractor_id,contractor_type_id,contractor_version,contractor_number,contractor_bus_name
389,9,1,5101,x
390,9,1,05201,x
400,9,1,15201,x
"""
FILES = {
    "article.csv": ARTICLE,
    "article_x_hcpc_code.csv": PROCEDURES,
    "article_x_icd10_covered.csv": COVERED,
    "article_x_icd10_noncovered.csv": NONCOVERED,
    "article_x_icd10_covered_group.csv": GROUPS,
    "article_x_contractor.csv": ITS_CONTRACTORS,
    "contractor.csv": CONTRACTORS,
    "state_lookup.csv": "state_id,state_abbrev,description\n1,AL,x\n",
}


def exported(folder: Path, files: Mapping[str, str | None] = {}, name: str = "current_article") -> Path:
    inner, path = io.BytesIO(), folder / f"{name}.zip"
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, text in {**FILES, **files}.items():
            if text is not None:
                archive.writestr(member, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("cp1252"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}_csv.zip", inner.getvalue())
        archive.writestr("current_article_readme.pdf", b"%PDF")
    return path


def held(path: Path) -> dict[tuple[str, str | None], list[tuple[Any, ...]]]:
    return {
        (reading.table, reading.part): [
            (row.code, row.effective, row.deletion, *dict(row.values).values())  # type: ignore[union-attr]
            for row in reading.rows()
        ]
        for reading in survey(path).readings
    }


def test_an_export_becomes_services_and_their_diagnoses(tmp_path: Path) -> None:
    of_2023, of_2020, of_2022 = date(2023, 10, 1), date(2020, 1, 1), date(2022, 1, 1)
    ended, ends = date(2021, 12, 31), date(2024, 12, 31)
    assert held(exported(tmp_path)) == {
        ("coverage_procedure", None): [
            ("93306", of_2023, None, "A57484", "05101 05201", "sure", "no"),
            ("93307", of_2023, None, "A57484", "05101 05201", "sure", "no"),
            ("J9271", of_2020, ended, "A50000", "", "none", "yes"),
            ("64483", of_2022, ends, "A58888", "15201", "unsure", "no"),
            ("64493", of_2022, ends, "A58888", "15201", "unsure", "no"),
        ],
        ("coverage_diagnosis", "covered"): [
            ("I509", of_2023, None, "A57484", "covered", "no"),
            ("I10", of_2023, None, "A57484", "covered", "yes"),
            ("M5416", of_2022, ends, "A58888", "covered", "no"),
            ("M5450", of_2022, ends, "A58888", "covered", "no"),
        ],
        ("coverage_diagnosis", "noncovered"): [("Z0000", of_2020, ended, "A50000", "noncovered", "no")],
    }


@pytest.mark.parametrize(("name", "first"), [("current_article", date(2024, 7, 3)), ("all_article", date(1900, 1, 1))])
def test_an_export_is_exact_from_the_day_it_was_made_or_for_all_days(tmp_path: Path, name: str, first: date) -> None:
    for reading in survey(exported(tmp_path, name=name)).readings:
        edition = reading.edition
        assert (edition.name, edition.exact_from, edition.exact_through) == ("2024-07-03", first, date(2024, 9, 30))


def test_a_span_of_codes_leaves_the_groups_unsure(tmp_path: Path) -> None:
    path = exported(tmp_path, {"article_x_icd10_covered.csv": COVERED.replace("I50.9,1,1,,", "I50.9,1,1,I50.9-I51.0,")})
    assert {row[5] for row in held(path)["coverage_procedure", None] if row[0] == "93306"} == {"unsure"}


def test_an_export_is_added_to_a_store(tmp_path: Path) -> None:
    add([exported(tmp_path)], tmp_path / "store")
    tables = Tables.open(tmp_path / "store")
    for table, code in (("coverage_procedure", "93306"), ("coverage_diagnosis", "I509")):
        answer = tables.code_list(table, code, date(2024, 7, 15))
        assert isinstance(answer, Found)
        assert answer.value.get("document") == "A57484"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"article.csv": None}, "give the whole zip"),
        ({"contractor.csv": None}, "refers to contractor.csv"),
        ({"article.csv": "number,version\n1,2\n"}, "lacks the columns"),
        ({"article.csv": ARTICLE.replace("last_updated", "changed")}, "does not say when it was made"),
    ],
)
def test_what_is_lacking_is_told(tmp_path: Path, change: dict[str, str | None], reason: str) -> None:
    path = exported(tmp_path, change)
    try:
        refused = [member.detail for member in survey(path).members if member.outcome == "refused"]
    except TableError as error:
        refused = [error.reason]
    assert len(refused) == 1
    assert reason in refused[0]


def test_a_row_that_cannot_be_read_is_refused_and_not_shown(tmp_path: Path) -> None:
    path = exported(tmp_path, {"article_x_hcpc_code.csv": PROCEDURES + "57484,12,J Doe,1,1,,x,x,x\n"})
    [reading] = [one for one in survey(path).readings if one.table == "coverage_procedure"]
    assert len(list(reading.rows())) == 5
    [refused] = reading.refused
    assert "hcpc_code_id: text of 5" in refused.reason
    assert "DOE" not in refused.reason.upper()
