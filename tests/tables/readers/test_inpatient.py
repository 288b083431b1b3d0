"""The Medicare Code Editor's lists of diagnoses, out of its definitions as text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from claimcheck.errors import TableError
from claimcheck.tables.readers import Reading, read

TEXT = """Definitions of Medicare Code Edits
Version 41.1
Table of contents
4. Age conflict\t8
A. Perinatal/Newborn diagnoses\t9
9. Unacceptable principal diagnosis\t60
Chapter 1: Edit code lists
4. Age conflict
Words that name a code such as A33 in a sentence.
A. Perinatal/Newborn diagnoses
A33\tA name
Z00110\tA name
B. Pediatric diagnoses (age 0 through 17)
E8411\tA name
C. Maternity diagnoses (age 9 through 64)
O80\tA name
D. Adult diagnoses (age 15 through 124)
N401\tA name
5. Sex conflict
A. Diagnoses for females only
O80\tA name
B. Procedures for females only
0UT90ZZ\tA name
C. Diagnoses for males only
N401\tA name
6. Manifestation code as principal diagnosis
D630\tA name
8. Questionable admission
Questionable admission codes
R030\tA name
B. The following procedures are questionable without a diagnosis of the outcome of delivery
10E0XZZ\tA name
Z370\tA name
9. Unacceptable principal diagnosis
The following code is considered "acceptable" when a secondary diagnosis is also coded on the record.
Z5189\tA name
The following pages list the codes.
Z794\tA name
B9561\tA name
10. Non-specific O.R. procedure (discontinued as of 10/01/07)
11. Non-covered procedure
A. The following procedures are always non-covered
0D1607A\tA name
B. The following procedures are non-covered but for what stands after them
0FYG0Z0\tA name
0TY00Z0\tA name
E1010\tA name
D. The following procedures are non-covered with a diagnosis of the list
30233G0\tA name
C9100\tA name
F. The following procedures are non-covered for members over age 60
0SR20JZ\tA name
17. Limited coverage
A. The following procedures
02YA0Z0\tA name
18. Wrong procedure performed
Y6551\tA name
19. Procedure inconsistent with LOS
5A1955Z\tA name
20. Unspecified code
C3400\tA name
"""
NAME = "Definitions of Medicare Code Edits_v_41_1.txt"


def tables(folder: Path, text: str = TEXT, name: str = NAME) -> dict[str, Reading]:
    path = folder / name
    path.write_bytes(text.encode("cp1252").replace(b"\n", b"\r\n"))
    return {reading.table: reading for reading in read(path)}


def only(folder: Path, text: str = TEXT, name: str = NAME) -> Reading:
    return tables(folder, text, name)["inpatient_diagnosis"]


def rows_of(reading: Reading) -> dict[str, tuple[str, ...]]:
    return {row.code: tuple(dict(row.values).values()) for row in reading.rows()}  # type: ignore[union-attr]


def test_each_procedure_has_what_its_lists_say(tmp_path: Path) -> None:
    assert rows_of(tables(tmp_path)["inpatient_procedure"]) == {
        "0UT90ZZ": ("", "F"),
        "10E0XZZ": ("delivery", ""),
        "0D1607A": ("noncovered", ""),
        "0FYG0Z0": ("pancreas_transplant", ""),
        "0TY00Z0": ("kidney_transplant", ""),
        "30233G0": ("noncovered_d", ""),
        "0SR20JZ": ("noncovered_over_60", ""),
        "02YA0Z0": ("limited_coverage", ""),
        "5A1955Z": ("long_stay", ""),
    }


def test_each_code_has_what_its_lists_say(tmp_path: Path) -> None:
    assert rows_of(only(tmp_path)) == {
        "A33": ("", "", "0", ""),
        "Z00110": ("", "", "0", ""),
        "E8411": ("", "", "17", ""),
        "O80": ("", "9", "64", "F"),
        "N401": ("", "15", "", "M"),
        "D630": ("manifestation", "", "", ""),
        "R030": ("questionable_admission", "", "", ""),
        "Z370": ("delivery_outcome", "", "", ""),
        "Z5189": ("requires_secondary", "", "", ""),
        "Z794": ("unacceptable_pdx", "", "", ""),
        "B9561": ("unacceptable_pdx", "", "", ""),
        "E1010": ("noncovered_b", "", "", ""),
        "C9100": ("noncovered_d", "", "", ""),
        "Y6551": ("wrong_procedure", "", "", ""),
        "C3400": ("unspecified", "", "", ""),
    }


@pytest.mark.parametrize(
    ("name", "version", "first", "last"),
    [
        (NAME, "v41.1", date(2024, 4, 1), date(2024, 9, 30)),
        ("definition-medicare-code-edits-v411.txt", "v41.1", date(2024, 4, 1), date(2024, 9, 30)),
        ("Definitions of Medicare Code Edits_v_35.txt", "v35", date(2017, 10, 1), date(2018, 3, 31)),
        ("fy2027-fr-definition-mce-v44.txt", "v44", date(2026, 10, 1), date(2027, 3, 31)),
        ("mce.txt", "v41.1", date(2024, 4, 1), date(2024, 9, 30)),
    ],
)
def test_the_edition_is_of_half_a_fiscal_year(tmp_path: Path, name: str, version: str, first: date, last: date) -> None:
    edition = only(tmp_path, name=name).edition
    assert (edition.name, edition.exact_from, edition.exact_through) == (version, first, last)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (TEXT.partition("6. Manifestation")[0], "no list of manifestations, unacceptable"),
        (TEXT.replace("Version 41.1", ""), "does not say its version"),
    ],
)
def test_what_is_cut_short_or_not_told_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(TableError, match=reason):
        list(only(tmp_path, text, "mce.txt").rows())


def test_a_list_of_procedures_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no list of procedures of limited coverage"):
        list(tables(tmp_path, TEXT.partition("17. Limited")[0])["inpatient_procedure"].rows())
