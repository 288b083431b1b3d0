"""Tables of a few rows, for what the starter tables do not hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from claimcheck.tables import Tables
from claimcheck.tables.lookup import Edition
from claimcheck.tables.packed.pair_packing import PairPart, pack_pairs
from claimcheck.tables.packed.pairs import PairTable
from claimcheck.tables.packed.records import RecordTable, pack_records
from claimcheck.tables.rows import FeeScheduleRow, MueRow, OppsRow, PtpRow, Record
from claimcheck.tables.shelf import Volume, shelved

__all__ = ["bilateral", "fee_schedule", "made_tables", "opps", "pairs", "without_coverage"]


def made_tables(
    table: str, rows: Sequence[Record], first: date = date(2024, 7, 1), last: date = date(2024, 9, 30)
) -> Tables:
    """Tables with one edition of one table, over the starter tables."""
    return Tables(None, shelved([_volume(table, rows, first, last)]))


def _volume(
    table: str, rows: Sequence[Record], first: date = date(2024, 7, 1), last: date = date(2024, 9, 30)
) -> Volume[RecordTable[Record]]:
    packed = RecordTable.over(memoryview(pack_records(list(rows))), table)
    return Volume(Edition("medicare", table, "made", first, last), packed)


def without_coverage(code: str) -> Tables:
    """Medicare's tables as they hold what Medicare does not cover: status N, and an MUE of 0."""
    schedule = _volume("fee_schedule", _at_status({code: "N"}))
    return Tables(None, shelved([schedule, _volume("mue_practitioner", [MueRow(code, 0, 3, "CMS Policy")])]))


def pairs(*column_one_and_two: tuple[str, str], days: Mapping[str, str] | None = None, **status: str) -> Tables:
    """The practitioners' PTP table with these pairs, all of indicator 1, and a schedule of `status` and of `days`."""
    rows = [PtpRow(one, two, date(2020, 1, 1), None, 1, "") for one, two in column_one_and_two]
    table = "ptp_practitioner"
    packed = PairTable.over(memoryview(pack_pairs([PairPart.of(rows)])), table)
    edition = Edition("medicare", table, "made", date(2024, 7, 1), date(2024, 9, 30))
    schedule = _volume("fee_schedule", _at_status(status, days=days))
    return Tables(None, shelved([Volume(edition, packed), schedule]))


def fee_schedule(*, rvu: str = "0.0", **status: str) -> Tables:
    """A complete physician fee schedule that holds these codes at these statuses, spelled `_99213="A"`.

    A component with a row of its own is spelled `_83020_26="A"`.
    """
    return made_tables("fee_schedule", _at_status(status, rvu))


def _at_status(status: Mapping[str, str], rvu: str = "0.0", days: Mapping[str, str] | None = None) -> list[Record]:
    billed = [(name.strip("_").partition("_"), letter) for name, letter in status.items()]
    return [
        FeeScheduleRow(code, part, letter, (days or {}).get(code, "XXX"), rvu, rvu, "9", "9")
        for (code, _, part), letter in billed
    ]


def bilateral(**indicator: str) -> Tables:
    """A complete physician fee schedule that holds these codes at these bilateral indicators, spelled `_31231="2"`."""
    rows = [
        FeeScheduleRow(code.strip("_"), "", "A", "000", "1.0", "1.0", value, "0") for code, value in indicator.items()
    ]
    return made_tables("fee_schedule", rows)


def opps(**indicator: str) -> Tables:
    """An Addendum B that holds these codes at these status indicators, spelled `_27447="J1"`."""
    return made_tables("opps", [OppsRow(code.strip("_"), letters, "") for code, letters in indicator.items()])
