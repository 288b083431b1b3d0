"""A result in JSON-compatible form, and back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from claimcheck.claims.finding import Adjustment, Finding, Findings, day_from
from claimcheck.claims.line_result import LineResult
from claimcheck.claims.not_checked import NotChecked
from claimcheck.claims.receipt import Receipt
from claimcheck.claims.service_use import Overturned, ServiceUse
from claimcheck.claims.verdict import Disposition

if TYPE_CHECKING:
    from claimcheck.claims.result import ClaimResult

__all__ = ["from_plain", "to_plain"]


def to_plain(result: ClaimResult) -> dict[str, Any]:
    """A result in JSON-compatible form."""
    number = {finding: place for place, finding in enumerate(result.findings)}
    return {
        "claim_id": result.claim_id,
        "disposition": str(result.disposition),
        "returned": result.returned,
        "superseded_by": result.superseded_by,
        "supersedes": list(result.supersedes),
        "ok": result.ok,
        "complete": result.complete,
        "clean": result.clean,
        "lines": [_line_to_plain(line, number) for line in result.lines],
        "findings": [finding.to_dict() for finding in result.findings],
        "not_checked": [entry.to_dict() for entry in result.not_checked],
        "receipt": result.receipt.to_dict(),
        "services": [use.to_dict() for use in result.services],
        "overturned": [entry.to_dict() for entry in result.overturned],
    }


def from_plain(plain: Mapping[str, Any]) -> tuple[Any, ...]:
    """The arguments of the `ClaimResult` that `to_plain` wrote; any error of Python if it is something else."""
    findings = Findings(map(Finding.from_dict, plain["findings"]))
    return (
        plain["claim_id"],
        Disposition(plain["disposition"]),
        tuple(_line_from_plain(line, findings) for line in plain["lines"]),
        findings,
        tuple(map(NotChecked.from_dict, plain["not_checked"])),
        Receipt.from_dict(plain["receipt"]),
        tuple(map(ServiceUse.from_dict, plain["services"])),
        tuple(map(Overturned.from_dict, plain["overturned"])),
        plain.get("superseded_by"),
        tuple(plain.get("supersedes", ())),
    )


def _line_to_plain(line: LineResult, number: Mapping[Finding, int]) -> dict[str, Any]:
    return {
        "line_number": line.line_number,
        "position": line.position,
        "procedure_code": line.procedure_code,
        "modifiers": list(line.modifiers),
        "revenue_code": line.revenue_code,
        "service_date": None if line.service_date is None else line.service_date.isoformat(),
        "disposition": str(line.disposition),
        "deciding": None if line.deciding is None else number[line.deciding],
        "charge": None if line.charge is None else str(line.charge),
        "allowed_amount": None if line.allowed_amount is None else str(line.allowed_amount),
        "adjustments": [
            {
                "group_code": adjustment.group_code,
                "carc": adjustment.carc,
                "rarcs": list(adjustment.rarcs),
                "amount": None if adjustment.amount is None else str(adjustment.amount),
            }
            for adjustment in line.adjustments
        ],
        "findings": [number[finding] for finding in line.findings],
        "status_indicator": line.status_indicator,
        "apc": line.apc,
        "packaged": line.packaged,
    }


def _money(text: str | None) -> Decimal | None:
    amount = None if text is None else Decimal(text)
    if amount is not None and not amount.is_finite():
        raise ValueError("no amount")
    return amount


def _line_from_plain(plain: Mapping[str, Any], findings: tuple[Finding, ...]) -> LineResult:
    return LineResult(
        plain["line_number"],
        plain["position"],
        Disposition(plain["disposition"]),
        None if plain["deciding"] is None else findings[plain["deciding"]],
        _money(plain["charge"]),
        _money(plain["allowed_amount"]),
        tuple(
            Adjustment(item["group_code"], item["carc"], tuple(item["rarcs"]), _money(item["amount"]))
            for item in plain["adjustments"]
        ),
        Findings(findings[place] for place in plain["findings"]),
        plain.get("procedure_code"),
        tuple(plain.get("modifiers", ())),
        plain.get("revenue_code"),
        day_from(plain.get("service_date")),
        plain.get("status_indicator"),
        plain.get("apc"),
        plain.get("packaged"),
    )
