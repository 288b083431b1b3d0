"""What a history holds of a claim: its lines, and of each only what the rules need."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Protocol

import attrs

from claimcheck.claims import Claim, ClaimResult, Disposition, LineResult, ServiceLine
from claimcheck.claims.verdict import strongest
from claimcheck.codes import modifier, parse_procedure
from claimcheck.errors import CodeError

__all__ = ["History", "LookUp", "RecordedLine", "lines_of"]

_FREQUENCY_RULES = "FRQ"


@attrs.frozen
class RecordedLine:
    """One line that was recorded, and is neither voided nor replaced.

    `claim` names the claim within the history and is no claim id of the payer's where the history hides those;
    `position` is the line's place on it, from 1. `disposition` is the line's verdict without the frequency limits,
    which are a function of all lines together.
    """

    claim: str
    position: int
    service_date: date
    service_date_end: date
    code: str
    modifiers: frozenset[str]
    units: Decimal | None
    disposition: Disposition
    claim_type: str | None = None
    received_date: date | None = None
    delivery_date: date | None = None
    rendering_npi: str | None = None
    rendering_taxonomy: str | None = None
    billing_npi: str | None = None
    billing_tax_id: str | None = None
    facility_type: str | None = None
    line_number: int | None = None


class LookUp(Protocol):
    """The half of a history that validation needs: it reads, and never writes."""

    @property
    def known_from(self) -> date | None:
        """The first service day of which it knows all that members had, so that what it does not find never was.

        `date.min` where it never forgot anything; None where it may miss anything, as the claims of one batch do.
        """
        ...

    def lines(
        self, member_id: str, first: date, through: date, *, other_than: Claim | None = None
    ) -> tuple[RecordedLine, ...]:
        """The member's lines with a service day from `first` to `through`, both included.

        Voided and replaced lines are left out, and so are those of the claim `other_than`, and of the claim that it
        replaces or voids. Ordered by service date, receipt, claim and position.
        """
        ...


class History(LookUp, Protocol):
    """What the members already had, kept between claims."""

    def record(self, claim: Claim, result: ClaimResult) -> None:
        """Keeps the lines of a claim with their verdict. Recording a claim again changes nothing."""
        ...


def lines_of(claim: Claim, result: ClaimResult) -> tuple[RecordedLine, ...]:
    """The lines of a claim that can matter to a later one: those with a well-formed code and a readable date."""
    lines = (_recorded(claim, line, verdict) for line, verdict in zip(claim.lines, result.lines, strict=True))
    return tuple(line for line in lines if line is not None)


def _recorded(claim: Claim, line: ServiceLine, verdict: LineResult) -> RecordedLine | None:
    first = line.service_date if isinstance(line.service_date, date) else claim.statement_from
    try:
        code = parse_procedure(line.procedure_code).text
    except CodeError:
        return None
    if not isinstance(first, date):
        return None
    last = line.service_date_end
    return RecordedLine(
        claim=_text(claim.claim_id) or "",
        position=verdict.position,
        service_date=first,
        service_date_end=last if isinstance(last, date) and last >= first else first,
        code=code,
        modifiers=frozenset(text.upper() for text in line.modifiers if modifier.is_valid(text)),  # type: ignore[union-attr]
        units=line.units if isinstance(line.units, Decimal) else None,
        disposition=strongest(
            finding.disposition for finding in verdict.findings if not finding.rule_id.startswith(_FREQUENCY_RULES)
        ),
        claim_type=_text(claim.claim_type),
        received_date=claim.received_date if isinstance(claim.received_date, date) else None,
        delivery_date=claim.delivery_date if isinstance(claim.delivery_date, date) else None,
        rendering_npi=_text(line.rendering_npi) or _text(claim.rendering_npi),
        rendering_taxonomy=_text(line.rendering_taxonomy) or _text(claim.rendering_taxonomy),
        billing_npi=_text(claim.billing_npi),
        billing_tax_id=_text(claim.billing_tax_id),
        facility_type=(_text(claim.bill_type) or "").removeprefix("0")[:2] or None,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
