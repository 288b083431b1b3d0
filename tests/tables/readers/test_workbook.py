"""xlsx workbooks: the quirks of real ones, and what hostile ones try."""

from __future__ import annotations

import builtins
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from claimcheck.errors import TableError
from claimcheck.tables.readers import read, workbook
from claimcheck.tables.rows import CarcRow, MueRow

HEADER = ["code", "start_date", "end_date"]


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """A workbook of the given sheets of rows."""

    def make(*sheets: list[list[Any]], name: str = "carc_2024-06.xlsx") -> Path:
        made = openpyxl.Workbook()
        made.remove(made.worksheets[0])
        for rows in sheets:
            sheet = made.create_sheet()
            for row in rows:
                sheet.append(row)
        made.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def repacked() -> Callable[..., Path]:
    """The workbook with one of its parts changed."""

    def change(path: Path, part: str, edit: Callable[[bytes], bytes]) -> Path:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        assert edit(parts[part]) != parts[part]
        parts[part] = edit(parts[part])
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return path

    return change


def rows_of(path: Path) -> list[Any]:
    return [row for reading in read(path) for row in reading.rows()]


def refusal(path: Path) -> str:
    with pytest.raises(TableError) as caught:
        rows_of(path)
    return str(caught.value)


def test_numbers_dates_and_missing_cells(book: Callable[..., Path]):
    path = book([HEADER, [1, datetime(1995, 1, 1), None], [2.0, date(1996, 1, 1)], ["A1", "1995-01-01", "2007-07-01"]])
    assert rows_of(path) == [
        CarcRow("1", date(1995, 1, 1), None),
        CarcRow("2", date(1996, 1, 1), None),
        CarcRow("A1", date(1995, 1, 1), date(2007, 7, 1)),
    ]


def test_a_whole_number_may_be_written_with_a_point(book: Callable[..., Path], repacked: Callable[..., Path]):
    path = book([HEADER, [2, "1995-01-01", None]])
    repacked(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>2</v>", b"<v>2.0</v>"))
    assert rows_of(path) == [CarcRow("2", date(1995, 1, 1), None)]


def test_the_table_may_stand_on_a_later_sheet(book: Callable[..., Path]):
    path = book([["Read me first"]], [HEADER, ["1", "1995-01-01", None]])
    assert rows_of(path) == [CarcRow("1", date(1995, 1, 1), None)]


def test_a_workbook_without_a_table(book: Callable[..., Path]):
    assert "is a workbook of which no sheet is a table" in refusal(book([["Read me first"]], []))


def test_a_number_that_is_not_whole_is_refused(book: Callable[..., Path]):
    header = ["HCPCS/\nCPT Code", "Practitioner Services MUE Values", "MUE Adjudication Indicator", "MUE Rationale"]
    path = book(
        [header, ["A0425", 250, "1 Line Edit", "x"], ["G0463", 0, 3, "y"], ["A0428", 1.5, 3, "z"]],
        name="mue_2024q2.xlsx",
    )
    [reading] = read(path)
    assert list(reading.rows()) == [MueRow("A0425", 250, 1, "x"), MueRow("G0463", 0, 3, "y")]
    assert [refused.row for refused in reading.refused] == [4]


def test_a_wrong_declared_size_is_not_believed(book: Callable[..., Path], repacked: Callable[..., Path]):
    path = book([HEADER, ["1", "1995-01-01", None], ["2", "1995-01-01", None]])
    repacked(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="A1:C3"', b'ref="A1:A1"'))
    assert [row.code for row in rows_of(path)] == ["1", "2"]


def test_columns_far_out_are_not_looked_at(book: Callable[..., Path]):
    assert [row.code for row in rows_of(book([HEADER, ["1", "1995-01-01", None, *[None] * 200, "x"]]))] == ["1"]


def test_rows_beyond_the_last_possible_are_refused(
    book: Callable[..., Path], repacked: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
):
    path = book([HEADER, ["1", "1995-01-01", None]])
    monkeypatch.setattr(workbook, "LARGEST_ROW", 1_000)

    def far(xml: bytes) -> bytes:
        return xml.replace(b'"2"', b'"999999999"').replace(b'"A2"', b'"A999999999"')

    repacked(path, "xl/worksheets/sheet1.xml", far)
    assert "a row beyond the last that a workbook can have" in refusal(path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_document_type_declaration_is_refused(book: Callable[..., Path], repacked: Callable[..., Path], part: str):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    padding = b"<!--" + b"x" * 10_000 + b"-->"

    def declare(xml: bytes) -> bytes:
        return padding + bomb + xml.removeprefix(b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>')

    assert "an XML part with a document type declaration" in refusal(repacked(book([HEADER, ["1"]]), part, declare))


def test_a_part_that_is_a_bomb(book: Callable[..., Path], repacked: Callable[..., Path]):
    path = repacked(book([HEADER, ["1"]]), "xl/styles.xml", lambda xml: xml + b" " * (20 << 20))
    assert "refused as a zip bomb" in refusal(path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_damaged_part(book: Callable[..., Path], repacked: Callable[..., Path], part: str):
    path = repacked(book([HEADER, ["1"]]), part, lambda xml: xml[: len(xml) // 2])
    assert "cannot be read as an xlsx workbook" in refusal(path)


def test_an_empty_part(book: Callable[..., Path], repacked: Callable[..., Path]):
    path = repacked(book([HEADER, ["1"]]), "xl/workbook.xml", lambda _: b"")
    assert "cannot be read as an xlsx workbook" in refusal(path)


def test_without_openpyxl_the_error_says_what_to_install(book: Callable[..., Path], monkeypatch: pytest.MonkeyPatch):
    path = book([HEADER, ["1"]])
    real = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name == "openpyxl":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    assert "an xlsx file needs openpyxl: pip install 'claimcheck[excel]'" in refusal(path)
