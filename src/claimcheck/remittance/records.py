"""A comparison as rows: every compared line, and the work queue of lines that cost money."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from claimcheck.remittance.answers import Answer
from claimcheck.remittance.comparison import Agreement, ComparedLine

__all__ = ["ComparedRecord", "WorkItem", "records", "work_queue"]


class ComparedRecord(NamedTuple):
    """A line of a comparison, as a row of CSV or Parquet."""

    claim_id: str
    line_number: int
    procedure_code: str | None
    modifiers: tuple[str, ...]
    revenue_code: str | None
    service_date: datetime.date | None
    billed: Decimal | None
    paid: Decimal
    agreement: str
    expected: str
    rule_id: str | None
    expected_carc: str | None
    expected_rarcs: tuple[str, ...]
    actual: str
    actual_carcs: tuple[str, ...]
    remarks: tuple[str, ...]
    code_changed: bool
    payer: str | None
    provider: str | None


def records(lines: Iterable[ComparedLine]) -> Iterator[ComparedRecord]:
    """A row for each line, in order."""
    for line in lines:
        yield ComparedRecord(
            line.claim_id,
            line.line_number,
            line.procedure_code,
            line.modifiers,
            line.revenue_code,
            line.service_date,
            line.charge,
            line.paid,
            str(line.agreement),
            str(line.expected),
            line.rule_id,
            line.expected_carc,
            line.expected_rarcs,
            str(line.actual),
            line.actual_carcs,
            line.remarks,
            line.code_changed,
            line.payer,
            line.provider,
        )


class WorkItem(NamedTuple):
    """A line to work on: its value, the reason, claimcheck's finding, and how to prevent it."""

    dollars: Decimal
    claim_id: str
    line_number: int
    procedure_code: str | None
    modifiers: tuple[str, ...]
    revenue_code: str | None
    service_date: datetime.date | None
    payer: str | None
    agreement: str
    carcs: tuple[str, ...]
    remarks: tuple[str, ...]
    rule_id: str | None
    finding: str | None
    prevention: str | None


def work_queue(lines: Iterable[ComparedLine]) -> list[WorkItem]:
    """Lines that were denied, and lines that were paid but should not be, highest dollars first.

    A denied line is valued at its charge, a line that should not be paid at its payment. A report that was accepted as
    expected, for the reason expected (CARC 246, or 119 over a limit), needs no work.
    """
    queue = []
    for line in lines:
        overpaid = line.agreement in (Agreement.PAID_THOUGH_DENIED, Agreement.PAID_THOUGH_REPORT_ONLY)
        accepted = line.agreement is Agreement.REPORT_ONLY and line.expected_carc in line.actual_carcs
        if (line.actual is Answer.DENIED and not accepted) or (overpaid and line.paid > 0):
            queue.append(
                WorkItem(
                    line.paid if overpaid else line.billed,
                    line.claim_id,
                    line.line_number,
                    line.procedure_code,
                    line.modifiers,
                    line.revenue_code,
                    line.service_date,
                    line.payer,
                    str(line.agreement),
                    line.actual_carcs,
                    line.remarks,
                    line.rule_id,
                    line.message,
                    line.remedy,
                )
            )
    return sorted(queue, key=lambda item: (-item.dollars, item.claim_id, item.line_number))
