"""Tables of codes of a few rows, complete for the days of one year: what the starter tables do not hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from claimcheck.tables import Tables
from claimcheck.tables.lookup import Edition
from claimcheck.tables.packed.records import RecordTable, pack_records
from claimcheck.tables.rows import CodeListRow, DiagnosisRow, FeeScheduleRow, HcpcsRow, Record
from claimcheck.tables.shelf import Volume, shelved

__all__ = ["codes", "diagnosis_rows", "hcpcs_row", "list_row", "procedure_row", "schedule_rows"]


def codes(**tables: Iterable[Record]) -> Tables:
    """Tables that hold these rows, by table, over the starter tables; exact from 2019-07-01 to 2026-12-31."""
    volumes = []
    for table, rows in tables.items():
        edition = Edition("medicare", table, "made", date(2019, 7, 1), date(2026, 12, 31))
        packed = RecordTable.over(memoryview(pack_records(list(rows))), table)
        volumes.append(Volume(edition, packed))
    return Tables(None, shelved(volumes))


def diagnosis_rows(codes: Mapping[str, bool]) -> list[DiagnosisRow]:
    """Rows of ICD-10-CM or ICD-10-PCS: whether each code is billable."""
    return [DiagnosisRow(code, billable) for code, billable in codes.items()]


def schedule_rows(**status: str) -> list[FeeScheduleRow]:
    """Rows of the physician fee schedule, spelled `_99213="A"`."""
    return [FeeScheduleRow(code.strip("_"), "", s, "XXX", "0.0", "0.0", "9", "9") for code, s in status.items()]


def hcpcs_row(code: str, added: date | None = None, terminated: date | None = None) -> HcpcsRow:
    """A row of the HCPCS Level II file."""
    return HcpcsRow(code, added, added, terminated, "", "")


def procedure_row(code: str, status_indicator: str = "", flags: str = "", **values: str) -> CodeListRow:
    """A row of the outpatient code editor's table of procedures, in force for ever."""
    return list_row(code, status_indicator=status_indicator, flags=flags, **values)


def list_row(code: str, **values: str) -> CodeListRow:
    """A row of a list of one's own, in force for ever."""
    return CodeListRow(code, None, None, tuple(values.items()))
