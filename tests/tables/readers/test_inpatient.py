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
R99\tA name
9. Unacceptable principal diagnosis
The following code is considered "acceptable" when a secondary diagnosis is also coded on the record.
Z5189\tA name
The following pages list the codes.
Z794\tA name
B9561\tA name
11. Non-covered procedure
Z3800\tA name
"""
NAME = "Definitions of Medicare Code Edits_v_41_1.txt"


def only(folder: Path, text: str = TEXT, name: str = NAME) -> Reading:
    path = folder / name
    path.write_bytes(text.encode("cp1252").replace(b"\n", b"\r\n"))
    [reading] = read(path)
    return reading


def test_each_code_has_what_its_lists_say(tmp_path: Path) -> None:
    rows = {row.code: tuple(dict(row.values).values()) for row in only(tmp_path).rows()}  # type: ignore[union-attr]
    assert rows == {
        "A33": ("", "", "0", ""),
        "Z00110": ("", "", "0", ""),
        "E8411": ("", "", "17", ""),
        "O80": ("", "9", "64", "F"),
        "N401": ("", "15", "", "M"),
        "D630": ("manifestation", "", "", ""),
        "Z794": ("unacceptable_pdx", "", "", ""),
        "B9561": ("unacceptable_pdx", "", "", ""),
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
