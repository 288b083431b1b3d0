"""Kills a process that records, again and again, at random points: no line may be lost or doubled.

    python tools/benchmarks/history_kills.py [--kills 200] [--seed 1]

A child process records an endless input in chunks; the parent kills it (SIGKILL) after a random time, opens the
database, and starts another, which resumes where the input stands. At every kill the lines in the history must be
exactly those of the claims before the resume point. Exits with 1 where they are not.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from claimcheck import Claim, ClaimResult, Disposition, LineResult, Receipt, ServiceLine, SqliteHistory
from claimcheck.claims import ServiceUse

KEY = bytes(range(32))
MEMBERS = 97
RECEIPT = Receipt("0", "default", "0")
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


def claim_of(number: int) -> tuple[Claim, ClaimResult]:
    """The claim at a place of the input; every fiftieth replaces the one before it of its member."""
    day = FIRST + timedelta(days=number % 366)
    lines = [ServiceLine(code, service_date=day, units=1) for code in ("3044F", "99213")]
    replaces = number % 50 == 0 and number >= MEMBERS
    claim = Claim(
        claim_id=f"C{number}",
        member_id=f"M{number % MEMBERS}",
        claim_type="professional",
        frequency_code="7" if replaces else "1",
        original_claim_id=f"C{number - MEMBERS}" if replaces else None,
        lines=lines,
    )
    verdicts = tuple(LineResult(place, place, Disposition.PAYABLE) for place in (1, 2))
    use = ServiceUse(position=1, service="a1c", limit="yearly", most=1, window="calendar_year", per="member")
    return claim, ClaimResult(claim.claim_id, Disposition.PAYABLE, verdicts, (), (), RECEIPT, (use,))  # type: ignore[arg-type]


def child(path: str) -> None:
    """Records from where the input stands until it is killed."""
    history = SqliteHistory(path, KEY)
    with history.recording("input", chunk=100) as recording:
        print("ready", flush=True)
        for number in count(recording.position):
            recording.record(*claim_of(number))


def wrong(path: Path) -> tuple[int, int]:
    """How many claims are recorded, and how many lines are not there exactly once."""
    history = SqliteHistory(path, KEY)
    done = history.resume_point("input")
    replaced = {number - MEMBERS for number in range(MEMBERS, done) if number % 50 == 0}
    expected = Counter(
        (f"C{number}", position) for number in range(done) if number not in replaced for position in (1, 2)
    )
    found = Counter(
        (line.claim, line.position) for member in range(MEMBERS) for line in history.lines(f"M{member}", FIRST, LAST)
    )
    history.close()
    return done, sum(((expected - found) + (found - expected)).values())


def killed(path: Path, seconds: float) -> None:
    """Starts a child and kills it so many seconds after it is ready."""
    command = [sys.executable, __file__, "--child", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603 - this file
        assert process.stdout is not None  # noqa: S101 - for the type
        process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)


def main(kills: int, seed: int) -> int:
    """Kills so many times; the exit code."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        most = 0.15
        bad = moved = done = 0
        for _ in range(kills):
            killed(path, chance.random() * most)
            before = done
            done, faults = wrong(path)
            bad += faults
            moved += done > before
            most = most if done > before else 2 * most  # so that the times fit a machine that is busy
        print(f"{kills} kills, {done} claims recorded, {moved} times further; lines lost or doubled: {bad}")
    return int(bad > 0 or not moved)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--child", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.child:
        child(given.child)
    else:
        sys.exit(main(given.kills, given.seed))
