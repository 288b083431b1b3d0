"""Whether a row is in force on a day, and whether its own dates prove it."""

from __future__ import annotations

from datetime import date

from claimcheck.tables.lookup import Edition

__all__ = ["in_force", "is_proven"]


def in_force(first: date | None, last: date | None, on: date) -> bool:
    """Whether the day lies between the two, both included; None is open."""
    return (first is None or first <= on) and (last is None or on <= last)


def is_proven(first: date | None, last: date | None, on: date, edition: Edition) -> bool:
    """Before the edition: known since when. After it: known to have ended."""
    return first is not None if on < edition.exact_from else last is not None and last < on
