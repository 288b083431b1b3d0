"""What the engine itself says of the claims of a frame: what every other way must say too."""

from __future__ import annotations

import datetime
from typing import Any

import polars as pl

from claimcheck.claims import Claim
from claimcheck.columns.schema import CLAIMS, FINDINGS, LINES, NOT_CHECKED
from claimcheck.engine import Validator
from claimcheck.io.out import records
from claimcheck.io.rows import asked, claims
from claimcheck.io.rows.layout import plain
from claimcheck.io.rows.table import Row, Table, plain_cell

SCHEMAS = {"lines": LINES, "findings": FINDINGS, "not_checked": NOT_CHECKED, "claims": CLAIMS}


def claims_of(frame: pl.DataFrame, layout: str | None = None) -> list[Claim]:
    """The claims of a frame, as the reader of files has them."""
    rows = [Row(place, [plain_cell(cell) for cell in cells]) for place, cells in enumerate(frame.rows(), 1)]
    table = Table(None, [plain(name) for name in frame.columns], lambda: iter(rows), repeatable=True)
    return list(claims(table, asked(layout, None)))


def expected(
    frame: pl.DataFrame, *, layout: str | None = None, as_of: str | None = None, **options: Any
) -> dict[str, pl.DataFrame]:
    """The frames of the verdicts on the claims of a frame, in the order of their first rows."""
    ordered = sorted(claims_of(frame, layout), key=_when)
    results = list(Validator(**options).validate_many(ordered, as_of, sort=True))
    judged = sorted(zip(ordered, results, strict=True), key=lambda pair: pair[0].source.place)  # type: ignore[union-attr]
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in SCHEMAS}
    for claim, result in judged:
        assert result.claim_id == (claim.claim_id if isinstance(claim.claim_id, str) else None)
        at = result.claim_id, None, claim.source.place  # type: ignore[union-attr]
        rows["lines"] += records.lines(claim, result)
        rows["findings"] += records.findings(claim, result)
        counts = len(result.lines), len(result.findings)
        verdict = str(result.disposition), result.superseded_by, result.ok, result.complete, result.clean
        rows["claims"].append((*at, *verdict, *counts, result.returned))
        for entry in result.not_checked:
            said = entry.rule_id, str(entry.reason), entry.table, [*entry.rules]
            rows["not_checked"] += [(at[0], None, at[2], number, *said) for number in entry.lines or (None,)]
    return {name: _frame(name, found) for name, found in rows.items()}


def _frame(name: str, rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """`not_checked` without positions, which a verdict does not hold, and without an order."""
    schema = SCHEMAS[name]
    if name == "not_checked":
        return unplaced(pl.DataFrame(rows, {n: t for n, t in schema.items() if n != "position"}, orient="row"))
    return pl.DataFrame(rows, schema, orient="row")


def unplaced(not_checked: pl.DataFrame) -> pl.DataFrame:
    """What was not checked as it is compared: by claim, line number and rule."""
    columns = [name for name in NOT_CHECKED if name not in ("position", "file")]
    rows = not_checked.select(columns)
    of_claim = rows.filter(pl.col("line_number").is_null())
    of_lines = rows.filter(pl.col("line_number").is_not_null())
    return pl.concat([of_claim, of_lines]).sort([name for name in columns if name != "rules"])


def _when(claim: Claim) -> tuple[datetime.date, datetime.date, str]:
    days = [line.service_date for line in claim.lines if isinstance(line.service_date, datetime.date)]
    received = claim.received_date if isinstance(claim.received_date, datetime.date) else datetime.date.max
    return min(days, default=datetime.date.max), received, claim.claim_id if isinstance(claim.claim_id, str) else ""
