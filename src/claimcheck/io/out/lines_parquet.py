"""Service lines and their results as Parquet."""

from __future__ import annotations

from contextlib import AbstractContextManager

from claimcheck.io.out.parquet import RecordWriter, parquet_writer
from claimcheck.io.out.records import Judged, lines
from claimcheck.io.out.target import Target

__all__ = ["write"]


def write(target: Target) -> AbstractContextManager[RecordWriter]:
    """A writer of lines; the columns are those of `records.Judged`. `target` is a path or a binary stream."""
    return parquet_writer(target, lines, Judged)
