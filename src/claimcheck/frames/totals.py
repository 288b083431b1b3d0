"""What of all lines of a claim together the verdict on it may hang on."""

from __future__ import annotations

from typing import Any

import polars as pl

from claimcheck.claims import reading
from claimcheck.codes import parse_procedure, revenue
from claimcheck.codes.procedure import ProcedureKind
from claimcheck.frames.chunk import Chunk
from claimcheck.frames.companions import code_of
from claimcheck.frames.features import SMALL, Money
from claimcheck.frames.fields import LINE_READERS
from claimcheck.rules.facts.code import read_code

__all__ = ["NO_SUM", "reports", "totals", "unlike_their_sum"]

NO_SUM = 2
REVENUE_CODE = LINE_READERS["revenue_code"]


def totals(chunk: Chunk, charge: Money) -> list[pl.Series]:
    """How many lines; whether each has a place of service; whether each is at $0.00; whether their sum is the total."""
    placed = _false(chunk)
    for place in chunk.fields.places("place_of_service", of_line=True):
        placed = placed | (chunk.fields.words(chunk.rows, place.column)[1] > 0)
    all_placed, all_zero = ~chunk.any_of(~placed), ~chunk.any_of(charge.kind != SMALL)
    return [chunk.sizes, all_placed.cast(pl.Int8), all_zero.cast(pl.Int8), _states(chunk, charge)]


def unlike_their_sum(chunk: Chunk, charge: Money) -> pl.Series:
    """Whether the total charge of each claim is there, and is no sum of the charges of its lines, or is no amount."""
    total = _total(chunk)
    if total is None:
        return pl.repeat(value=False, n=len(chunk.sizes), dtype=pl.Boolean, eager=True)
    wrong = (total.cents != chunk.total(charge.cents.fill_null(0).set(_is_total_line(chunk), 0))).fill_null(value=False)
    known = _states(chunk, charge) != NO_SUM
    return (wrong & known) | total.odd | (total.kind == 1)


def _states(chunk: Chunk, charge: Money) -> pl.Series:
    """0 without a total, 1 with one that is held against the sum, `NO_SUM` where a line's charge cannot be added."""
    total = _total(chunk)
    if total is None:
        return pl.zeros(len(chunk.sizes), dtype=pl.Int8, eager=True)
    lacking = chunk.any_of(charge.cents.is_null() & ~charge.odd & ~_is_total_line(chunk))
    there = (total.kind > 0).cast(pl.Int8)
    return there + (lacking & (total.kind > 0)).cast(pl.Int8)


def _total(chunk: Chunk) -> Money | None:
    read = chunk.fields.amounts(chunk.heads, "total_charge", of_line=False)
    return None if read is None else Money.of(*read)


def _is_total_line(chunk: Chunk) -> pl.Series:
    """Whether a line is the total of the paper form, which is not added, unless there are no others."""
    found = _false(chunk)
    for place in chunk.fields.places("revenue_code", of_line=True):
        found = found | chunk.fields.asked(chunk.rows, place, _is_0001, missing=False, dtype=pl.Boolean)
    return found & chunk.on_rows(chunk.any_of(~found))


def _is_0001(cell: Any) -> bool:
    return read_code(revenue.parse, reading.value_of(REVENUE_CODE(cell))).text == "0001"


def reports(chunk: Chunk) -> pl.Series:
    """Whether each line reports a CPT Category II code."""
    found = _false(chunk)
    for place in chunk.fields.places("procedure_code", of_line=True):
        found = found | chunk.fields.asked(chunk.rows, place, _is_report, missing=False, dtype=pl.Boolean)
    return found


def _is_report(cell: Any) -> bool:
    code = code_of(cell)
    return code is not None and parse_procedure(code).kind is ProcedureKind.CATEGORY_II


def _false(chunk: Chunk) -> pl.Series:
    return pl.repeat(value=False, n=len(chunk.rows), dtype=pl.Boolean, eager=True)
