"""Dates on the command line."""

from __future__ import annotations

import click

from claimcheck.claims import Unreadable
from claimcheck.claims.date_fields import civil_date
from claimcheck.claims.reading import value_of

__all__ = ["day"]


def day(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
    """The date as YYYY-MM-DD, from any accepted spelling; refused if it is not one."""
    read = value_of(civil_date(given))
    if isinstance(read, Unreadable):
        raise click.BadParameter("a date is expected, as 2024-07-01")
    return None if read is None else str(read.isoformat())
