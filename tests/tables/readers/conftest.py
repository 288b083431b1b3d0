"""Fixture files in the official layouts, and the ways in which they come: gzipped, zipped, as a workbook."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from claimcheck.tables.readers import Reading, Row, read

FIXTURES = Path(__file__).parent / "fixtures"

#: the fixture files, each by itself a table
TABLES = sorted(path.name for path in FIXTURES.glob("*.*") if "addenda" not in path.name and path.suffix)


@pytest.fixture(params=TABLES)
def table_file(request: pytest.FixtureRequest) -> Path:
    """Each of the fixture files in turn."""
    return FIXTURES / request.param


@pytest.fixture
def fixture() -> Callable[[str], Path]:
    """The path of a fixture file."""
    return lambda name: FIXTURES / name


@pytest.fixture
def only() -> Callable[..., Reading]:
    """The one reading of a file."""

    def one(path: Path, **asked: object) -> Reading:
        [reading] = read(path, **asked)  # type: ignore[arg-type]
        return reading

    return one


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., Path]:
    """A copy of a fixture file with bytes replaced, under the same name or another."""

    def edit(name: str, *changes: tuple[bytes, bytes], to: str | None = None) -> Path:
        content = (FIXTURES / name).read_bytes()
        for old, new in changes:
            assert old in content
            content = content.replace(old, new)
        path = tmp_path / (to or name)
        path.write_bytes(content)
        return path

    return edit


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[..., Path]:
    """A zip of fixture files, or of content given by name."""

    def make(name: str, *fixtures: str, **content: bytes) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for fixture in fixtures:
                archive.write(FIXTURES / fixture, fixture)
            for member, data in content.items():
                archive.writestr(member, data)
        return path

    return make


@pytest.fixture
def gzipped(tmp_path: Path) -> Callable[[str], Path]:
    """A gzipped fixture file."""

    def make(name: str) -> Path:
        path = tmp_path / f"{name}.gz"
        path.write_bytes(gzip.compress((FIXTURES / name).read_bytes(), mtime=0))
        return path

    return make


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[[str, str], Path]:
    """The xlsx twin of a fixture file of columns, as CMS publishes them: numbers are numbers where they can be."""

    def make(name: str, to: str) -> Path:
        text = (FIXTURES / name).read_bytes().decode("latin-1")
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in text else ","):
            if row != ["\x1a"]:
                sheet.append([_cell(text) for text in row])
        book.save(tmp_path / to)
        return tmp_path / to

    return make


def _cell(text: str) -> object:
    return int(text) if text.isdigit() and str(int(text)) == text else text or None


def rows_of(path: Path, **asked: object) -> dict[str, list[Row]]:
    """Table to rows, of all readings of a file."""
    return {reading.table: list(reading.rows()) for reading in read(path, **asked)}  # type: ignore[arg-type]
