"""What is written of a verdict, as flat records: findings, lines, and the adjustments that a remittance would carry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from claimcheck.claims import Claim, ClaimResult, LineResult, ServiceLine
from claimcheck.codes.procedure import text_of

__all__ = ["Adjusted", "Found", "Judged", "adjustments", "findings", "lines"]


class Found(NamedTuple):
    """A finding. `row` is where in the `file` the claim stands: a segment, a row, an entry."""

    claim_id: str | None
    file: str | None
    row: int | None
    line_number: int | None
    position: int | None
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


class Judged(NamedTuple):
    """A line and its verdict; `procedure_code` only where it is one."""

    claim_id: str | None
    file: str | None
    row: int | None
    line_number: int
    position: int
    procedure_code: str | None
    disposition: str
    charge: Decimal | None
    allowed_amount: Decimal | None
    deciding_rule: str | None
    group_code: str | None
    carc: str | None
    rarcs: tuple[str, ...]
    findings: int


class Adjusted(NamedTuple):
    """An adjustment as an 835 would carry it (CAS, and the remark codes of LQ), of a service line."""

    claim_id: str | None
    line_number: int
    position: int
    procedure_code: str | None
    charge: Decimal | None
    group_code: str
    carc: str
    rarcs: tuple[str, ...]
    amount: Decimal | None


def findings(claim: Claim, result: ClaimResult) -> Iterator[Found]:
    """The findings on a claim and on its lines."""
    file, row = _place(claim)
    for finding in result.findings:
        plain = finding.to_dict()
        yield Found(
            result.claim_id,
            file,
            row,
            finding.line_number,
            finding.position,
            finding.rule_id,
            finding.rule_name,
            plain["severity"],
            plain["disposition"],
            finding.group_code,
            finding.carc,
            finding.rarcs,
            finding.message,
            json.dumps(plain["evidence"], ensure_ascii=False),
            finding.related_lines,
            finding.source,
            finding.edition,
        )


def lines(claim: Claim, result: ClaimResult) -> Iterator[Judged]:
    """The lines of a claim."""
    for line, verdict in _lines(claim, result):
        file, row = _place(line)
        deciding = verdict.deciding
        yield Judged(
            result.claim_id,
            file,
            row,
            verdict.line_number,
            verdict.position,
            _code(line),
            str(verdict.disposition),
            verdict.charge,
            verdict.allowed_amount,
            None if deciding is None else deciding.rule_id,
            None if deciding is None else deciding.group_code,
            None if deciding is None else deciding.carc,
            () if deciding is None else deciding.rarcs,
            len(verdict.findings),
        )


def adjustments(claim: Claim, result: ClaimResult) -> Iterator[Adjusted]:
    """The adjustments of a claim's lines. A claim or line that is rejected has no remittance, and so none."""
    for line, verdict in _lines(claim, result):
        for adjustment in verdict.adjustments:
            yield Adjusted(
                result.claim_id,
                verdict.line_number,
                verdict.position,
                _code(line),
                verdict.charge,
                adjustment.group_code,
                adjustment.carc,
                adjustment.rarcs,
                adjustment.amount,
            )


def _lines(claim: Claim, result: ClaimResult) -> Iterator[tuple[ServiceLine, LineResult]]:
    return zip(claim.lines, result.lines, strict=True)


def _place(of: Claim | ServiceLine) -> tuple[str | None, int | None]:
    return (None, None) if of.source is None else (of.source.file, of.source.place)


def _code(line: ServiceLine) -> str | None:
    """The line's code where it is one: what stands there otherwise may be anything."""
    return text_of(line.procedure_code) if isinstance(line.procedure_code, str) else None
