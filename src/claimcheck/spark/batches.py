"""Regroups the rows of a partition into frames of whole members, regardless of Spark's Arrow batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl
import pyarrow as pa

from claimcheck.frames.loading import reading
from claimcheck.frames.native import with_decimals

__all__ = ["whole"]


def whole(batches: Iterable[pa.RecordBatch], key: str, lines: int) -> Iterator[pl.DataFrame]:
    """The rows, where those with one `key` are adjacent, at least `lines` at a time, without splitting a key.

    >>> batches = [pa.RecordBatch.from_pydict({"key": keys}) for keys in (["a", "b"], ["b", "b"], ["c"])]
    >>> [frame["key"].to_list() for frame in whole(batches, "key", 2)]
    [['a'], ['b', 'b', 'b'], ['c']]
    """
    held: list[pl.DataFrame] = []
    count = 0
    for batch in batches:
        if not batch.num_rows:
            continue
        held.append(_frame(batch))
        count += batch.num_rows
        if count >= lines:
            rows = pl.concat(held)
            of_last = rows[key] == rows[key][-1]
            ready = rows.filter(~of_last)
            if len(ready):
                yield ready
            rest = rows.filter(of_last)
            held, count = [rest], len(rest)
    if held:
        yield pl.concat(held)


def _frame(batch: pa.RecordBatch) -> pl.DataFrame:
    """The batch as a frame, fully validated first because Polars trusts its input.

    InputError if it is damaged: offsets that point outside a column would crash the worker.
    """
    with reading():
        batch.validate(full=True)
        frame = pl.from_arrow(batch)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - for the type
    return with_decimals(frame)
