"""Writes results. Each module's `write(path or stream)` is a context manager with `add(claim, result)`."""

from claimcheck.io.out import (
    adjustments_csv,
    adjustments_jsonl,
    findings_csv,
    findings_parquet,
    jsonl,
    lines_csv,
    lines_parquet,
    xlsx,
)
from claimcheck.io.out.target import Target, Writer

__all__ = [
    "Target",
    "Writer",
    "adjustments_csv",
    "adjustments_jsonl",
    "findings_csv",
    "findings_parquet",
    "jsonl",
    "lines_csv",
    "lines_parquet",
    "xlsx",
]
