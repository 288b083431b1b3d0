"""The result of a claim, from what was said of it."""

from __future__ import annotations

from decimal import Decimal

import attrs

from claimcheck import money
from claimcheck.claims import (
    Adjustment,
    Claim,
    ClaimResult,
    Disposition,
    Finding,
    LineResult,
    NotChecked,
    Overturned,
    Reason,
    Receipt,
    ServiceLine,
    ServiceUse,
    Severity,
)
from claimcheck.claims.verdict import claim_disposition, strongest
from claimcheck.engine.tally import Tally
from claimcheck.history.recorded import RecordedLine
from claimcheck.rules.rule import Phase, Raised, Rule

__all__ = ["assemble"]

Said = list[tuple[Rule, Raised]]


def assemble(claim: Claim, tally: Tally, receipt: Receipt, services: tuple[ServiceUse, ...] = ()) -> ClaimResult:
    """The result: findings placed and filled in, lines with their disposition and price, the claim's roll-up."""
    numbers = [line_number(line, position) for position, line in enumerate(claim.lines, 1)]
    of_claim = tuple(_finding(rule, raised, None, numbers) for rule, raised in _in_order(tally.raised[0]))
    lines = tuple(
        [
            _line(line, position, said, numbers)
            for position, (line, said) in enumerate(zip(claim.lines, tally.raised[1:], strict=True), 1)
        ]
    )
    own = strongest(finding.disposition for finding in of_claim)
    findings = of_claim + tuple(finding for line in lines for finding in line.findings)
    return ClaimResult(
        claim.claim_id if isinstance(claim.claim_id, str) else None,
        claim_disposition(own, [line.disposition for line in lines]),
        lines,
        findings,
        tuple(
            NotChecked(rule_id, Reason(reason), table, tuple(numbers[place - 1] for place in sorted(places) if place))
            for (rule_id, reason, table), places in tally.unchecked.items()
        ),
        receipt,
        services,
        tuple([_overturned(rule, raised, raised.other) for rule, raised in tally.overturned if raised.other]),
    )


def _overturned(rule: Rule, raised: Raised, other: RecordedLine) -> Overturned:
    number = other.position if other.line_number is None else other.line_number
    finding = _finding(rule, raised, None, [])
    return Overturned(other.claim, attrs.evolve(finding, line_number=number, position=other.position))


def line_number(line: ServiceLine, position: int) -> int:
    """The number of a line as billed, or its place where it has none."""
    return line.line_number if isinstance(line.line_number, int) else position


def _in_order(said: Said) -> Said:
    """Findings by phase and rule id, so that the first of a disposition is the one that decided."""
    return sorted(said, key=_when) if len(said) > 1 else said


def _when(said: tuple[Rule, Raised]) -> tuple[int, str]:
    rule, _ = said
    return rule.phase, rule.id


def _line(line: ServiceLine, position: int, said: Said, numbers: list[int]) -> LineResult:
    charge = line.charge if isinstance(line.charge, Decimal) else None
    if not said:
        return LineResult(numbers[position - 1], position, Disposition.PAYABLE, charge=charge)
    said = _in_order(said)
    disposition = strongest(raised.outcome.disposition for _, raised in said)
    findings = tuple([_finding(rule, raised, position, numbers) for rule, raised in _that_hold(said, disposition)])
    deciding = None
    if disposition is not Disposition.PAYABLE:
        deciding = next(finding for finding in findings if finding.disposition is disposition)
    allowed = _allowed(charge, disposition, said)
    return LineResult(
        numbers[position - 1],
        position,
        disposition,
        deciding,
        charge,
        allowed,
        _adjustments(deciding, charge, allowed),
        findings,
    )


def _that_hold(said: Said, disposition: Disposition) -> Said:
    """Of a line that is not accepted, all but what it would be paid: nothing is to be said of that."""
    if disposition not in (Disposition.REJECTED, Disposition.DENIED):
        return said
    return [one for one in said if one[0].phase is not Phase.PRICE or one[1].outcome.severity is not Severity.INFO]


def _allowed(charge: Decimal | None, disposition: Disposition, said: Said) -> Decimal | None:
    """The price of a line that stands on a schedule at a token amount; None for what claimcheck does not price."""
    scheduled = [raised.scheduled for _, raised in said if raised.scheduled is not None]
    if not scheduled or disposition in (Disposition.REJECTED, Disposition.REVIEW):
        return None
    if disposition is not Disposition.PAYABLE:
        return money.ZERO
    return min(scheduled) if charge is None else min(charge, *scheduled)


def _adjustments(deciding: Finding | None, charge: Decimal | None, allowed: Decimal | None) -> tuple[Adjustment, ...]:
    """What a remittance would carry. A rejected claim has no remittance, and a review none yet."""
    if deciding is None or deciding.carc is None or deciding.group_code is None:
        return ()
    if deciding.disposition not in (Disposition.DENIED, Disposition.REPORT_ONLY):
        return ()
    amount = None if charge is None else charge - (allowed or money.ZERO)
    return (Adjustment(deciding.group_code, deciding.carc, deciding.rarcs, amount),)


def _finding(rule: Rule, raised: Raised, position: int | None, numbers: list[int]) -> Finding:
    outcome = raised.outcome
    return Finding(
        rule.id,
        rule.name,
        outcome.severity,
        outcome.disposition,
        raised.message,
        None if position is None else numbers[position - 1],
        position,
        tuple([numbers[place - 1] for place in raised.related]),
        raised.evidence,
        rule.sources[0],
        None if raised.edition is None else str(raised.edition),
        outcome.group_code,
        outcome.carc,
        outcome.rarcs,
    )
