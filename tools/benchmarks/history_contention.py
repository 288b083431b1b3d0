"""Several processes judge and record claims of the same members at once: the winners must be those of one process.

    python tools/benchmarks/history_contention.py [--workers 4] [--claims 25000] [--members 1000] [--url URL]

Each worker judges its claims with the history, in their own random order, and records them in chunks; one claim in
twenty goes to two workers. Then the superseded verdicts are applied. The uses that do not exceed the limit must be
exactly those of one process that judges all claims in order, without a history. `--url` takes a database that
SQLAlchemy speaks to in place of a SQLite file. Exits with 1 where they differ.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from claimcheck import Claim, ServiceLine, SqliteHistory, Validator

KEY = bytes(range(32))
REPORTS = ("3044F", "3046F", "3051F", "3074F", "3075F", "1111F")

Verdicts = dict[tuple[str, int], bool]


def claims_of(worker: int, count: int, members: int) -> list[Claim]:
    """The claims of a worker, in no order; the last twentieth are the first ones of the next worker."""
    own = [claim_at(worker * count + place, members) for place in range(count)]
    own += [claim_at((worker + 1) * count + place, members) for place in range(count // 20)]
    random.Random(worker).shuffle(own)
    return own


def claim_at(number: int, members: int) -> Claim:
    """A claim of one or two lines of one day, among few days, so that there are ties of every kind."""
    chance = random.Random(number)
    day = date(2023, 1, 1) + timedelta(days=chance.randrange(730))
    received = day + timedelta(days=chance.randrange(30)) if chance.random() < 0.8 else None
    codes = chance.choices(REPORTS, k=chance.choice((1, 2)))
    return Claim(
        claim_id=f"C{number}",
        claim_type="professional",
        member_id=f"M{chance.randrange(members)}",
        place_of_service="11",
        received_date=received,
        lines=[ServiceLine(code, service_date=day, units=1, charge="0.00", diagnosis_pointers=[1]) for code in codes],
        diagnoses=["I10"],
    )


def opened(where: str):  # type: ignore[no-untyped-def]
    """The history at a path or a URL."""
    if "://" not in where:
        return SqliteHistory(where, KEY)
    from claimcheck.history.sql import SqlHistory

    return SqlHistory(where, KEY)


def work(where: str, worker: int, count: int, members: int) -> Verdicts:
    """Judges and records the claims of a worker; what it said of each use."""
    history = opened(where)
    validator = Validator(history=history)
    said: Verdicts = {}
    claims = claims_of(worker, count, members)
    with history.recording(f"worker {worker}", chunk=500) as recording:
        for claim, result in zip(claims, validator.validate_many(claims), strict=True):
            recording.record(claim, result)
            said |= {(str(claim.claim_id), use.position): use.excess for use in result.services}
    history.close()
    return said


def alone(workers: int, count: int, members: int) -> set[tuple[str, int]]:
    """The winners that one process finds, over all claims in order."""
    claims = {claim.claim_id: claim for worker in range(workers) for claim in claims_of(worker, count, members)}
    results = Validator().validate_many(claims.values(), sort=True)
    return {(str(one.claim_id), use.position) for one in results for use in one.services if not use.excess}


def main(where: str, workers: int, count: int, members: int) -> int:
    """Runs the workers and compares; the exit code."""
    opened(where).close()
    begun = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        parts = pool.starmap(work, [(where, worker, count, members) for worker in range(workers)])
    spent = time.perf_counter() - begun
    history = opened(where)
    # A claim that two workers judged differently is superseded, whichever verdict is taken here.
    said: Verdicts = {}
    for part in parts:
        said |= part
    superseded = 0
    for verdict in history.reconcile():
        said[verdict.claim_id, verdict.position] = verdict.found
        superseded += 1
    again = sum(1 for _ in history.reconcile())
    history.close()
    winners = {use for use, excess in said.items() if not excess}
    expected = alone(workers, count, members)
    print(
        f"{len(said)} uses in {spent:.1f} s, {superseded} verdicts superseded and {again} again; "
        f"{len(winners)} winners, {len(winners ^ expected)} others than one process finds"
    )
    return int(winners != expected or again > 0)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--workers", type=int, default=4)
    options.add_argument("--claims", type=int, default=25_000)
    options.add_argument("--members", type=int, default=1000)
    options.add_argument("--url")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = given.url or str(Path(folder) / "history.db")
        sys.exit(main(place, given.workers, given.claims, given.members))
