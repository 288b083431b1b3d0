"""The command: `python -m tools.benchmarks`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tools.benchmarks import page
from tools.benchmarks.generator import MissingReferenceError
from tools.benchmarks.inputs import Inputs, Options
from tools.benchmarks.measures import MEASURES, Row

__all__ = ["main", "options"]

_ABOUT = "How fast claimcheck is, beside its peers."
_PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
_FOLDER = Path(__file__).parents[2] / "build" / "benchmarks"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures what was asked for, prints the table, and writes the page where that was asked for."""
    parser = _parser()
    given = parser.parse_args(arguments)
    inputs = Inputs(options(given))
    where = page.machine()
    print(where, flush=True)
    rows: list[Row] = []
    try:
        for name in inputs.options.only or MEASURES:
            for row in MEASURES[name](inputs):
                rows.append(row)
                print(page.text(row), flush=True)
    except MissingReferenceError as error:
        parser.error(str(error))
    if given.write is not None:
        lines = sum(len(claim["lines"]) for claim in inputs.claims)
        today = datetime.now().astimezone().date()
        page.rewrite(given.write, page.markdown(rows, inputs.options, where, today, lines))
    return 0


def options(given: argparse.Namespace) -> Options:
    """What the arguments say."""
    return Options(
        tables=given.tables.resolve(),
        folder=given.folder.resolve(),
        **({"reference": given.reference.resolve()} if given.reference else {}),
        lines=given.lines,
        frame_lines=given.frame_lines,
        x12_lines=given.x12_lines,
        rounds=given.rounds,
        seed=given.seed,
        policy=given.policy,
        pythons=tuple(given.python),
        only=tuple(given.only or ()),
        growth=given.growth,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.benchmarks", description=_ABOUT)
    add = parser.add_argument
    add("--tables", type=Path, required=True, help="a store made with `claimcheck tables add`")
    add(
        "--reference",
        type=Path,
        help="the folder of code frequencies, diagnoses and official PTP and MUE files",
    )
    add("--folder", type=Path, default=_FOLDER, help="for environments and generated files (default: build/benchmarks)")
    add("--lines", type=int, default=60_000, help="of claims as values and mappings (default: 60,000)")
    add("--frame-lines", type=int, default=1_000_000, help="of the Parquet file; 10,000,000 takes long")
    add("--x12-lines", type=int, default=5_000, help="of all claims, of which the professional ones are written as X12")
    add("--rounds", type=int, default=5, help="after one that is not counted (default: 5)")
    add("--seed", type=int, default=1, help="of the generator (default: 1)")
    add("--policy", default="default", help="its name (default: default)")
    add("--python", action="append", default=[], help="a Python for peers that need a newer one; may be repeated")
    add("--only", action="append", choices=MEASURES, help="this measure; may be repeated (default: all)")
    add("--growth", action="store_true", help="also 1,000,000 and 10,000,000 lines through validate_claims")
    add(
        "--write",
        type=Path,
        nargs="?",
        const=_PAGE,
        help="put the figures into a page (docs/performance.md)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
