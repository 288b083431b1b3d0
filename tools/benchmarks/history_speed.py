"""How fast a SQLite history records and answers, and how large it is.

    python tools/benchmarks/history_speed.py [--lines 1000000] [--members 100000] [--lines-per-claim 2]

Records made-up claims, already judged, in chunks: of each claim's lines every second is a Category II line that a
yearly limit counts; 2,000 doctors bill for 200 groups. Then asks for one calendar year of random members, after a
fresh start. Prints lines recorded a second, the size of the file after everything is written back, and the median and
the 99th percentile of a lookup. The targets are 20,000 lines a second, 150 MB for a million lines, 30 microseconds.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from claimcheck import Claim, ClaimResult, Disposition, LineResult, Receipt, ServiceLine, SqliteHistory
from claimcheck.claims import ServiceUse

KEY = bytes(range(32))
RECEIPT = Receipt("0", "default", "0")
REPORTS = ("3044F", "3046F", "3074F", "3078F", "1111F", "2022F", "3060F", "0500F", "1159F", "4010F")
VISITS = ("99213", "99214", "36415", "80053", "83036", "93000", "96372", "99395", "20610", "J1885")
START = date(2022, 1, 1)
DAYS = 3 * 365


def claims(lines: int, members: int, per_claim: int) -> Iterator[tuple[Claim, ClaimResult]]:
    """Claims with their verdicts, in the order in which they were received."""
    chance = random.Random(1)
    count = lines // per_claim
    groups = [f"1{number:09d}" for number in range(200)]
    doctors = {f"1{number:09d}": chance.choice(groups) for number in range(1000, 3000)}
    npis = list(doctors)
    for number in range(count):
        day = START + timedelta(days=number * DAYS // count)
        billed = [
            ServiceLine(
                chance.choice(REPORTS if place % 2 else VISITS),
                service_date=day,
                units=1,
                charge="0.01",
                line_number=place,
            )
            for place in range(1, per_claim + 1)
        ]
        rendering = chance.choice(npis)
        claim = Claim(
            claim_id=f"2024{number:09d}",
            claim_type="professional",
            member_id=f"M{chance.randrange(members):09d}",
            billing_npi=doctors[rendering],
            rendering_npi=rendering,
            received_date=day + timedelta(days=14),
            lines=billed,
        )
        verdicts = tuple(LineResult(place, place, Disposition.PAYABLE) for place in range(1, per_claim + 1))
        uses = tuple(
            ServiceUse(
                position=place,
                service=str(billed[place - 1].procedure_code),
                limit="yearly",
                most=1,
                window="calendar_year",
                per="member",
            )
            for place in range(1, per_claim + 1, 2)
        )
        yield claim, ClaimResult(claim.claim_id, Disposition.PAYABLE, verdicts, (), (), RECEIPT, uses)  # type: ignore[arg-type]


def measure(path: Path, lines: int, members: int, per_claim: int) -> dict[str, float]:
    """The figures, by name."""
    history = SqliteHistory(path, KEY)
    spent = busy = 0.0
    with history.recording("benchmark") as recording:
        pairs = claims(lines, members, per_claim)
        while batch := list(islice(pairs, 10_000)):
            begun, worked = time.perf_counter(), time.process_time()
            for claim, result in batch:
                recording.record(claim, result)
            spent += time.perf_counter() - begun
            busy += time.process_time() - worked
    history.close()
    size = path.stat().st_size
    history = SqliteHistory(path, KEY)
    chance = random.Random(2)
    times = []
    for number in range(30_000):
        member, year = f"M{chance.randrange(members):09d}", START.year + chance.randrange(3)
        begun = time.perf_counter()
        history.lines(member, date(year, 1, 1), date(year, 12, 31))
        if number >= 10_000:
            times.append(time.perf_counter() - begun)
    history.close()
    return {
        "lines recorded a second": lines / spent,
        "lines recorded a second of processor time": lines / busy,
        "megabytes": size / 1e6,
        "lookup, median, microseconds": statistics.median(times) * 1e6,
        "lookup, 99th percentile, microseconds": statistics.quantiles(times, n=100)[98] * 1e6,
    }


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--members", type=int, default=100_000)
    options.add_argument("--lines-per-claim", type=int, default=2)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, figure in measure(
            Path(folder) / "history.db", given.lines, given.members, given.lines_per_claim
        ).items():
            print(f"{name}: {figure:,.1f}")
