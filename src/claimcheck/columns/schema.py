"""The columns of result frames: those of the files that `claimcheck.io.out` writes, and two more frames."""

from __future__ import annotations

from typing import Any, NamedTuple, get_type_hints

import polars as pl

from claimcheck.io.out.records import Adjusted, Found, Judged

__all__ = [
    "ADJUSTMENTS",
    "AMOUNT",
    "CLAIMS",
    "FINDINGS",
    "LINES",
    "NOT_CHECKED",
    "ClaimJudged",
    "Unchecked",
    "columns_of",
]

AMOUNT = pl.Decimal(38, 12)


class Unchecked(NamedTuple):
    """What could not be checked for a line, or for the claim itself if `position` is None.

    `rules` are all rules with that reason, `rule_id` the first.
    """

    claim_id: str | None
    file: str | None
    row: int | None
    line_number: int | None
    position: int | None
    rule_id: str
    reason: str
    table: str | None
    rules: tuple[str, ...]


class ClaimJudged(NamedTuple):
    """A claim and its result. `row` is its first row, `lines` and `findings` are counts.

    `returned` says that the claim is returned to the provider; `superseded_by` is the id of the claim that replaces it.
    """

    claim_id: str | None
    file: str | None
    row: int | None
    disposition: str
    superseded_by: str | None
    ok: bool
    complete: bool
    clean: bool
    lines: int
    findings: int
    returned: bool


def columns_of(kind: type[Any]) -> dict[str, pl.DataType]:
    """The columns of a frame of such records."""
    return {name: _type(str(hint)) for name, hint in get_type_hints(kind).items()}


def _type(hint: str) -> pl.DataType:
    if "tuple" in hint:
        return pl.List(pl.Int64() if "int" in hint else pl.String())
    if "Decimal" in hint:
        return AMOUNT
    if "date" in hint:
        return pl.Date()
    if "bool" in hint:
        return pl.Boolean()
    return pl.Int64() if "int" in hint else pl.String()


LINES = columns_of(Judged)
FINDINGS = columns_of(Found)
NOT_CHECKED = columns_of(Unchecked)
CLAIMS = columns_of(ClaimJudged)
ADJUSTMENTS = columns_of(Adjusted)
