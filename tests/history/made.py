"""Claims and verdicts by hand, so that what a history does is tested apart from what the rules say."""

from __future__ import annotations

from typing import Any

from claimcheck import Claim, ClaimResult, Disposition, Finding, LineResult, Receipt, ServiceLine, Severity
from claimcheck.claims import Overturned, ServiceUse

RECEIPT = Receipt("0", "default", "0")


def line(code: str | None = "3044F", day: str | None = "2024-02-01", **fields: Any) -> ServiceLine:
    return ServiceLine(code, **{"service_date": day, "units": 1, **fields})


def claim(claim_id: str | None = "A", *lines: ServiceLine, **fields: Any) -> Claim:
    given = {"claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893", **fields}
    return Claim(claim_id=claim_id, lines=lines or (line(),), **given)


def use(position: int = 1, service: str = "a1c", **terms: Any) -> ServiceUse:
    given = {"limit": "yearly", "most": 1, "window": "calendar_year", "per": "member", **terms}
    return ServiceUse(position=position, service=service, **given)


def finding(rule_id: str, position: int | None, disposition: str = "denied") -> Finding:
    return Finding(rule_id, "rule", Severity.ERROR, Disposition(disposition), "said", position, position)


def against(claim_id: str, position: int = 1, rule_id: str = "NCCI101", disposition: str = "denied") -> Overturned:
    return Overturned(claim_id, finding(rule_id, position, disposition))


def result(
    of: Claim,
    *uses: ServiceUse,
    overturned: tuple[Overturned, ...] = (),
    disposition: str = "payable",
    findings: dict[int, tuple[Finding, ...]] | None = None,
) -> ClaimResult:
    lines = tuple(
        LineResult(place, place, Disposition.PAYABLE, findings=(findings or {}).get(place, ()))
        for place in range(1, len(of.lines) + 1)
    )
    name = of.claim_id if isinstance(of.claim_id, str) else None
    return ClaimResult(name, Disposition(disposition), lines, (), (), RECEIPT, uses, overturned)
