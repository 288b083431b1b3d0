"""Claims that columns do not support: they are validated one by one, and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from claimcheck.columns.cells import Bools, Cells
from claimcheck.columns.chunk import Chunk
from claimcheck.columns.numbering import Ints
from claimcheck.columns.order import POSITION, has_id
from claimcheck.columns.times import NO_DAY

if TYPE_CHECKING:
    from claimcheck.columns.engine import Engine

__all__ = ["MOST_LINES", "odd_claims"]

MOST_LINES = 100
"""A claim with more lines is validated by itself: there are few, and all their lines would be compared with each
other."""


def odd_claims(chunk: Chunk, heads: Cells, cells: Cells, engine: Engine, setting: Ints) -> Bools:
    """Which claims of a chunk columns do not support, by their rows and headers."""
    fields = chunk.fields
    of_claims = [fields.columns.names[place.column] for place in fields.columns.places if not place.target.of_line]
    found: Bools = chunk.differing(of_claims).to_numpy() | (chunk.sizes > MOST_LINES).to_numpy()
    found |= ~has_id(chunk.heads, fields.columns).to_numpy()
    found |= _repeated_numbers(chunk)
    texts = fields.text(chunk.heads, "replaced_by_claim_id", of_line=False)
    if texts is not None:
        found |= texts.is_not_null().to_numpy()
    inpatient = np.array([one.facts.inpatient for one in engine.claims.compiled], bool)
    found |= inpatient[setting]
    found |= heads.days("delivery_date") != NO_DAY
    if fields.constant("replaced_by_claim_id") is not None or fields.constant("delivery_date") is not None:
        found[:] = True
    return found | _several_providers(chunk, cells)


def _repeated_numbers(chunk: Chunk) -> Bools:
    """Whether two lines of a claim have one number."""
    lines = pl.DataFrame({"claim": chunk.claim, "number": chunk.line_numbers})
    # If the numbers increase from line to line, as on most claims, there are no duplicates.
    rises = (lines["number"] > lines["number"].shift(1)).fill_null(value=False)
    doubtful = chunk.any_of(~rises & (chunk.rows[POSITION] > 1))
    twice = np.zeros(len(chunk.sizes), bool)
    if doubtful.any():
        lines = lines.filter(chunk.on_rows(doubtful)).drop_nulls("number")
        twice[lines.filter(lines.is_duplicated())["claim"].to_numpy()] = True
    return twice


def _several_providers(chunk: Chunk, cells: Cells) -> Bools:
    """Whether the lines of a claim may have several providers."""
    differ = np.zeros(len(chunk.rows), bool)
    claim = chunk.claim.to_numpy()
    for numbers in cells.numbers("rendering_npi", "rendering_taxonomy"):
        differ[1:] |= (numbers[1:] != numbers[:-1]) & (claim[1:] == claim[:-1])
    any_of: Bools = np.logical_or.reduceat(differ, chunk.firsts.to_numpy().astype(np.int64))
    return any_of
