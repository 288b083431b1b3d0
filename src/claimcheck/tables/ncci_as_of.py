"""What the rows of NCCI edits mean on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from claimcheck.tables.lookup import Edition
from claimcheck.tables.ncci_answers import AddOn, Mue, PtpEdit
from claimcheck.tables.packed.windows import NEVER_IN_FORCE
from claimcheck.tables.periods import in_force
from claimcheck.tables.rows import AddOnRow, MueRow

__all__ = ["PLACEHOLDER", "add_on", "mue", "ptp_is_in_force", "ptp_is_proven"]

PLACEHOLDER = date(1996, 1, 1)
"""The effective date that PTP files give to pairs as old as the edits, and that rebuilt files give to pairs of any
age."""


def ptp_is_proven(edit: PtpEdit, on: date, edition: Edition) -> bool:
    """Whether a pair's dates prove that it is in force on a day the edition does not cover.

    >>> from datetime import date
    >>> edition = Edition("medicare", "ptp_practitioner", "2024-07-01", date(2024, 7, 1), date(2024, 9, 30))
    >>> edit = PtpEdit("20610", "99213", date(2020, 1, 1), None, 1, "")
    >>> ptp_is_proven(edit, date(2021, 5, 3), edition), ptp_is_proven(edit, date(2024, 10, 1), edition)
    (True, False)
    >>> ptp_is_proven(edit._replace(effective=PLACEHOLDER), date(2021, 5, 3), edition)
    False
    """
    return on < edition.exact_from and edit.effective > PLACEHOLDER


def ptp_is_in_force(edit: PtpEdit, on: date) -> bool:
    """Whether the pair is in force on the day, first and last day included; with indicator 9 it never is."""
    return edit.indicator != NEVER_IN_FORCE and in_force(edit.effective, edit.deletion, on)


def mue(rows: Sequence[MueRow], _on: date, _edition: Edition) -> tuple[Mue, bool] | None:
    """The units of a code. The rows have no dates."""
    return (Mue(*rows[0]), False) if rows else None


def add_on(rows: Sequence[AddOnRow], on: date, _edition: Edition) -> tuple[AddOn, bool] | None:
    """The primaries in force on the day; of several types, the least restrictive.

    Never proven beyond the edition: a list of primaries also states that there are no others.
    """
    rows = [row for row in rows if in_force(row.effective, row.deletion, on)]
    if not rows:
        return None
    primaries = frozenset(row.primary for row in rows if row.primary is not None)
    contractor_defined = any(row.primary is None for row in rows)
    return AddOn(rows[0].add_on, max(row.type for row in rows), primaries, contractor_defined), False
