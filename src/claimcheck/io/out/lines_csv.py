"""Service lines and their results as CSV, one row per line, safe to open in a spreadsheet. A claim without lines has no
row."""

from __future__ import annotations

from contextlib import AbstractContextManager

from claimcheck.io.out.records import Judged, lines
from claimcheck.io.out.target import Target, Writer
from claimcheck.io.out.text import csv_writer

__all__ = ["write"]


def write(target: Target, *, resume: bool = False) -> AbstractContextManager[Writer]:
    """A writer of lines; the columns are those of `records.Judged`.

    >>> import io
    >>> from claimcheck import Claim, validate_claim
    >>> claim, stream = Claim(claim_id="7", lines=[{"procedure_code": "99213", "units": 0}]), io.StringIO()
    >>> with write(stream) as writer:
    ...     writer.add(claim, validate_claim(claim))
    >>> stream.getvalue().splitlines()[1].replace('"', "")
    '7,,,1,1,99213,,,,rejected,rejected,,False,,,STR201,CO,16,M79,3,,,,True'
    """
    return csv_writer(target, lines, Judged._fields, resume=resume)
