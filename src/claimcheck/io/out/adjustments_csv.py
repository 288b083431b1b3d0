"""835-style adjustments as CSV, safe to open in a spreadsheet: the response expected from a payer, line by line."""

from __future__ import annotations

from contextlib import AbstractContextManager

from claimcheck.io.out.records import Adjusted, adjustments
from claimcheck.io.out.target import Target, Writer
from claimcheck.io.out.text import csv_writer

__all__ = ["write"]


def write(target: Target, *, resume: bool = False) -> AbstractContextManager[Writer]:
    """A writer of adjustments; the columns are those of `records.Adjusted`.

    >>> import io
    >>> stream = io.StringIO()
    >>> with write(stream):
    ...     pass
    >>> stream.getvalue()[:40]
    '"claim_id","file","row","line_number","p'
    """
    return csv_writer(target, adjustments, Adjusted._fields, resume=resume)
