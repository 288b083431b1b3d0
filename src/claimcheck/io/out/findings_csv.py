"""Findings as CSV, safe to open in a spreadsheet. A claim without findings has no row."""

from __future__ import annotations

from contextlib import AbstractContextManager

from claimcheck.io.out.records import Found, findings
from claimcheck.io.out.target import Target, Writer
from claimcheck.io.out.text import csv_writer

__all__ = ["write"]


def write(target: Target, *, resume: bool = False) -> AbstractContextManager[Writer]:
    """A writer of findings; the columns are those of `records.Found`.

    >>> import io
    >>> from claimcheck import Claim, validate_claim
    >>> claim, stream = Claim(claim_id="=7", lines=[{"procedure_code": "99213"}]), io.StringIO()
    >>> with write(stream) as writer:
    ...     writer.add(claim, validate_claim(claim))
    >>> stream.getvalue().splitlines()[1][:6]
    '"\\'=7",'
    """
    return csv_writer(target, findings, Found._fields, resume=resume)
