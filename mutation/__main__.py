"""`python -m mutation run ROOM`, `python -m mutation report ROOM`: see mutation/README.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

from mutation.reporting import score_of
from mutation.rooms import ROOMS, modules
from mutation.sessions import Copy, begin, go_on, session_of

FOLDER = Path(".mutation")
ENOUGH = 90.0


def main(arguments: list[str] | None = None) -> int:
    """Exit code 1 where the score is below 90 %, 2 where mutants are left to try."""
    parser = argparse.ArgumentParser(prog="python -m mutation", description="Would the tests notice?")
    parser.add_argument("command", choices=["run", "report"])
    parser.add_argument("room", choices=[*ROOMS, "all"])
    parser.add_argument("--only", metavar="TEXT", help="the modules whose path holds TEXT")
    parser.add_argument("--jobs", type=int, default=2, help="copies that are worked in at once")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="sessions and copies")
    asked = parser.parse_args(arguments)
    rooms = list(ROOMS) if asked.room == "all" else [asked.room]
    if asked.command == "run":
        _run([(room, module) for room in rooms for module in modules(room, asked.only)], asked.jobs, asked.folder)
    return _report(rooms, asked.only, asked.folder)


def _run(wanted: Iterable[tuple[str, Path]], jobs: int, folder: Path) -> None:
    waiting: Queue[tuple[str, Path]] = Queue()
    for entry in wanted:
        waiting.put(entry)
    threads = [Thread(target=_work, args=(waiting, Copy(folder, number), folder)) for number in range(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _work(waiting: Queue[tuple[str, Path]], copy: Copy, folder: Path) -> None:
    while True:
        try:
            room, module = waiting.get_nowait()
        except Empty:
            return
        session = session_of(folder, module)
        go_on(copy, session, begin(copy, session, module, room))


def _report(rooms: Iterable[str], only: str | None, folder: Path) -> int:
    scores = [score for room in rooms for score in score_of(folder, room, only)]
    for score in scores:
        print(
            f"{score.module}: {score.percent:.1f} % noticed ({score.noticed} noticed, {len(score.survivors)} survived, "
            f"{score.explained} explained, {score.left} left)"
        )
        for survivor in score.survivors:
            print(f"    line {survivor.line}\n      was: {survivor.was}\n      now: {survivor.now}")
    tried = sum(score.noticed + len(score.survivors) for score in scores)
    noticed = sum(score.noticed for score in scores)
    percent = 100 * noticed / tried if tried else 100.0
    print(f"{percent:.1f} % of {tried} mutants noticed")
    if any(score.left for score in scores):
        return 2
    return 0 if percent >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
