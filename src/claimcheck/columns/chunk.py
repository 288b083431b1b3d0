"""Some claims of a frame with all of their rows: the unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import attrs
import numpy as np
import polars as pl

from claimcheck.claims import amount_fields, reading
from claimcheck.columns.fields import Fields
from claimcheck.columns.order import CLAIM, POSITION
from claimcheck.columns.schema import AMOUNT
from claimcheck.columns.table import ROW

__all__ = ["Chunk"]


@attrs.frozen(eq=False, slots=False)
class Chunk:
    """Rows by claim and line (see `claimcheck.columns.order`), and the first row of each claim.

    Within a chunk a claim is identified by its index, from 0: `claim` has it for each row.
    """

    rows: pl.DataFrame
    fields: Fields
    claim: pl.Series
    firsts: pl.Series
    sizes: pl.Series

    @classmethod
    def of(cls, rows: pl.DataFrame, fields: Fields) -> Chunk:
        rows = rows.rechunk()
        claim = rows[CLAIM].rle_id().cast(pl.UInt32)
        firsts = (rows[POSITION] == 1).arg_true().cast(pl.UInt32)
        ends = firsts.shift(-1).fill_null(len(rows))
        return cls(rows, fields, claim, firsts, ends - firsts)

    @cached_property
    def numbers(self) -> pl.Series:
        """The number of each claim in the frame, ascending."""
        return self.rows[CLAIM].gather(self.firsts)

    @cached_property
    def heads(self) -> pl.DataFrame:
        """The first row of each claim."""
        return self.rows[self.firsts]

    @cached_property
    def line_numbers(self) -> pl.Series:
        """The line numbers as billed; None if a line has none."""
        numbers = pl.repeat(None, len(self.rows), dtype=pl.Int64, eager=True)
        for place in self.fields.places("line_number", of_line=True):
            given = self.fields.asked(self.rows, place, _whole, missing=None, dtype=pl.Int64)
            numbers = numbers.zip_with(numbers.is_not_null(), given)
        return numbers

    def amounts(self, field: str) -> tuple[pl.Series, pl.Series]:
        """An amount field of the lines, and where it is unreadable; see `Fields.amounts`."""
        read = self.fields.amounts(self.rows, field, of_line=True)
        if read is not None:
            return read
        nothing = pl.repeat(None, len(self.rows), dtype=AMOUNT, eager=True)
        return nothing, pl.repeat(value=False, n=len(self.rows), dtype=pl.Boolean, eager=True)

    def on_rows(self, of_claims: pl.Series) -> pl.Series:
        """A value per claim, repeated on each of its rows."""
        return of_claims.gather(self.claim)

    def any_of(self, of_rows: pl.Series) -> pl.Series:
        """For each claim, whether it is true on any of its rows."""
        return self.total(of_rows.cast(pl.Int64).fill_null(0)) > 0

    def total(self, of_rows: pl.Series) -> pl.Series:
        """For each claim, the sum over its rows."""
        sums = of_rows.cum_sum()
        last = sums.gather(self.firsts + self.sizes - 1)
        return last - last.shift(1).fill_null(0)

    def rows_of(self, claims: pl.Series) -> pl.DataFrame:
        """The rows of some claims, given by index, in order."""
        return self.rows.with_columns(self.claim.alias(CLAIM)).filter(self.claim.is_in(claims.implode()))

    def differing(self, columns: Sequence[str]) -> pl.Series:
        """Whether the rows of each claim differ in one of the columns."""
        differ = pl.repeat(value=False, n=len(self.rows), dtype=pl.Boolean, eager=True)
        for name in columns:
            cells = self.rows[name]
            if cells.dtype.is_nested() or cells.dtype == pl.Object:
                cells = self.fields.words(self.rows, self.fields.columns.names.index(name))[1]
            differ = differ | cells.ne_missing(cells.shift(1))
        return self.any_of(differ & (self.rows[POSITION] > 1))

    @property
    def row_numbers(self) -> pl.Series:
        """The number of the first row of each claim in the frame."""
        rows = self.rows[ROW].to_numpy()
        return pl.Series(np.minimum.reduceat(rows, self.firsts.to_numpy()) if len(rows) else rows)


def _whole(cell: Any) -> int | None:
    read = reading.value_of(amount_fields.whole(cell))
    return read if isinstance(read, int) else None
