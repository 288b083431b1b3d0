"""What a report keeps of one claim: codes, providers, months, amounts, and findings; nothing about the member.

>>> from claimcheck import validate_claim
>>> claim = Claim(claim_id="C1", claim_type="professional", member_id="M1", lines=[{"procedure_code": "99213"}])
>>> entry = entry_of(claim, validate_claim(claim))
>>> entry.claim_id is None, entry.lines[0].code, entry_of(claim, validate_claim(claim), show_ids=True).claim_id
(True, '99213', 'C1')
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from claimcheck.claims import Claim, ClaimResult, Finding, Reason, Receipt, ServiceLine, Source
from claimcheck.claims.outcome import outcome, upon_claim
from claimcheck.codes import npi, parse_procedure, revenue
from claimcheck.errors import CodeError
from claimcheck.visible import visible

__all__ = ["NO_CODE", "NO_DATE", "NO_PROVIDER", "Entry", "Found", "Judged", "entry_of"]

NO_CODE = "no valid code"
NO_DATE = "no date"
NO_PROVIDER = "no valid NPI"


class Judged(NamedTuple):
    """A line: its disposition together with its claim's, the deciding rule, its code, provider, and time, its charge in
    dollars, and the adjustment expected from a payer (CO-97)."""

    disposition: str
    rule: str | None
    code: str
    provider: str
    time: str
    charge: Decimal | None
    carc: str | None = None


class Found(NamedTuple):
    """A finding: the position of its line (None: on the claim), and its message."""

    line: int | None
    number: int | None
    rule: str
    name: str
    source: str
    severity: str
    message: str
    codes: str


class Entry(NamedTuple):
    """One claim. `claim_id` is None if claim ids are masked; times are then months."""

    claim_id: str | None
    file: str
    place: int | None
    complete: bool
    lines: tuple[Judged, ...]
    findings: tuple[Found, ...]
    unchecked: frozenset[tuple[Reason, str | None]]
    receipt: Receipt
    time: str
    provider: str


def entry_of(claim: Claim, result: ClaimResult, *, show_ids: bool = False) -> Entry:
    """What a report keeps of a claim. `show_ids` keeps its id, and days instead of months."""
    source = claim.source or Source()
    return Entry(
        visible(result.claim_id) if show_ids and result.claim_id is not None else None,
        "" if source.file is None else visible(Path(source.file).name),
        source.place,
        result.complete,
        tuple(_lines(claim, result, show_ids)),
        tuple(_found(finding, result.superseded_by if show_ids else None) for finding in result.findings),
        frozenset((entry.reason, entry.table) for entry in result.not_checked),
        result.receipt,
        _time(_first_day(claim), show_ids),
        _provider(claim.rendering_npi, claim.billing_npi),
    )


def _first_day(claim: Claim) -> date | None:
    days = (claim.statement_from, *(line.service_date for line in claim.lines))
    return min((day for day in days if isinstance(day, date)), default=None)


def _lines(claim: Claim, result: ClaimResult, show_ids: bool) -> Iterator[Judged]:
    upon = upon_claim(result)
    for line, verdict in zip(claim.lines, result.lines, strict=True):
        disposition, deciding = outcome(verdict, upon)
        yield Judged(
            str(disposition),
            None if deciding is None else deciding.rule_id,
            _code(line),
            _provider(line.rendering_npi, claim.rendering_npi, claim.billing_npi),
            _time(line.service_date or claim.statement_from, show_ids),
            verdict.billed,
            None if deciding is None or deciding.carc is None else f"{deciding.group_code}-{deciding.carc}",
        )


def _found(finding: Finding, successor: str | None) -> Found:
    """A finding; `successor` is the claim that replaces a superseded one, which is then named with it."""
    by = "" if successor is None else f": claim {visible(successor)}"
    codes = "" if finding.carc is None else "/".join((f"{finding.group_code}-{finding.carc}", *finding.rarcs))
    return Found(
        finding.position,
        finding.line_number,
        finding.rule_id,
        finding.rule_name,
        finding.source,
        str(finding.severity),
        f"{finding.message}{by}",
        codes,
    )


def _code(line: ServiceLine) -> str:
    """The code as billed, if well formed: anything else may be member data."""
    try:
        return parse_procedure(line.procedure_code).text
    except CodeError:
        given = line.revenue_code
        billed = line.procedure_code is None and isinstance(given, str) and revenue.is_valid(given)
        return f"revenue {given}" if billed else NO_CODE


def _provider(*given: object) -> str:
    """The first identifier present, if it is an NPI."""
    first = next((value for value in given if value is not None), None)
    return first if isinstance(first, str) and npi.is_valid(first) else NO_PROVIDER


def _time(day: object, show_ids: bool) -> str:
    """A service date identifies a person as much as a claim id does, so only its month is shown."""
    if not isinstance(day, date):
        return NO_DATE
    return day.isoformat() if show_ids else f"{day:%Y-%m}"
