"""The tabular list of ICD-10-CM as XML, in the layout in which CMS and CDC publish it."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from claimcheck import Tables
from claimcheck.errors import TableError
from claimcheck.tables import Found
from claimcheck.tables.readers import Reading, read, survey
from claimcheck.tables.store import add

TABULAR = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
  <version>2025</version>
  <title>ICD-10-CM TABULAR LIST of DISEASES and INJURIES</title>
  <introduction><introSection type="excludes1"><title>Excludes1</title></introSection></introduction>
  <chapter>
    <name>4</name>
    <desc>A chapter (E00-E89)</desc>
    <excludes1><note>transitory disorders specific to newborn (P70-P74)</note></excludes1>
    <section id="E08-E13">
      <desc>A section (E08-E13)</desc>
      <excludes2><note>another (Z99.0)</note></excludes2>
      <useAdditionalCode><note>something in words</note></useAdditionalCode>
      <diag>
        <name>E11</name>
        <desc>A category</desc>
        <includes><note>a term (Z00.0)</note></includes>
        <excludes1>
          <note>one due to a condition (E08.-)</note>
          <note>one in pregnancy (O24.4-), or of type 1 (E10, E13.-)</note>
          <note>one by a drug (T36-T50 with fifth or sixth character 5)</note>
        </excludes1>
        <useAdditionalCode><note>control using: insulin (Z79.4)</note><note>drugs (Z79.84)</note></useAdditionalCode>
        <diag><name>E11.9</name><desc>A code</desc></diag>
      </diag>
    </section>
  </chapter>
  <chapter>
    <name>13</name>
    <desc>Another chapter (M00-M99)</desc>
    <section id="M15-M19">
      <desc>Another section (M15-M19)</desc>
      <diag>
        <name>M17</name>
        <desc>Knees</desc>
        <codeFirst><note>underlying disease, such as:</note><note>one (E85.-)</note></codeFirst>
        <diag>
          <name>M17.1</name>
          <desc>One knee</desc>
          <codeFirst><note>cause, if applicable (I60-I69)</note></codeFirst>
          <diag><name>M17.10</name><desc>Trouble, unspecified knee</desc></diag>
          <diag><name>M17.11</name><desc>Trouble, right knee</desc></diag>
          <diag><name>M17.12</name><desc>Trouble, left knee</desc></diag>
          <diag><name>M17.13</name><desc>Trouble, knee, bilateral</desc></diag>
        </diag>
        <diag><name>M17.2</name><desc>Trouble of the right heart</desc></diag>
      </diag>
    </section>
  </chapter>
</ICD10CM.tabular>
"""
NAME = "icd10cm_tabular_2025.xml"
ROWS = [
    ("E11", "excludes1", "P70-P74", "no"),
    ("E11", "excludes1", "E08 O244 E10 E13", "no"),
    ("E11", "use_additional", "Z794 Z7984", "no"),
    ("M17", "code_first", "E85", "no"),
    ("M171", "code_first", "I60-I69", "yes"),
    ("M1711", "side", "right", "no"),
    ("M1712", "side", "left", "no"),
    ("M1713", "side", "bilateral", "no"),
]


def only(folder: Path, text: str = TABULAR, name: str = NAME) -> Reading:
    path = folder / name
    path.write_text(text)
    [reading] = read(path)
    return reading


def test_notes_stand_under_their_codes(tmp_path: Path) -> None:
    rows = [(row.code, *dict(row.values).values()) for row in only(tmp_path).rows()]  # type: ignore[union-attr]
    assert rows == ROWS


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        (NAME, date(2024, 10, 1), date(2025, 3, 31)),
        ("icd10cm-tabular-April-2025.xml", date(2025, 4, 1), date(2025, 9, 30)),
    ],
)
def test_the_edition_is_of_half_a_fiscal_year(tmp_path: Path, name: str, first: date, last: date) -> None:
    edition = only(tmp_path, name=name).edition
    assert (edition.table, edition.exact_from, edition.exact_through) == ("icd10cm_notes", first, last)


def test_it_is_found_in_its_zip(tmp_path: Path) -> None:
    path = tmp_path / "2025-code-tables-tabular-and-index.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"Table and Index/{NAME}", TABULAR)
        archive.writestr("Table and Index/icd10cm_index_2025.xml", "<ICD10CM.index><letter/></ICD10CM.index>")
        archive.writestr("Table and Index/icd10cm_tabular_2025.pdf", "%PDF")
    found = survey(path)
    assert [reading.table for reading in found.readings] == ["icd10cm_notes"]
    assert {member.file.rpartition("/")[2]: member.outcome for member in found.members} == {
        NAME: "read",
        "icd10cm_index_2025.xml": "other",
        "icd10cm_tabular_2025.pdf": "other",
    }
    add([path], tmp_path / "store")
    answer = Tables.open(tmp_path / "store").code_list("icd10cm_notes", "M1712", date(2025, 1, 1))
    assert isinstance(answer, Found)
    assert answer.value.get("codes") == "left"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (TABULAR[:-400], "no well-formed XML"),
        (TABULAR.replace("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>', 1), "declares entities"),
        (TABULAR.replace("<version>2025</version>", ""), "does not say its fiscal year"),
        ("<ICD10CM.tabular><version>2025</version></ICD10CM.tabular>", "holds no note"),
    ],
)
def test_what_is_damaged_or_another_file_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(TableError, match=reason):
        list(only(tmp_path, text).rows())
