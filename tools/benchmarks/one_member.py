"""How long the claims of one member take, and as many of as many members: the first are to take hardly longer.

    python tools/benchmarks/one_member.py 1000 10000 100000

One line of figures for each executor and mix of claims: seconds of processor time for the claims of one member, for
those of so many members, and how many times as long the first took. Mixes: `visits` (99213 and what else an office
bills, a few claims a day over twenty years), `reports` (all 3044F, of which a limit counts one a year), `days` (all on
thirty days, by a hundred providers).
"""

from __future__ import annotations

import argparse
import gc
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from time import process_time
from typing import Any

from claimcheck import Claim, MemoryHistory, SqliteHistory, Validator

FIRST = date(2005, 1, 1)
CODES = ("99213", "36415", "80053", "71046", "97110")


def _npi(number: int) -> str:
    """A well-formed NPI: its last digit makes the Luhn sum of the number, with 80840 before it, end in 0."""
    digits = [int(digit) for digit in f"80840{1_000_000_00 + number}"]
    total = sum(sum(divmod(2 * digit, 10)) if place % 2 == 0 else digit for place, digit in enumerate(reversed(digits)))
    return f"{1_000_000_00 + number}{-total % 10}"


NPIS = [_npi(number) for number in range(100)]


def claims(count: int, mix: str, *, members: bool) -> list[dict[str, Any]]:
    """Claims of one line each, of one member, or each of its own."""
    made = []
    codes = cycle(CODES if mix != "reports" else ("3044F",))
    for number, code in zip(range(count), codes, strict=False):
        day = FIRST + timedelta(days=number * 7300 // count if mix != "days" else number % 30)
        line = {"procedure_code": code, "units": 1, "charge": "0.00" if code.endswith("F") else "100.00"}
        npi = NPIS[number % (100 if mix == "days" else 2)]
        made.append(
            {
                "claim_id": f"C{number:07}",
                "claim_type": "professional",
                "member_id": f"M{number}" if members else "M",
                "billing_npi": npi,
                "received_date": "2025-01-31",
                "lines": [{**line, "service_date": day.isoformat()}],
            }
        )
    return made


def in_memory(batch: list[dict[str, Any]]) -> None:
    """`validate_claims` of a list."""
    _drained(Validator().validate_many(batch))


def as_read(batch: list[dict[str, Any]]) -> None:
    """`validate_claims` of an iterator."""
    _drained(Validator().validate_many(iter(batch)))


def memory_history(batch: list[dict[str, Any]]) -> None:
    """Each claim validated over a `MemoryHistory`, and recorded."""
    history = MemoryHistory()
    _recorded(batch, history)


def sqlite(batch: list[dict[str, Any]]) -> None:
    """The same over a `SqliteHistory`, recorded in chunks."""
    with tempfile.TemporaryDirectory() as folder:
        history = SqliteHistory(Path(folder) / "history.db")
        validator = Validator(history=history)
        with history.recording("batch") as recording:
            read = [Claim.from_dict(one) for one in batch]
            for start in range(0, len(read), 1000):
                chunk = read[start : start + 1000]
                for claim, result in zip(chunk, validator.validate_many(chunk), strict=True):
                    recording.record(claim, result)
        history.close()


def frames(batch: list[dict[str, Any]]) -> None:
    """`validate_frame` of the same lines."""
    import polars as pl

    from claimcheck.frames import validate_frame

    rows = [{**{name: value for name, value in one.items() if name != "lines"}, **one["lines"][0]} for one in batch]
    validate_frame(pl.DataFrame(rows), workers=1)


EXECUTORS: dict[str, Callable[[list[dict[str, Any]]], None]] = {
    "list": in_memory,
    "iterator": as_read,
    "memory": memory_history,
    "sqlite": sqlite,
    "frames": frames,
}


def _drained(results: Iterator[Any]) -> None:
    for _ in results:
        pass


def _recorded(batch: list[dict[str, Any]], history: MemoryHistory) -> None:
    validator = Validator(history=history)
    for one in batch:
        claim = Claim.from_dict(one)
        history.record(claim, validator.validate(claim))


def seconds(executor: Callable[[list[dict[str, Any]]], None], batch: list[dict[str, Any]]) -> float:
    """How long an executor takes for a batch: processor time, which other work on the machine changes least."""
    gc.collect()
    begin = process_time()
    executor(batch)
    return process_time() - begin


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", nargs="*", type=int, default=[1000, 10_000, 100_000])
    parser.add_argument("--mix", choices=("visits", "reports", "days"), action="append")
    parser.add_argument("--executor", choices=EXECUTORS, action="append")
    asked = parser.parse_args()
    print(f"{'executor':10} {'mix':8} {'claims':>8} {'one member':>11} {'as many':>9} {'times':>6}")
    for name in asked.executor or EXECUTORS:
        for mix in asked.mix or ("visits", "reports", "days"):
            seconds(EXECUTORS[name], claims(100, mix, members=True))  # what is loaded once is no claim's
            for count in asked.counts:
                several = seconds(EXECUTORS[name], claims(count, mix, members=True))
                one = seconds(EXECUTORS[name], claims(count, mix, members=False))
                print(f"{name:10} {mix:8} {count:8,} {one:9.2f} s {several:7.2f} s {one / several:6.2f}", flush=True)


if __name__ == "__main__":
    main()
