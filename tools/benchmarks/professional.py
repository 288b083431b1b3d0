"""What the rules for professional claims cost: `python -m tools.benchmarks.professional LINES --tables STORE`.

The same claims are validated with all rules and without those for professional claims, in turn, in one process and in
processor time: as values and in columns, from nothing and with all kinds of lines met before. A ratio is of two runs
that follow each other. With `POLARS_MAX_THREADS=1` no time of waiting threads is counted.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import polars as pl

from claimcheck.columns.claim_by_claim import ClaimByClaim
from claimcheck.columns.engine import Engine
from claimcheck.columns.fields import Fields
from claimcheck.columns.table import Columns
from claimcheck.engine import Validator
from claimcheck.frames.validating import verdicts
from claimcheck.io import read_claims
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Rule
from tools.benchmarks.inputs import Inputs, Options

__all__ = ["main", "without_professional"]

_FOLDER = Path(__file__).parents[2] / "build" / "benchmarks"
_DIAGNOSES = frozenset({"COD211", "COD212", "COD213", "COD214", "COV401"})  #: the others of the professional editor


def without_professional() -> list[Rule]:
    """The rules without those for professional claims."""
    return [rule for rule in all_rules() if not rule.id.startswith("PRO") and rule.id not in _DIAGNOSES]


def main() -> None:
    """Measures, and prints what was measured."""
    parser = argparse.ArgumentParser(prog="python -m tools.benchmarks.professional")
    parser.add_argument("lines", type=int)
    parser.add_argument("--tables", type=Path, required=True)
    parser.add_argument("--reference", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=_FOLDER)
    parser.add_argument("--policy", default="default")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=("values", "columns"))
    given = parser.parse_args()
    inputs = Inputs(
        Options(
            tables=given.tables,
            folder=given.folder,
            reference=given.reference,
            frame_lines=given.lines,
            lines=given.lines,
        )
    )
    path = inputs.parquet
    frame, claims = pl.read_parquet(path), [*read_claims(path)]
    lines = len(frame)
    columns = Columns.of(frame.collect_schema().names(), None)

    def validator(rules: Sequence[Rule]) -> Validator:
        return Validator(given.policy, given.tables, rules=rules)

    def values(rules: Sequence[Rule]) -> Callable[[], object]:
        made = validator(rules)
        return lambda: sum(len(result.findings) for result in made.validate_many(claims))

    def in_columns(rules: Sequence[Rule]) -> Callable[[], object]:
        engine = Engine(ClaimByClaim(columns, validator(rules), None), Fields(columns))
        return lambda: sum(len(part.findings) for part in verdicts(frame, engine))

    for name, make in (("values", values), ("columns", in_columns)):
        if given.only in (None, name):
            _compare(name, lines, make, given.rounds)


def _compare(name: str, lines: int, make: Callable[[Sequence[Rule]], Callable[[], object]], rounds: int) -> None:
    """Measures with and without the rules in turn."""
    both = {"without": without_professional(), "with": list(all_rules())}
    times: dict[tuple[str, str], list[float]] = {(which, what): [] for which in both for what in ("new", "met")}
    for number in range(rounds):
        order = list(both.items())
        for which, rules in order if number % 2 == 0 else order[::-1]:
            gc.collect()
            gc.freeze()  # what earlier runs left would be looked at again and again
            start = time.process_time()
            run = make(rules)
            run()
            between = time.process_time()
            run()
            times[which, "new"].append(between - start)
            times[which, "met"].append(time.process_time() - between)
    for what, words in (("new", "from nothing"), ("met", "kinds met before")):
        without, full = times["without", what], times["with", what]
        ratios = sorted(one / other for one, other in zip(full, without, strict=True))
        print(
            f"{name:8} {words:17} {lines:,} lines: {median(full) / lines * 1e9:,.0f} ns a line with the rules, "
            f"{median(without) / lines * 1e9:,.0f} without: {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})",
            flush=True,
        )


if __name__ == "__main__":
    main()
