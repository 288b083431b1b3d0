"""The changes found by replaying, as records for programs: one for each line or claim that differs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from claimcheck.claims import Claim, ClaimResult
from claimcheck.cli.rendering import service
from claimcheck.cli.saved import Place
from claimcheck.engine.impact import Change

__all__ = ["Changed", "changed"]


class Changed(NamedTuple):
    """A line that differs, or the claim itself (`line_number` None); findings and unchecked rules by rule id."""

    file: str
    line: int
    claim_id: str | None
    line_number: int | None
    position: int | None
    service: str | None
    charge: Decimal | None
    disposition_before: str
    disposition_after: str
    allowed_before: Decimal | None
    allowed_after: Decimal | None
    rule_before: str | None
    rule_after: str | None
    found: tuple[str, ...]
    gone: tuple[str, ...]
    unchecked: tuple[str, ...]
    checked: tuple[str, ...]
    reworded: bool


def changed(place: Place, claim: Claim, before: ClaimResult, changes: tuple[Change, ...]) -> Iterator[Changed]:
    """One record per change."""
    for change in changes:
        yield Changed(
            place.file,
            place.line,
            before.claim_id,
            change.line_number,
            change.position,
            None if change.position is None else service(claim.lines[change.position - 1]),
            change.charge,
            str(change.before.disposition),
            str(change.after.disposition),
            change.before.allowed_amount,
            change.after.allowed_amount,
            change.before.rule,
            change.after.rule,
            tuple(finding.rule_id for finding in change.found),
            tuple(finding.rule_id for finding in change.gone),
            tuple(entry.rule_id for entry in change.unchecked),
            tuple(entry.rule_id for entry in change.checked),
            change.reworded,
        )
