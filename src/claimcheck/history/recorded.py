"""What validation asks a history, and what it answers with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Protocol

import attrs

from claimcheck.claims import Claim, Disposition

__all__ = ["LookUp", "RecordedLine", "SettledLine", "by_date", "may_grow", "settled"]


@attrs.frozen
class RecordedLine:
    """One line that was recorded, and is neither voided nor replaced.

    `claim` names the claim: its claim id, or a digest where it has none, and behind it a number where several bills of
    the member have that id, such as the visits of an account (`claimcheck.history.accounts`); `position` is the line's
    place on it, from 1, and `line_number` its number as billed where that is another. `disposition` is the line's
    verdict without the frequency limits, which are a function of all lines together. `rendering_taxonomy` is that of
    who rendered the line, as far as the claim tells (`claimcheck.claims.performer`). `billing_digest` is a keyed digest
    of all that the line bills, its charge among it (`claimcheck.history.exactness`): lines of one digest bill exactly
    the same.
    """

    claim: str = attrs.field(repr=False)
    position: int
    service_date: date
    service_date_end: date
    code: str
    modifiers: frozenset[str]
    units: Decimal | None
    disposition: Disposition
    claim_type: str | None = None
    received_date: date | None = None
    delivery_date: date | None = attrs.field(default=None, repr=False)
    rendering_npi: str | None = None
    rendering_taxonomy: str | None = None
    billing_npi: str | None = None
    billing_tax_id: str | None = None
    facility_type: str | None = None
    line_number: int | None = None
    billing_digest: int | None = attrs.field(default=None, repr=False)


@attrs.frozen
class SettledLine(RecordedLine):
    """A line of a claim of the batch at hand, of which the batch's other claims make something else.

    `disposition` is by the line's own claim (and the history below the batch), so that two claims may each speak of
    the other; `settled` is with all claims of the batch, and what the rules that read the standing of earlier phases
    go by.
    """

    settled: Disposition = attrs.field(kw_only=True)


def settled(line: RecordedLine) -> Disposition:
    """The disposition of a recorded line with all that is known of it."""
    return line.settled if isinstance(line, SettledLine) else line.disposition


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

        Voided and replaced lines are left out, and so are those of the claim `other_than` and versions of its bill, and
        of the claim that it replaces or voids. Ordered by service date, receipt (a missing one last), claim, position.
        """
        ...


def may_grow(history: LookUp | None) -> bool:
    """Whether claims may follow that belong beside those of a history, as in a batch that is judged as it is read."""
    return bool(getattr(history, "may_grow", False))


def by_date(line: RecordedLine) -> tuple[date, date, str, int]:
    """The order of lines: service date, receipt, claim, position."""
    return line.service_date, line.received_date or date.max, line.claim, line.position
