"""Findings as Parquet. A claim without findings has no row."""

from __future__ import annotations

from contextlib import AbstractContextManager

from claimcheck.io.out.parquet import RecordWriter, parquet_writer
from claimcheck.io.out.records import Found, findings
from claimcheck.io.out.target import Target

__all__ = ["write"]


def write(target: Target) -> AbstractContextManager[RecordWriter]:
    """A writer of findings; the columns are those of `records.Found`. `target` is a path or a binary stream."""
    return parquet_writer(target, findings, Found)
