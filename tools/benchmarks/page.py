"""The table, for a terminal and for the page; only what stands between the page's markers is written anew."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from tools.benchmarks.inputs import Options
from tools.benchmarks.measures import Row

__all__ = ["BEGIN", "END", "machine", "markdown", "rewrite", "text"]

BEGIN = "<!-- figures: written by python -m tools.benchmarks -->"
END = "<!-- end of figures -->"


def machine() -> str:
    """Processor, cores, memory, system and Python, in a line; and whether the machine has other work."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    load = os.getloadavg()[0]
    busy = "; **it was busy with other work, and only ratios say something**" if load > cores / 2 else ""
    return (
        f"{_processor()}, {cores} cores, {pages:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; load average {load:.1f} when it began{busy}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = info.read_text().splitlines() if info.exists() else []
    return next((line.partition(":")[2].strip() for line in names if line.startswith("model name")), platform.machine())


def text(row: Row) -> str:
    """A row for a terminal."""
    parts = [f"{row.measure}: {row.contestant}", row.figure, row.ratio, row.goal and f"goal {row.goal}"]
    return " | ".join(filter(None, parts))


def markdown(rows: Sequence[Row], options: Options, where: str, day: date, lines: int) -> str:
    """The figures of a run, with when, where and on what it ran."""
    versions = sorted({row.versions for row in rows if row.versions})
    said = [
        f"Measured on {day.isoformat()} with {', '.join(versions)}.",
        "",
        f"Machine: {where}.",
        "",
        f"Claims: {lines:,} lines, seed {options.seed}; {options.frame_lines:,} lines as Parquet.",
        "",
        f"Policy `{options.policy}`; {options.rounds} rounds after one that is not counted.",
        "Figures are medians, with the least and the greatest in brackets.",
        "",
    ]
    for measure, of_measure in groupby(rows, lambda row: row.measure):
        said += [
            f"### {measure}",
            "",
            "| what ran | figure | ratio | goal | what it answers |",
            "| --- | --- | --- | --- | --- |",
        ]
        said += [_cells(row.contestant, row.figure, row.ratio, row.goal, row.answers) for row in of_measure]
        said.append("")
    return "\n".join(said)


def _cells(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def rewrite(page: Path, figures: str) -> None:
    """Puts the figures between the page's markers.

    Raises:
        ValueError: the page has no markers.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page} lacks a marker: {BEGIN} and {END} are needed, each on a line of its own")
    page.write_text(f"{before}{BEGIN}\n\n{figures}\n{END}{after}", encoding="utf-8")


def table(rows: Iterable[Row]) -> str:
    """All rows, one a line."""
    return "\n".join(map(text, rows))
