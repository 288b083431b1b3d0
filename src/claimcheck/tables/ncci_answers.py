"""What the tables of NCCI edits answer: the values inside `Found`."""

from __future__ import annotations

import attrs

from claimcheck.tables.lookup import Edition, NotCovered
from claimcheck.tables.rows import PtpRow

__all__ = ["AddOn", "Mue", "PairsWithin", "PtpEdit", "TablePair"]

PtpEdit = PtpRow
"""An NCCI pair in one period: column_one, column_two, effective, deletion, indicator, rationale."""


@attrs.frozen
class PairsWithin:
    """All pairs in force on a day between two different codes of a set, each in its own direction.

    `not_covered` says why the remaining pairs are unknown, None if the table covers them all. `exact` is False if the
    edition was asked beyond its exact range. `edition` is None if no edition was asked.
    """

    edits: tuple[PtpEdit, ...]
    not_covered: NotCovered | None
    edition: Edition | None
    exact: bool = True


@attrs.frozen
class TablePair:
    """A row of a PTP table, regardless of dates, and its edition."""

    edition: Edition
    edit: PtpEdit


@attrs.frozen
class Mue:
    """A medically unlikely edit: at most `value` units (0: not payable in this setting).

    `mai` 1: per claim line; 2 and 3: per day, over all lines (3 may be overridden by documentation).
    """

    code: str
    value: int
    mai: int
    rationale: str = ""


@attrs.frozen
class AddOn:
    """An add-on code. `type` 1: `primaries` are complete; 2: none is listed; 3: some are listed.

    `contractor_defined` if the contractor may define further primaries.
    """

    code: str
    type: int
    primaries: frozenset[str]
    contractor_defined: bool
