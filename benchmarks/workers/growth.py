"""How cost grows: `growth.py CLAIMS SEED REFERENCE TABLES POLICY`, so many claims, judged as they come.

Claims are made while they are judged, 100,000 at a time, and only the judging is timed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.generator import Generator, Reference, claims
from serve import serve, version

from claimcheck import Claim, Policy, Tables, validate_claims


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    count, seed, reference, store, name = sys.argv[1:]
    generator = Generator(Reference.load(Path(reference)), int(count), int(seed))
    tables, policy = Tables.open(store), Policy.load(name)

    def run() -> dict[str, Any]:
        making = lines = findings = 0.0

        def made() -> Iterator[Claim]:
            nonlocal making, lines
            chunks = generator.chunks()
            while True:
                start = time.perf_counter()
                chunk = next(chunks, None)
                read = [] if chunk is None else [*claims(chunk)]
                making += time.perf_counter() - start
                if chunk is None:
                    return
                lines += len(chunk)
                yield from read

        start = time.perf_counter()
        for result in validate_claims(made(), policy=policy, tables=tables):
            findings += len(result.findings)
        return {"seconds": time.perf_counter() - start - making, "lines": int(lines), "findings": int(findings)}

    return {"version": version("claimcheck")}, run


if __name__ == "__main__":
    serve(prepare)
