"""A regex and a dict of pairs in plain Python: `plain.py CLAIMS PTP_TABLE`.

As fast as a loop over claims can be that says anything at all: it knows no dates, modifiers, units, diagnoses or
providers, and gives a list of what it found. What a user would write on a first afternoon.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from serve import load_claims, serve

_LEAST = 250_000  #: lines of a run: fewer take too short a time to be compared

_LOOKS_RIGHT = re.compile(r"[0-9]{4}[0-9AFMTU]|[A-V][0-9]{4}").fullmatch


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    path, table = sys.argv[1:]
    claims = [(claim["claim_type"], claim["lines"]) for claim in load_claims(path)]
    pairs: dict[str, dict[str, set[str]]] = {"professional": defaultdict(set), "institutional": defaultdict(set)}
    with open(table, encoding="ascii") as file:  # noqa: PTH123 - as plain as a worker can be
        for line in file:
            setting, one, two = line.split()
            pairs[setting][one].add(two)
    partners = {setting: dict(of) for setting, of in pairs.items()}
    lines = sum(len(of_claim) for _, of_claim in claims)
    times = max(_LEAST // max(lines, 1), 1)

    def run() -> dict[str, Any]:
        for _ in range(times):
            found = _found(claims, partners)
        return {"lines": lines * times, "findings": len(found)}

    return {"version": f"Python {sys.version.split()[0]}", "claims": len(claims), "lines": lines}, run


def _found(claims: list[tuple[str, Any]], partners: dict[str, dict[str, set[str]]]) -> list[tuple[str, str]]:
    found = []
    for setting, of_claim in claims:
        known = partners[setting]
        codes = set()
        for line in of_claim:
            code = line.get("procedure_code")
            if code is not None:
                if not _LOOKS_RIGHT(code):
                    found.append(("format", code))
                codes.add(code)
        for code in codes:
            held = known.get(code)
            if held is not None and not held.isdisjoint(codes):
                found.append(("pair", code))
    return found


if __name__ == "__main__":
    serve(prepare)
