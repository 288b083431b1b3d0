"""How cost grows: `growth.py CLAIMS SEED REFERENCE TABLES POLICY`, so many claims, judged as they come.

Claims are made while they are judged, 100,000 at a time, and only the judging is timed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from serve import serve, version
from tools.benchmarks.generator import Generator, Reference, claims

from claimcheck import Claim, Policy, Tables, validate_claims


class _Clock:
    """Adds up the time that passes within it."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self._began[0]
        self.cpu += time.process_time() - self._began[1]


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    count, seed, reference, store, name = sys.argv[1:]
    generator = Generator(Reference.load(Path(reference)), int(count), int(seed))
    tables, policy = Tables.open(store), Policy.load(name)

    def run() -> dict[str, Any]:
        making, counts = _Clock(), {"lines": 0, "findings": 0}

        def made() -> Iterator[Claim]:
            chunks = generator.chunks()
            while True:
                with making:
                    chunk = next(chunks, None)
                    read = [] if chunk is None else [*claims(chunk)]
                if chunk is None:
                    return
                counts["lines"] += len(chunk)
                yield from read

        all_of_it = _Clock()
        with all_of_it:
            for result in validate_claims(made(), policy=policy, tables=tables):
                counts["findings"] += len(result.findings)
        return {"seconds": all_of_it.wall - making.wall, "cpu_seconds": all_of_it.cpu - making.cpu, **counts}

    return {"version": version("claimcheck")}, run


if __name__ == "__main__":
    serve(prepare)
