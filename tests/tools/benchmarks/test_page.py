"""The page's figures are written between its markers, and nothing else is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tools.benchmarks.inputs import Options
from tools.benchmarks.measures import Row
from tools.benchmarks.page import BEGIN, END, markdown, rewrite, text

ROW = Row("frames", "a|b", "all rules", "5 lines/s", "2.0", ">= 1", "claimcheck 1")


def test_only_what_is_between_the_markers_changes(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Speed\n\n{BEGIN}\n\nold\n\n{END}\n\nHow.\n")
    rewrite(page, "new\n")
    rewrite(page, "newer\n")
    assert page.read_text() == f"# Speed\n\n{BEGIN}\n\nnewer\n\n{END}\n\nHow.\n"


@pytest.mark.parametrize("content", ["", BEGIN, END, f"{END}\n{BEGIN}"])
def test_a_page_without_markers_is_left_alone(tmp_path: Path, content: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(content)
    with pytest.raises(ValueError, match="lacks a marker"):
        rewrite(page, "new")
    assert page.read_text() == content


def test_the_figures_say_when_on_what_and_with_what(tmp_path: Path) -> None:
    options = Options(tables=tmp_path, folder=tmp_path, reference=tmp_path)
    said = markdown([ROW], options, "a machine", date(2024, 8, 1), 60_000)
    for part in (
        "2024-08-01",
        "claimcheck 1",
        "a machine",
        "60,000 lines",
        "### frames",
        "| a\\|b | 5 lines/s | 2.0 |",
    ):
        assert part in said


def test_a_row_for_the_terminal_leaves_out_what_there_is_not() -> None:
    assert text(Row("X12", "pyx12", "", "5 lines/s")) == "X12: pyx12 | 5 lines/s"


def test_the_page_of_the_documentation_has_its_markers() -> None:
    page = Path(__file__).parents[3] / "docs" / "performance.md"
    assert page.read_text().index(BEGIN) < page.read_text().index(END)
