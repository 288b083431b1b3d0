"""Results as flat records: findings, lines, and the adjustments that a remittance would carry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from claimcheck.claims import Claim, ClaimResult, Finding, LineResult, ServiceLine

__all__ = ["Adjusted", "Found", "Judged", "adjustments", "findings", "found", "lines"]


class Found(NamedTuple):
    """A finding. `row` is the claim's place in `file`: a segment, a row, or an entry.

    Codes and date are those of the line, if well formed.
    """

    claim_id: str | None
    file: str | None
    row: int | None
    line_number: int | None
    position: int | None
    procedure_code: str | None
    modifiers: tuple[str, ...]
    revenue_code: str | None
    service_date: date | None
    rule_id: str
    rule_name: str
    severity: str
    disposition: str
    group_code: str | None
    carc: str | None
    rarcs: tuple[str, ...]
    message: str
    evidence: str  #: as JSON
    related_lines: tuple[int, ...]
    source: str
    edition: str | None
    remedy: str | None


class Judged(NamedTuple):
    """A line and its result. Codes and date are given if well formed.

    `claim_disposition` is that of the whole claim. `claim_returned` says whether the claim is returned to the provider.
    `superseded_by` is the id of the claim that replaces a superseded one. `claim_complete` says that everything that
    applies to the claim was checked; `findings` counts the findings on the line. `status_indicator`, `apc`, and
    `packaged` are those of outpatient lines, where the outpatient code editor's tables are loaded.
    """

    claim_id: str | None
    file: str | None
    row: int | None
    line_number: int
    position: int
    procedure_code: str | None
    modifiers: tuple[str, ...]
    revenue_code: str | None
    service_date: date | None
    disposition: str
    claim_disposition: str
    superseded_by: str | None
    claim_complete: bool
    charge: Decimal | None
    allowed_amount: Decimal | None
    deciding_rule: str | None
    group_code: str | None
    carc: str | None
    rarcs: tuple[str, ...]
    findings: int
    status_indicator: str | None
    apc: str | None
    packaged: bool | None
    claim_returned: bool


class Adjusted(NamedTuple):
    """An adjustment of a service line as an 835 would carry it (CAS, and the remark codes of LQ)."""

    claim_id: str | None
    file: str | None
    row: int | None
    line_number: int
    position: int
    procedure_code: str | None
    modifiers: tuple[str, ...]
    revenue_code: str | None
    service_date: date | None
    charge: Decimal | None
    group_code: str
    carc: str
    rarcs: tuple[str, ...]
    amount: Decimal | None


def findings(claim: Claim | None, result: ClaimResult) -> Iterator[Found]:
    """The findings on a claim and its lines. Without the claim, its place in the input is unknown."""
    file, row = _place(claim)
    for finding in result.findings:
        yield found(finding, result.claim_id, file, row)


def found(finding: Finding, claim_id: str | None = None, file: str | None = None, row: int | None = None) -> Found:
    """The record of a finding on a claim with that id and place."""
    return Found(
        claim_id,
        file,
        row,
        finding.line_number,
        finding.position,
        finding.procedure_code,
        finding.modifiers,
        finding.revenue_code,
        finding.service_date,
        finding.rule_id,
        finding.rule_name,
        str(finding.severity),
        str(finding.disposition),
        finding.group_code,
        finding.carc,
        finding.rarcs,
        finding.message,
        json.dumps(finding.evidence.to_dict(), ensure_ascii=False),
        finding.related_lines,
        finding.source,
        finding.edition,
        None if finding.remedy is None else str(finding.remedy),
    )


def lines(claim: Claim | None, result: ClaimResult) -> Iterator[Judged]:
    """The lines of a claim."""
    for line, verdict in _lines(claim, result):
        file, row = _place(line, claim)
        deciding = verdict.deciding
        yield Judged(
            result.claim_id,
            file,
            row,
            verdict.line_number,
            verdict.position,
            verdict.procedure_code,
            verdict.modifiers,
            verdict.revenue_code,
            verdict.service_date,
            str(verdict.disposition),
            str(result.disposition),
            result.superseded_by,
            result.complete,
            verdict.charge,
            verdict.allowed_amount,
            None if deciding is None else deciding.rule_id,
            None if deciding is None else deciding.group_code,
            None if deciding is None else deciding.carc,
            () if deciding is None else deciding.rarcs,
            len(verdict.findings),
            verdict.status_indicator,
            verdict.apc,
            verdict.packaged,
            result.returned,
        )


def adjustments(claim: Claim | None, result: ClaimResult) -> Iterator[Adjusted]:
    """The adjustments of a claim's lines. A rejected claim or line has no remittance, and so none."""
    for line, verdict in _lines(claim, result):
        file, row = _place(line, claim)
        for adjustment in verdict.adjustments:
            yield Adjusted(
                result.claim_id,
                file,
                row,
                verdict.line_number,
                verdict.position,
                verdict.procedure_code,
                verdict.modifiers,
                verdict.revenue_code,
                verdict.service_date,
                verdict.charge,
                adjustment.group_code,
                adjustment.carc,
                adjustment.rarcs,
                adjustment.amount,
            )


def _lines(claim: Claim | None, result: ClaimResult) -> Iterator[tuple[ServiceLine | None, LineResult]]:
    of_claim = [None] * len(result.lines) if claim is None else claim.lines
    return zip(of_claim, result.lines, strict=True)


def _place(*of: Claim | ServiceLine | None) -> tuple[str | None, int | None]:
    """The place of a line; a line without one has the place of its claim."""
    source = next((one.source for one in of if one is not None and one.source is not None), None)
    return (None, None) if source is None else (source.file, source.place)
