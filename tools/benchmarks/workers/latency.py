"""One claim at a time: `latency.py CLAIMS TABLES POLICY three|long`.

`three`: the median over claims of three lines, each judged once by a warm validator. `long`: one claim of 999 lines.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from serve import load_claims, serve, version

from claimcheck import Claim, Validator


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    path, store, policy, which = sys.argv[1:]
    given = load_claims(path)
    claims = [_long(given)] if which == "long" else [claim for claim in given if len(claim["lines"]) == 3]
    read = [Claim.from_dict(claim) for claim in claims]
    validator = Validator(policy, store)
    lines = sum(len(claim.lines) for claim in read)

    def run() -> dict[str, Any]:
        times = []
        for claim in read:
            start = time.perf_counter()
            validator.validate(claim)
            times.append(time.perf_counter() - start)
        return {"lines": lines, "median_us": statistics.median(times) * 1e6}

    return {"version": version("claimcheck"), "claims": len(read), "lines": lines}, run


def _long(given: list[dict[str, Any]]) -> dict[str, Any]:
    """A professional claim with the lines of many."""
    professional = [claim for claim in given if claim["claim_type"] == "professional"]
    lines = [line for claim in professional for line in claim["lines"]][:999]
    numbered = [{**line, "line_number": number} for number, line in enumerate(lines, 1)]
    return {**professional[0], "lines": numbered}


if __name__ == "__main__":
    serve(prepare)
