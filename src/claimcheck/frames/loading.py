"""Calls other libraries' readers, turning their failures into `InputError`.

Their own errors quote cells, so none is passed on, not even as a cause. Polars panics on some kinds of damage, which is
not an `Exception`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import polars as pl
from polars.exceptions import PanicException

from claimcheck.errors import InputError

__all__ = ["FAILURES", "batches_of", "collected", "reading", "schema_of"]

FAILURES = (Exception, PanicException)
"""What a library may raise when it reads or converts a frame."""


@contextmanager
def reading() -> Iterator[None]:
    """Turns anything raised within into an `InputError` with the kind of failure.

    >>> with reading():
    ...     pl.DataFrame({"member_id": ["SMITH"]}).cast(pl.Int64)
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: the frame cannot be read (InvalidOperationError): its file or a column of it is \
damaged, or a step of a lazy frame fails; load it whole and validate it to see where
    """
    try:
        yield
    except InputError:
        raise
    except FAILURES as error:
        kind = type(error).__name__
        raise InputError(
            f"the frame cannot be read ({kind}): its file or a column of it is damaged, or a step of a lazy frame"
            " fails; load it whole and validate it to see where"
        ) from None


def schema_of(frame: pl.DataFrame | pl.LazyFrame) -> pl.Schema:
    """The names and types of the columns."""
    with reading():
        return frame.collect_schema()


def collected(frame: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """The whole frame."""
    if isinstance(frame, pl.DataFrame):
        return frame
    with reading():
        return frame.collect()


def batches_of(frame: pl.LazyFrame, size: int) -> Iterator[pl.DataFrame]:
    """The frame in pieces of `size` rows, in order, as it is read."""
    with reading():
        batches = iter(frame.collect_batches(chunk_size=size, maintain_order=True))
    while True:
        with reading():
            batch = next(batches, None)
        if batch is None:
            return
        yield batch
