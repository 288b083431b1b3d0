"""Tables of a few rows, for what the starter tables do not hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from claimcheck.tables import Tables
from claimcheck.tables.lookup import Edition
from claimcheck.tables.packed.records import RecordTable, pack_records
from claimcheck.tables.rows import FeeScheduleRow, OppsRow, Record
from claimcheck.tables.shelf import Volume, shelved

__all__ = ["bilateral", "fee_schedule", "made_tables", "opps"]


def made_tables(
    table: str, rows: Sequence[Record], first: date = date(2024, 7, 1), last: date = date(2024, 9, 30)
) -> Tables:
    """Tables with one edition of one table, over the starter tables."""
    edition = Edition("medicare", table, "made", first, last)
    packed = RecordTable.over(memoryview(pack_records(list(rows))), table)
    return Tables(None, shelved([Volume(edition, packed)]))


def fee_schedule(*, rvu: str = "0.0", **status: str) -> Tables:
    """A complete physician fee schedule that holds these codes at these statuses, spelled `_99213="A"`."""
    return made_tables(
        "fee_schedule",
        [FeeScheduleRow(code.strip("_"), "", letter, "XXX", rvu, rvu, "9", "9") for code, letter in status.items()],
    )


def bilateral(**indicator: str) -> Tables:
    """A complete physician fee schedule that holds these codes at these bilateral indicators, spelled `_31231="2"`."""
    rows = [
        FeeScheduleRow(code.strip("_"), "", "A", "000", "1.0", "1.0", value, "0") for code, value in indicator.items()
    ]
    return made_tables("fee_schedule", rows)


def opps(**indicator: str) -> Tables:
    """An Addendum B that holds these codes at these status indicators, spelled `_27447="J1"`."""
    return made_tables("opps", [OppsRow(code.strip("_"), letters, "") for code, letters in indicator.items()])
