"""`python -m tools.mutation run PACKAGE`, `report PACKAGE`, `planted`: see tools/mutation/README.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

from tools.mutation.copies import Copy, UnsoundError
from tools.mutation.packages import PACKAGES, modules
from tools.mutation.planted import plant, read_bugs
from tools.mutation.sampling import Mutant, interval, sample

FOLDER = Path(".mutation")
ENOUGH = 90.0


def main(arguments: list[str] | None = None) -> int:
    """Exit code 1 where too little was noticed, 2 where mutants are left to try."""
    asked = _parser().parse_args(arguments)
    return asked.do(asked)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description="Would the tests notice?")
    commands = parser.add_subparsers(required=True)
    for name, do in (("run", _run), ("report", _report)):
        command = commands.add_parser(name)
        command.add_argument("package", choices=[*PACKAGES, "all"])
        command.add_argument("--only", metavar="TEXT", help="the modules whose path holds TEXT")
        command.add_argument("--sample", type=int, metavar="N", help="N mutants of each package, drawn at random")
        command.add_argument("--seed", type=int, default=1, help="of the sample (default: 1)")
        command.set_defaults(do=do)
    planted = commands.add_parser("planted", help="the bugs of planted.toml")
    planted.add_argument("--only", metavar="TEXT", help="those whose name or file holds TEXT")
    planted.set_defaults(do=_planted)
    for command in commands.choices.values():
        command.add_argument("--folder", type=Path, default=FOLDER, help="for sessions and copies")
        command.add_argument("--jobs", type=int, default=2, help="copies that are worked in at once")
    return parser


def _packages(asked: argparse.Namespace) -> list[str]:
    return list(PACKAGES) if asked.package == "all" else [asked.package]


# ---------------------------------------------------------------------- mutants

Work = tuple[str, Path, Collection[Mutant] | None]  #: package, module, and what is wanted of it


def _run(asked: argparse.Namespace) -> int:
    waiting: Queue[Work] = Queue()
    for package in _packages(asked):
        wanted = _wanted(asked, package)
        for module in modules(package, asked.only):
            if wanted is None or any(mutant[0] == str(module) for mutant in wanted):
                waiting.put((package, module, wanted))
    threads = [Thread(target=_work, args=(waiting, asked.folder, number)) for number in range(asked.jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _report(asked)


def _wanted(asked: argparse.Namespace, package: str) -> Collection[Mutant] | None:
    """The sample of the package; None where all is wanted."""
    from tools.mutation.sessions import begin, mutants

    sessions = [(begin(asked.folder, module), module) for module in modules(package, asked.only)]
    if asked.sample is None:
        return None
    return sample((one for session, module in sessions for one in mutants(session, module)), asked.sample, asked.seed)


def _work(waiting: Queue[Work], folder: Path, number: int) -> None:
    from tools.mutation.sessions import begin, go_on

    with Copy(folder, number) as copy:
        while True:
            try:
                package, module, wanted = waiting.get_nowait()
            except Empty:
                return
            try:
                go_on(copy, begin(folder, module), module, package, wanted)
            except UnsoundError as error:
                print(f"{module}: {error}", file=sys.stderr)


def _report(asked: argparse.Namespace) -> int:
    from tools.mutation.reporting import score_of

    done, enough = True, True
    for package in _packages(asked):
        wanted = None if asked.sample is None else _wanted(asked, package)
        scores = list(score_of(asked.folder, package, asked.only, wanted))
        for score in scores:
            print(score)
        noticed = sum(score.noticed for score in scores)
        tried = noticed + sum(len(score.survivors) for score in scores)
        low, high = interval(noticed, tried)
        print(
            f"{package}: {noticed} of {tried} mutants noticed; with 95 % confidence {low:.1f} % to {high:.1f} % of all"
        )
        done = done and not any(score.left for score in scores)
        enough = enough and (not tried or 100 * noticed / tried >= ENOUGH)
    return 2 if not done else 0 if enough else 1


# ---------------------------------------------------------------------- planted bugs


def _planted(asked: argparse.Namespace) -> int:
    bugs = read_bugs(only=asked.only)
    noticed = 0
    with Copy(asked.folder, 0) as copy:
        for fate in plant(bugs, copy):
            noticed += bool(fate.noticed)
            said = {
                True: f"noticed  {fate.by or 'by hanging'}",
                False: "MISSED",
                None: "not tried: the tests took too long",
            }
            print(f"{fate.bug.name} ({fate.bug.file})\n    {said[fate.noticed]}", flush=True)
    print(f"{noticed} of {len(bugs)} noticed")
    return 0 if noticed == len(bugs) else 1


if __name__ == "__main__":
    sys.exit(main())
