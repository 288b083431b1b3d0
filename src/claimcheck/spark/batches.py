"""The rows of a partition in frames of whole members, wherever Spark's batches of Arrow begin and end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl
import pyarrow as pa

from claimcheck.frames.loading import reading

__all__ = ["whole"]


def whole(batches: Iterable[pa.RecordBatch], key: str, lines: int) -> Iterator[pl.DataFrame]:
    """The rows, in which those of one `key` stand together, some `lines` or more at a time, those of no key parted.

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
    """The batch as a frame, validated in full before Polars takes it, which believes what it is given.

    InputError where it is damaged: offsets that lead out of a column would end the worker.
    """
    with reading():
        batch.validate(full=True)
        frame = pl.from_arrow(batch)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - for the type
    return frame
