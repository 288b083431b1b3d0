"""How fast frames are validated in columns: `python -m tools.benchmarks.columns LINES --tables STORE`.

From nothing, and again with all kinds of lines met before; in one process. What was judged claim by claim is counted.
`--joins` measures beside it joins by hand that answer PTP alone: a plain one, and one that is as good as can be.
"""

from __future__ import annotations

import argparse
import importlib
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from claimcheck.columns.claim_by_claim import ClaimByClaim
from claimcheck.columns.engine import Engine
from claimcheck.columns.fields import Fields
from claimcheck.columns.table import Columns
from claimcheck.engine import Validator
from claimcheck.frames.validating import verdicts
from tools.benchmarks.inputs import Inputs, Options

__all__ = ["main"]

_FOLDER = Path(__file__).parents[2] / "build" / "benchmarks"


def main() -> None:
    """Measures, and prints what was measured."""
    parser = argparse.ArgumentParser(prog="python -m tools.benchmarks.columns")
    parser.add_argument("lines", type=int)
    parser.add_argument("--tables", type=Path, required=True)
    parser.add_argument("--reference", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=_FOLDER)
    parser.add_argument("--policy", default="default")
    parser.add_argument("--profile", action="store_true", help="of the second run")
    parser.add_argument("--joins", action="store_true", help="measure joins by hand beside it")
    given = parser.parse_args()
    options = Options(
        tables=given.tables, folder=given.folder, reference=given.reference, frame_lines=given.lines, lines=60_000
    )
    inputs = Inputs(options)
    path = inputs.parquet
    frame = pl.read_parquet(path) if given.lines <= 2_000_000 else pl.scan_parquet(path)
    lines = pl.scan_parquet(path).select(pl.len()).collect().item()
    columns = Columns.of(frame.collect_schema().names(), None)
    engine: list[Engine] = []

    def from_nothing() -> Any:
        engine.append(Engine(ClaimByClaim(columns, Validator(given.policy, given.tables), None), Fields(columns)))
        return again()

    def again() -> Any:
        return [len(part.findings) for part in verdicts(frame, engine[0])]

    _measured("from nothing", lines, from_nothing)
    print(_told(engine[0]))
    if given.profile:
        import cProfile
        import pstats

        with cProfile.Profile(time.process_time) as profile:
            _measured("kinds met before", lines, again)
        pstats.Stats(profile).sort_stats("cumtime").print_stats("claimcheck", 70)
    else:
        _measured("kinds met before", lines, again)
        _measured("kinds met before", lines, again)
    if given.joins:
        for name in ("polars_join", "codes_join"):
            _join(name, path, inputs, lines)


def _join(name: str, path: Path, inputs: Inputs, lines: int) -> None:
    """Measures a join by hand, whose worker is a script beside `serve.py`."""
    workers = str(Path(__file__).parent / "workers")
    sys.argv = [name, str(path), str(inputs.ptp[0]), str(inputs.mue), "ptp"]
    sys.path.insert(0, workers)
    try:
        about, run = importlib.import_module(name).prepare()
    finally:
        sys.path.remove(workers)
    for _ in range(2):
        _measured(f"{name} {about['version']}", lines, run)
    print(f"  findings: {run()['findings']:,}")


def _measured(name: str, lines: int, run: Callable[[], Any]) -> None:
    clock, cpu = time.perf_counter(), time.process_time()
    run()
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:18} {lines:,} lines: {clock:7.2f} s, {lines / clock:11,.0f} lines/s; CPU {cpu:7.2f} s,"
        f" {cpu / lines * 1e9:7,.0f} ns a line; peak {peak:,.0f} MB",
        flush=True,
    )


def _told(engine: Engine) -> str:
    share, judging, several_lines = engine.share, engine.judging, engine.several_lines
    return (
        f"claim by claim: {share.odd_lines:,} of {share.lines:,} lines ({share.odd_lines / share.lines:.2%}), beside"
        f" others of the member {share.met_lines:,} ({share.met_as_values:,} claim by claim); rules of several lines"
        f" asked of {several_lines.asked:,} kinds of claims;"
        f" {len(judging.own):,} kinds of lines, {judging.calls:,} calls of rules, {len(engine.verdicts):,} verdicts"
    )


if __name__ == "__main__":
    main()
