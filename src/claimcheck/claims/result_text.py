"""A result as text for people."""

from __future__ import annotations

from claimcheck.claims.line_result import LineResult
from claimcheck.claims.outcome import return_note, state
from claimcheck.claims.result import ClaimResult

__all__ = ["readable"]


def _paid_how(line: LineResult) -> str:
    """How an outpatient line is paid, where the tables that say so are loaded."""
    if line.status_indicator is None:
        return ""
    apc = "" if line.apc is None else f", APC {line.apc}"
    return f", status indicator {line.status_indicator}{apc}{', packaged' if line.packaged else ''}"


def readable(result: ClaimResult) -> list[str]:
    """A result, line by line."""
    of_claim = ", ".join(filter(None, (result.disposition, return_note(result))))
    text = [f"claim: {of_claim} ({state(result)})"]
    text += [f"  {finding}" for finding in result.findings if finding.position is None]
    for line in result.lines:
        allowed = "" if line.allowed_amount is None else f", allowed {line.allowed_amount}"
        code = "-".join((line.procedure_code, *line.modifiers)) if line.procedure_code else line.revenue_code
        named = f"line {line.line_number} {code}" if code else f"line {line.line_number}"
        text.append(f"{named}: {line.disposition}{allowed}{_paid_how(line)}")
        text += [f"  {finding.severity} {finding.rule_id}: {finding.message}" for finding in line.findings]
    text += [f"not checked: {entry}" for entry in result.not_checked]
    if result.receipt.rules_off:
        text.append(f"switched off: {', '.join(result.receipt.rules_off)}")
    return text
