"""claimcheck's columns on outpatient claims: `outpatient_frame.py CLAIMS new|met TABLES POLICY`, in one process.

With `new` each round begins with nothing known; with `met` one engine validates in all rounds, and has met the claims
before.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from serve import load_claims, serve, version

_OF_CLAIM = ("claim_id", "claim_type", "member_id", "birth_date", "sex", "billing_npi", "bill_type", "patient_status")
_DATES = ("statement_from", "statement_through", "received_date")
_OF_LINE = ("procedure_code", "revenue_code", "service_date", "units", "charge")
_DIAGNOSES, _MODIFIERS = 3, 4


def prepare() -> tuple[dict[str, Any], Callable[[], dict[str, Any]]]:
    import polars as pl

    from claimcheck import Policy, Tables
    from claimcheck.columns.claim_by_claim import ClaimByClaim
    from claimcheck.columns.engine import Engine
    from claimcheck.columns.fields import Fields
    from claimcheck.columns.table import Columns
    from claimcheck.engine import Validator
    from claimcheck.frames.validating import verdicts

    path, mode, store, policy = sys.argv[1:]
    claims = load_claims(path)
    rows = [row for number, claim in enumerate(claims) for row in _rows(claim, f"M{number}")]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
    columns, tables, chosen = Columns.of(frame.columns, None), Tables.open(store), Policy.load(policy)

    def engine() -> Engine:
        return Engine(ClaimByClaim(columns, Validator(chosen, tables), None), Fields(columns))

    kept = engine()

    def run() -> dict[str, Any]:
        used = kept if mode == "met" else engine()
        return {"lines": len(frame), "findings": sum(len(part.findings) for part in verdicts(frame, used))}

    return {"version": version("claimcheck"), "claims": len(claims), "lines": len(frame)}, run


def _rows(claim: dict[str, Any], member: str) -> list[dict[str, str | None]]:
    """The claim's lines as rows of text; each claim is of a member of its own."""
    head = {name: claim[name] for name in (*_OF_CLAIM, *_DATES)} | {"member_id": member}
    head["condition_codes"] = " ".join(claim["condition_codes"]) or None
    head |= _numbered("diagnosis", claim["diagnoses"], _DIAGNOSES)
    return [
        {**head, **{name: _text(line.get(name)) for name in _OF_LINE}}
        | _numbered("modifier", line.get("modifiers", []), _MODIFIERS)
        for line in claim["lines"]
    ]


def _numbered(name: str, values: list[str], most: int) -> dict[str, str | None]:
    return {f"{name}_{place + 1}": values[place] if place < len(values) else None for place in range(most)}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


if __name__ == "__main__":
    serve(prepare)
