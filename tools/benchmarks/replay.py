"""Whether receipts give their verdicts again, and what other tables would make of them; and how fast.

    python tools/benchmarks/replay.py CLAIMS... [--tables DIR] [--other DIR] [--policy default] [--most 10000]

Judges the claims of files that `read_claims` reads, keeps each verdict as JSON, and replays it from its receipt: by the
same tables, where it must be the same to the byte; and by the other tables, where all that differs must be what differs
when the claim itself is judged by them. Without a store the starter tables are meant. Exits with 1 where anything is
otherwise.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from itertools import islice

from claimcheck import Claim, ClaimResult, Tables, Validator
from claimcheck.engine.impact import compare
from claimcheck.engine.replaying import replay
from claimcheck.io import read_claims


def main() -> int:
    given = _arguments()
    own = Validator(given.policy, _tables(given.tables))
    other = Validator(given.policy, _tables(given.other))
    claims = list(islice(_claims(given.claims), given.most))

    seconds = time.perf_counter()
    kept = [json.dumps(own.validate(claim).to_dict()) for claim in claims]
    print(f"{len(kept):,} verdicts judged and written in {time.perf_counter() - seconds:.1f} s")

    differing, seconds = 0, time.perf_counter()
    for line in kept:
        verdict = ClaimResult.from_dict(json.loads(line))
        differing += bool(compare(verdict, replay(verdict.receipt, own)))
    seconds = time.perf_counter() - seconds
    print(f"replayed by their own tables: {differing:,} differ; {len(kept) / seconds:,.0f} receipts a second")

    changed, wrong = 0, 0
    for claim, line in zip(claims, kept, strict=True):
        verdict = ClaimResult.from_dict(json.loads(line))
        changes = compare(verdict, replay(verdict.receipt, other))
        wrong += changes != compare(verdict, other.validate(claim))
        changed += any(change.decides for change in changes)
    print(f"replayed by other tables: {changed:,} decide otherwise; {wrong:,} differ from judging the claim anew")
    return 1 if differing or wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", nargs="+", metavar="CLAIMS")
    parser.add_argument("--tables", metavar="DIR")
    parser.add_argument("--other", metavar="DIR")
    parser.add_argument("--policy", default="default")
    parser.add_argument("--most", type=int, default=10_000)
    return parser.parse_args()


def _tables(store: str | None) -> Tables:
    return Tables.starter() if store is None else Tables.open(store)


def _claims(files: list[str]) -> Iterator[Claim]:
    for file in files:
        yield from read_claims(file)


if __name__ == "__main__":
    sys.exit(main())
