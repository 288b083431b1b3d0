"""`python -m tools.fuzz run TARGET --executions N`, `python -m tools.fuzz report`: see tools/fuzz/README.md."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from contextlib import suppress
from pathlib import Path

FOLDER = Path(".fuzz")


def main(arguments: list[str] | None = None) -> int:
    """Exit code 1 where a new failure was found, or any is on record."""
    asked = _parser().parse_args(arguments)
    return asked.do(asked)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description="Fuzz the doors of claimcheck.")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="what runs keep: ledger, grown corpus, failures")
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run", help="execute a target so many times more")
    run.add_argument("target", help="a target, or 'all', one after the other")
    run.add_argument("--executions", type=int, default=100_000)
    run.add_argument("--engine", choices=["auto", "coverage", "mutation"], default="auto")
    run.add_argument("--seed", type=int, help="of plain mutation, to repeat a run")
    run.set_defaults(do=_run)
    again = commands.add_parser("again", help="execute one kept input, and let it raise")
    again.add_argument("target")
    again.add_argument("input", type=Path)
    again.set_defaults(do=_again)
    report = commands.add_parser("report", help="what was executed so far, by target")
    report.add_argument("--ledger", type=Path, action="append", help="this ledger instead of the folder's; may repeat")
    report.set_defaults(do=_report)
    return parser


def _run(asked: argparse.Namespace) -> int:
    engine = asked.engine
    if engine == "auto":
        engine = "coverage" if importlib.util.find_spec("atheris") else "mutation"
    if asked.target == "all":
        return _every(asked)
    if engine == "coverage":
        import atheris

        with atheris.instrument_imports(include=["claimcheck"]):
            _load()
            from tools.fuzz.running import by_coverage

        return by_coverage(asked.target, asked.executions, asked.folder)
    from tools.fuzz.running import by_mutation

    return 1 if by_mutation(asked.target, asked.executions, asked.folder, asked.seed) else 0


def _every(asked: argparse.Namespace) -> int:
    """Each target in a process of its own: an engine may end its process."""
    import subprocess

    from tools.fuzz.targets import TARGETS

    options = ["--executions", str(asked.executions), "--engine", asked.engine]
    codes = [
        subprocess.run(
            [sys.executable, "-m", "tools.fuzz", "--folder", str(asked.folder), "run", target, *options], check=False
        ).returncode
        for target in TARGETS
    ]
    return 1 if any(codes) else 0


def _load() -> None:
    """Every module of the core, so that all of it is instrumented: names of claimcheck load when first used."""
    import pkgutil
    from importlib import import_module

    import claimcheck

    for module in pkgutil.walk_packages(claimcheck.__path__, "claimcheck."):
        if module.name.split(".")[1] not in ("cli", "report", "testing", "spark", "__main__"):
            with suppress(ImportError):  # what needs an extra that is not installed
                import_module(module.name)


def _again(asked: argparse.Namespace) -> int:
    from tools.fuzz.targets import TARGETS

    TARGETS[asked.target](asked.input.read_bytes())
    return 0


def _report(asked: argparse.Namespace) -> int:
    from tools.fuzz.ledger import Ledger, Stretch, totals_of
    from tools.fuzz.targets import TARGETS

    ledgers = [Ledger(asked.folder)] if asked.ledger is None else [*map(Ledger.at, asked.ledger)]
    totals = totals_of(ledgers)
    rows = [totals.get(target, Stretch(target, "all", 0, 0.0)) for target in TARGETS]
    rows.append(
        Stretch(
            "all", "all", *(sum(getattr(row, name) for row in rows) for name in ("executions", "seconds", "failures"))
        )
    )
    print(f"{'target':<10}{'executions':>14}{'seconds':>10}{'a second':>10}{'failures':>10}")
    for row in rows:
        rate = row.executions / row.seconds if row.seconds else 0
        print(f"{row.target:<10}{row.executions:>14,}{row.seconds:>10,.0f}{rate:>10,.0f}{row.failures:>10}")
    return 1 if rows[-1].failures else 0


if __name__ == "__main__":
    sys.exit(main())
