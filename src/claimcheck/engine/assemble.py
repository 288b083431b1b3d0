"""Assembles the result of a claim from the findings of its rules."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

import attrs

from claimcheck import money
from claimcheck.claims import (
    Adjustment,
    Claim,
    ClaimResult,
    Disposition,
    Finding,
    Findings,
    LineResult,
    NotChecked,
    Overturned,
    Reason,
    Receipt,
    ServiceLine,
)
from claimcheck.claims.billed import Billed, billed
from claimcheck.claims.quick import maker
from claimcheck.claims.verdict import claim_disposition
from claimcheck.engine.digest import NOTHING_SAID, ON_THE_CLAIM, Digest, Notes, Place, Placed, digest, finding
from claimcheck.engine.said import Said, Unseen
from claimcheck.history.recorded import RecordedLine
from claimcheck.rules.facility.payment import Paid
from claimcheck.rules.rule import Raised, Rule

__all__ = ["assemble", "superseded"]

_PAYABLE = Disposition.PAYABLE  # looking up an enum member costs time on every use

_claim_result = maker(ClaimResult)
_line_result = maker(LineResult)


def assemble(claim: Claim, said: Said, receipt: Receipt) -> ClaimResult:
    """The result: findings with their positions filled in, lines with disposition and price, and the claim's totals."""
    numbers = _places(len(claim.lines))
    in_order = numbers == tuple([line.line_number for line in claim.lines])
    if not in_order:
        numbers = tuple([line_number(line, position) for line, position in zip(claim.lines, numbers, strict=True)])
        in_order = numbers == _places(len(numbers))
    of_claim = _together(said.of_claim) if said.of_claim else NOTHING_SAID
    findings = [*of_claim.placed(ON_THE_CLAIM, numbers, in_order=in_order).findings] if of_claim.raised else []
    lines: list[LineResult] = []
    paid = of_claim.disposition is _PAYABLE
    for position, (line, number, one) in enumerate(zip(claim.lines, numbers, said.of_lines, strict=True), 1):
        charge = line.charge if line.charge.__class__ is Decimal else None
        bills = billed(line)
        if not one.raised:
            lines.append(_line_result(number, position, _PAYABLE, None, charge, None, (), (), *bills))
            continue
        placed = one.placed(Place(position, number, bills), numbers, in_order=in_order)
        findings += placed.findings
        if placed.deciding is None and not one.scheduled:
            result = _line_result(number, position, _PAYABLE, None, charge, None, (), placed.findings, *bills)
        else:
            result = _line(Place(position, number, bills), charge, one, placed)
            paid = paid and result.disposition is _PAYABLE
        lines.append(result)
    if said.of_claim and (unpaid := next(filter(_pays_nothing, findings), None)) is not None:
        lines = [_unpaid(line, unpaid) for line in lines]
    if said.payments is not None:
        lines = [_paid_as(line, how) for line, how in zip(lines, said.payments, strict=True)]
    return _claim_result(
        claim.claim_id if isinstance(claim.claim_id, str) else None,
        _PAYABLE if paid else claim_disposition(of_claim.disposition, [one.disposition for one in lines]),
        tuple(lines),
        Findings(findings),
        _not_checked(said.unchecked, said.unseen, numbers) if said.unchecked or said.unseen else (),
        receipt,
        said.services,
        tuple([_overturned(*upon) for upon in said.overturned]) if said.overturned else (),
        None,
        tuple(sorted(said.meant.taken)) if said.meant.taken else (),
    )


def superseded(claim: Claim, said: Said, receipt: Receipt, by: str | None) -> ClaimResult:
    """The result of a claim that another version of the bill, `by`, replaced or voided."""
    of_claim = _together(said.of_claim).placed(ON_THE_CLAIM, (), in_order=True)
    fallen, deciding = Disposition.SUPERSEDED, of_claim.deciding
    lines = []
    for position, line in enumerate(claim.lines, 1):
        charge = line.charge if line.charge.__class__ is Decimal else None
        number = line_number(line, position)
        lines.append(_line_result(number, position, fallen, deciding, charge, None, (), (), *billed(line)))
    return _claim_result(
        claim.claim_id if isinstance(claim.claim_id, str) else None,
        Disposition.SUPERSEDED,
        tuple(lines),
        of_claim.findings,
        (),
        receipt,
        superseded_by=by,
    )


@lru_cache(maxsize=1_024)
def _places(count: int) -> tuple[int, ...]:
    return tuple(range(1, count + 1))


def line_number(line: ServiceLine, position: int) -> int:
    """The line's number as billed, or its position if it has none."""
    return line.line_number if line.line_number.__class__ is int else position


def _together(of_claim: Sequence[Digest]) -> Digest:
    """All findings of the claim, as one digest."""
    some = [one for one in of_claim if one.raised]
    if len(some) > 1:
        return digest([one for each in some for one in each.raised])
    return some[0] if some else NOTHING_SAID


def _line(place: Place, charge: Decimal | None, said: Digest, placed: Placed) -> LineResult:
    """The result of a line that a finding decided, or that is priced from a schedule."""
    allowed = _allowed(charge, said) if said.scheduled else None
    deciding = placed.deciding
    adjustments = () if deciding is None else _adjustments(deciding, charge, allowed)
    position, number, bills = place
    return _line_result(
        number, position, said.disposition, deciding, charge, allowed, adjustments, placed.findings, *bills
    )


def _pays_nothing(found: Finding) -> bool:
    """Whether a finding on the claim says that nothing is paid on it (for example, a void)."""
    return found.position is None and found.disposition is Disposition.REPORT_ONLY


def _unpaid(line: LineResult, found: Finding) -> LineResult:
    """A line of a claim on which nothing is paid because of `found`; the line's own findings are kept."""
    if line.disposition is not _PAYABLE:
        return line
    return attrs.evolve(line, disposition=found.disposition, deciding=found, allowed_amount=None)


def _paid_as(line: LineResult, how: Paid) -> LineResult:
    """A line with the way it is paid on its claim."""
    status, apc = how.status or None, how.group or None
    return attrs.evolve(line, status_indicator=status, apc=apc, packaged=how.packaged)


def _allowed(charge: Decimal | None, said: Digest) -> Decimal | None:
    """The price of a line with a token amount on the schedule; None for whatever claimcheck does not price."""
    if said.disposition in (Disposition.REJECTED, Disposition.REVIEW):
        return None
    if said.disposition is not Disposition.PAYABLE:
        return money.ZERO
    return min(said.scheduled) if charge is None else min(charge, *said.scheduled)


def _adjustments(deciding: Finding, charge: Decimal | None, allowed: Decimal | None) -> tuple[Adjustment, ...]:
    """The adjustments a remittance would carry. A rejected claim has no remittance, and a claim in review has none
    yet."""
    if deciding.carc is None or deciding.group_code is None:
        return ()
    if deciding.disposition not in (Disposition.DENIED, Disposition.REPORT_ONLY):
        return ()
    amount = None if charge is None else charge - (allowed or money.ZERO)
    return (Adjustment(deciding.group_code, deciding.carc, deciding.rarcs, amount),)


@lru_cache(maxsize=8_192)
def _not_checked(unchecked: Notes, unseen: Unseen, numbers: tuple[int, ...]) -> tuple[NotChecked, ...]:
    """What was not checked, by rule, reason and table, each with the numbers of its lines.

    Includes what depends on other claims that are not known. Many claims lack the same checks on the same lines.
    """
    found = [
        NotChecked(rule_id, Reason(reason), table, tuple([numbers[place - 1] for place in positions if place]))
        for (rule_id, reason, table), positions in unchecked
    ]
    found += [NotChecked(rules[0], reason, rules=rules) for reason, rules in unseen]
    return tuple(sorted(found, key=_in_order))


def _in_order(entry: NotChecked) -> tuple[str, str, str, int]:
    return entry.rule_id, entry.reason, entry.table or "", len(entry.rules)


def _overturned(rule: Rule, raised: Raised, other: RecordedLine) -> Overturned:
    number = other.position if other.line_number is None else other.line_number
    bills = Billed(other.code or None, tuple(sorted(other.modifiers)), None, other.service_date)
    return Overturned(other.claim, finding(rule, raised, Place(other.position, number, bills), []))
