"""claimcheck's `validate_claims`: `claims.py CLAIMS objects|mappings|met TABLES POLICY`.

Each round begins with nothing known; with `met` one validator judges in all rounds, and has met the claims before.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from serve import load_claims, serve, version

from claimcheck import Claim, Policy, Tables, Validator, validate_claims


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    path, mode, store, name = sys.argv[1:]
    given: list[Any] = load_claims(path)
    lines = sum(len(claim["lines"]) for claim in given)
    if mode != "mappings":
        given = [Claim.from_dict(claim) for claim in given]
    tables, policy = Tables.open(store), Policy.load(name)
    validator = Validator(policy, tables)

    def run() -> dict[str, Any]:
        judged = (
            validator.validate_many(given) if mode == "met" else validate_claims(given, policy=policy, tables=tables)
        )
        return {"lines": lines, "findings": sum(len(result.findings) for result in judged)}

    return {"version": version("claimcheck"), "claims": len(given), "lines": lines}, run


if __name__ == "__main__":
    serve(prepare)
