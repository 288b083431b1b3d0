"""claimcheck on an X12 file: `x12_claims.py FILE read|check TABLES POLICY`; `check` reads and validates."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from serve import serve, version

from claimcheck import Policy, Tables, validate_claims
from claimcheck.io import read_claims


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    path, mode, store, name = sys.argv[1:]
    tables, policy = Tables.open(store), Policy.load(name)
    sizes = [len(claim.lines) for claim in read_claims(path)]

    def run() -> dict[str, Any]:
        claims = read_claims(path)
        if mode == "read":
            return {"lines": sum(len(claim.lines) for claim in claims), "findings": 0}
        results = validate_claims(claims, policy=policy, tables=tables)
        return {"lines": sum(sizes), "findings": sum(len(result.findings) for result in results)}

    return {"version": version("claimcheck"), "claims": len(sizes), "lines": sum(sizes)}, run


if __name__ == "__main__":
    serve(prepare)
