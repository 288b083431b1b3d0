"""A frame in batches of whole claims: one in memory, or one that is read as it comes and never held as a whole.

A frame that is read as it comes is read twice, or three times if claims must be collected from elsewhere. The first
pass, over a few columns, finds where each claim begins and which claims are related to others of their member; it keeps
about fifty bytes per claim. Claims whose rows are not adjacent come last.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from claimcheck.columns.fields import Fields
from claimcheck.columns.order import BEYOND, CLAIM, MEMBER, grouped, in_order, runs
from claimcheck.columns.table import ROW, Columns
from claimcheck.frames.loading import batches_of, collected
from claimcheck.frames.members import acquainted
from claimcheck.frames.survey import Counted, Survey, surveyed, surveyed_columns

__all__ = ["Source"]

_CHUNK = 250_000
_RUNS = {"run": pl.Int64(), "key": pl.UInt64(), "row": pl.Int64()}


class Source:
    """The claims of a frame, about `size` lines at a time.

    `length` is the number of lines; `acquainted` are the rows of claims that are validated with others, with their
    members.
    """

    def __init__(
        self, frame: pl.DataFrame | pl.LazyFrame, columns: Columns, fields: Fields, counted: Counted, *, all_kept: bool
    ) -> None:
        self.columns, self.fields, self._counted, self._all_kept = columns, fields, counted, all_kept
        if isinstance(frame, pl.LazyFrame):
            self._lazy: pl.LazyFrame | None = frame.select(columns.names)
            self._survey_lazy(self._lazy)
        else:
            self._lazy = None
            self._rows = in_order(grouped(numbered_rows(frame, columns), columns), columns)
            self.length = len(self._rows)
            met = acquainted(surveyed(self._rows, fields, counted), all_kept=all_kept)
            self.acquainted = _joined(self._rows, met)

    def acquainted_parts(self, many: int) -> Iterator[pl.DataFrame]:
        """The rows of claims that are validated with others, in parts that do not split a member."""
        if len(self.acquainted):
            part = self.acquainted[MEMBER] % many
            yield from (self.acquainted.filter(part == number) for number in range(many))

    def batches(self, size: int) -> Iterator[pl.DataFrame]:
        """The rows, some claims at a time; for a frame without rows, one empty batch."""
        if self._lazy is None:
            yield from _cut(self._rows, size)
        else:
            yield from self._batches_lazy(self._lazy, size)

    # ------------------------------------------------------------------ read as it comes

    def _survey_lazy(self, lazy: pl.LazyFrame) -> None:
        found: list[pl.DataFrame] = []
        surveys: list[Survey] = []
        last: str | None = None
        count = rows_before = 0
        for chunk in batches_of(lazy.select(surveyed_columns(self.fields)), _CHUNK):
            if not len(chunk):
                continue
            begin, keys = runs(chunk, self.columns)
            hashes = keys.hash().set(keys.is_null(), None)
            if last is not None and keys[0] == last:  # the claim continues from the previous chunk
                begin[0], hashes = False, hashes.slice(1)
            claim = np.cumsum(begin) + (count - 1)
            places = np.flatnonzero(begin)
            found.append(pl.DataFrame({"run": claim[places], "key": hashes, "row": places + rows_before}, schema=_RUNS))
            rows = chunk.with_columns(pl.Series(CLAIM, claim, dtype=pl.UInt32))
            surveys.append(surveyed(rows, self.fields, self._counted))
            self.fields.forget()
            count += len(places)
            rows_before += len(chunk)
            last = keys[-1]
        self.length = rows_before
        self._runs = pl.concat([pl.DataFrame(schema=_RUNS), *found])
        self._tell_apart(Survey.beside(surveys))

    def _tell_apart(self, survey: Survey) -> None:
        """Which runs of rows are one claim, which of those are scattered, and which claims are related."""
        first = pl.when(pl.col("key").is_null()).then(pl.col("run")).otherwise(pl.col("run").min().over("key"))
        self._runs = self._runs.with_columns(first.cast(pl.UInt32).alias(CLAIM))
        self._strays = self._runs.filter(pl.col(CLAIM).is_duplicated()).select(pl.col(CLAIM).unique())
        survey = survey.renumbered(self._runs[CLAIM])
        self.acquainted = self._fetched(acquainted(survey, all_kept=self._all_kept))

    def _numbered(self, chunk: pl.DataFrame, offset: int) -> pl.DataFrame:
        """Rows from `offset` on, with their numbers and those of their claims."""
        rows = pl.int_range(offset, offset + len(chunk), dtype=pl.Int64, eager=True)
        run = self._runs["row"].search_sorted(rows, side="right") - 1
        return chunk.with_columns((rows + 1).alias(ROW), self._runs[CLAIM].gather(run).alias(CLAIM))

    def _fetched(self, met: pl.DataFrame) -> pl.DataFrame:
        """The rows of some claims, wherever they are."""
        found = []
        offset = 0
        if len(met) and self._lazy is not None:
            for chunk in batches_of(self._lazy, _CHUNK):
                found.append(self._numbered(chunk, offset).join(met, on=CLAIM, maintain_order="left"))
                offset += len(chunk)
        if not found:
            empty = collected(self._lazy.head(0)) if self._lazy is not None else pl.DataFrame()
            found.append(self._numbered(empty, 0).join(met.head(0), on=CLAIM))
        return in_order(pl.concat(found).sort(CLAIM, maintain_order=True), self.columns)

    def _batches_lazy(self, lazy: pl.LazyFrame, size: int) -> Iterator[pl.DataFrame]:
        held: list[pl.DataFrame] = []
        strays: list[pl.DataFrame] = []
        offset = lines = 0
        for chunk in batches_of(lazy, _CHUNK):
            rows = self._numbered(chunk, offset)
            offset += len(chunk)
            if len(self._strays):
                strays.append(rows.join(self._strays, on=CLAIM, maintain_order="left"))
                rows = rows.join(self._strays, on=CLAIM, how="anti", maintain_order="left")
            held.append(rows)
            lines += len(rows)
            if lines >= size and len(rows):
                whole = pl.concat(held)
                ends = whole[CLAIM] != whole[CLAIM][-1]
                ready, rest = whole.filter(ends), whole.filter(~ends)
                if len(ready):
                    yield in_order(ready, self.columns)
                held, lines = [rest], len(rest)
        last = [*held, *strays]
        if last:
            rows = pl.concat(last).sort(CLAIM, maintain_order=True)
            yield from _cut(in_order(rows, self.columns), size)
        elif not offset:
            yield self.acquainted.drop(MEMBER, BEYOND)


def _joined(rows: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """The rows of some claims, joined with what is known about them. Both `rows` and `claims` are sorted by claim."""
    claim, wanted = rows[CLAIM].to_numpy(), claims[CLAIM].to_numpy()
    at = np.searchsorted(wanted, claim)
    there = np.zeros(len(claim), bool)
    there[at < len(wanted)] = wanted[at[at < len(wanted)]] == claim[at < len(wanted)]
    return rows.filter(pl.Series(there)).join(claims, on=CLAIM, maintain_order="left")


def numbered_rows(frame: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """The columns that are read, and the row numbers: existing ones (`ROW`), or from 1."""
    if ROW in frame.columns:
        return frame.select(*columns.names, pl.col(ROW).cast(pl.Int64))
    numbers = pl.int_range(1, len(frame) + 1, dtype=pl.Int64, eager=True)
    return frame.select(columns.names).with_columns(numbers.alias(ROW))


def _cut(rows: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    """Rows of whole claims, about `size` at a time."""
    begin = 0
    claims = rows[CLAIM]
    if rows.is_empty():
        yield rows
    while begin < len(rows):
        end = min(begin + size, len(rows))
        if end < len(rows):
            of_next = claims.slice(end).ne(claims[end - 1]).arg_true()
            end = len(rows) if not len(of_next) else end + int(of_next[0])
        yield rows.slice(begin, end - begin)
        begin = end
