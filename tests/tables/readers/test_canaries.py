"""No cell of a file that is taken for a published table comes back in a message: it may be a list of members."""

from __future__ import annotations

import csv
import io
import itertools
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from claimcheck.errors import TableError
from claimcheck.tables.readers import survey
from claimcheck.tables.store import add

CANARIES = ("SMITH, JANE Q", "987654321A", "1957-03-09", "SM1TH", "4567", "PATIENT")
FIXTURES = Path(__file__).parent / "fixtures"
TABLES = sorted(path.name for path in FIXTURES.glob("*.*") if "addenda" not in path.name and path.suffix)


def told(path: Path) -> Iterator[str]:
    """All that reading a file says of it, the causes of an error with it."""
    try:
        found = survey(path)
        for reading in found.readings:
            for _ in reading.rows():
                pass
            yield from (refused.reason for refused in reading.account.refused)
            yield from reading.account.missing
        yield from (member.detail for member in found.members)
    except TableError as error:
        cause: BaseException | None = error
        while cause is not None:
            yield str(cause)
            cause = cause.__cause__


def holds_canary(path: Path, canary: str) -> list[str]:
    return [text for text in told(path) if canary in text]


def with_cell(name: str, row: int, column: int, canary: str) -> bytes | None:
    """The fixture with one of its cells replaced; None where it has no such cell."""
    text = (FIXTURES / name).read_bytes().decode("latin-1")
    delimiter = "\t" if "\t" in text else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if row >= len(rows) or column >= len(rows[row]):
        return None
    rows[row][column] = canary
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return made.getvalue().encode("latin-1")


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_is_quoted_whatever_row_it_stands_in(tmp_path: Path, name: str):
    path = tmp_path / name
    asked = 0
    for row, column in itertools.product(range(14), range(8)):
        canary = CANARIES[(row + column) % len(CANARIES)]
        content = with_cell(name, row, column, canary)
        if content is not None:
            path.write_bytes(content)
            assert holds_canary(path, canary) == []
            asked += 1
    assert asked


MEMBERS = (
    "PATIENT,MEMBER ID,DOB\n",
    "SMITH, JANE Q\t987654321A\t1957-03-09\n",
    '"SMITH, JANE Q",987654321A,1957-03-09\n',
    "code,effective,deletion,SMITH JANE\nA1,,,987654321A\n",
    "code,start_date,987654321A\nSM1TH,1957-03-09,\n",
    "HCPCS,MOD,SMITH JANE\n99213,,987654321A\n",
    "HCPC,RECID,SMITH JANE\nSM1TH,3,1957-03-09\n",
    "Column 1,Column 2,SMITH JANE\nSM1TH,987654321A,1957-03-09\n",
    "HCPCS/CPT Code,Practitioner Services MUE Values,SMITH JANE\nSM1TH,1,987654321A\n",
    "987654321A SMITH, JANE Q\nA000    SMITH, JANE Q\n",
)


@pytest.mark.parametrize("content", MEMBERS)
@pytest.mark.parametrize("name", ["members.csv", "ccipra-v302r0-f1.txt", "icd10cm_codes_2025.txt"])
def test_a_list_of_members_is_refused_without_a_word_of_it(tmp_path: Path, name: str, content: str):
    path = tmp_path / name
    path.write_text(content)
    for text in told(path):
        assert not any(canary in text for canary in (*CANARIES, "SMITH", "JANE"))


@pytest.mark.parametrize("place", ["first row", "sheet", "cell"])
def test_a_workbook_of_members(tmp_path: Path, place: str):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "SMITH JANE" if place == "sheet" else "Sheet1"
    rows: list[list[Any]] = [["code", "start_date", "end_date"], *([["1", "1995-01-01", None]] * 6)]
    if place == "first row":
        rows.insert(0, ["SMITH JANE", "987654321A", "1957-03-09"])
    if place == "cell":
        rows.append(["SMITH JANE", "987654321A", "1957-03-09"])
    for row in rows:
        sheet.append(row)
    path = tmp_path / "carc_2024-06.xlsx"
    book.save(path)
    texts = list(told(path))
    assert texts
    assert not any(canary in text for text in texts for canary in (*CANARIES, "SMITH"))


def test_what_openpyxl_says_of_a_cell_is_not_handed_on(tmp_path: Path):
    """It quotes the cell that it cannot read, in an exception of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["code", "start_date", "end_date"], [1, "1995-01-01", None], [2, "1995-01-01", None]):
        sheet.append(row)
    path = tmp_path / "carc_2024-06.xlsx"
    book.save(path)
    _replace_in(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>2</v>", b"<v>SM1TH</v>"))
    texts = list(told(path))
    assert any("cannot be read as an xlsx workbook" in text for text in texts)
    assert not any("SM1TH" in text for text in texts)


def _replace_in(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert change(parts[part]) != parts[part]
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_the_store_says_no_more_than_the_readers(tmp_path: Path):
    path = tmp_path / "carc_2024-06.csv"
    path.write_text("code,start_date,end_date\n" + "1,1995-01-01,\n" * 9 + "SMITH JANE,1957-03-09,987654321A\n")
    added = add([path], tmp_path / "store")
    texts = [
        *(why.reason for _, why in added.refused),
        *(what for edition in added.editions for what in edition.missing),
    ]
    assert len(texts) == 2
    assert not any(canary in text for text in texts for canary in ("SMITH", "1957", "987654321A"))
