"""What validation asks of a history, and the answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Protocol

import attrs

from claimcheck.claims import Claim, Disposition

__all__ = ["LookUp", "RecordedLine", "SettledLine", "by_date", "may_grow", "settled"]


@attrs.frozen
class RecordedLine:
    """A recorded line that is neither voided nor replaced.

    `claim` names the claim: its claim id, or a digest where it has none, followed by a number if several bills of
    the member have that id, such as the visits of an account (`claimcheck.history.accounts`); `position` is the line's
    place on it, from 1, and `line_number` its number as billed where that is another. `disposition` is the line's
    result without the frequency limits, which are a function of all lines together. `rendering_taxonomy` is that of
    who rendered the line, as far as the claim tells (`claimcheck.claims.performer`). `billing_digest` is a keyed digest
    of all that the line bills, its charge among it (`claimcheck.history.exactness`): lines of one digest bill exactly
    the same. `frequency_code` is that of the claim (CLM05-3), or 7 where it replaces another without one, as in FHIR,
    and `is_record` says that the claim is a payer's record: they distinguish two bills with one claim id from two
    versions of one.
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
    frequency_code: str | None = None
    is_record: bool = False


@attrs.frozen
class SettledLine(RecordedLine):
    """A line of a claim in the current batch whose disposition other claims of the batch change.

    `disposition` is by the line's own claim (and the history below the batch), so that two claims may each refer to the
    other; `settled` is among all claims of the batch, and is used by rules that read the dispositions of earlier
    phases.
    """

    settled: Disposition = attrs.field(kw_only=True)


def settled(line: RecordedLine) -> Disposition:
    """The disposition of a recorded line given everything known about it."""
    return line.settled if isinstance(line, SettledLine) else line.disposition


class LookUp(Protocol):
    """The part of a history that validation needs: it reads, and never writes."""

    @property
    def known_from(self) -> date | None:
        """The first service date from which it is complete, so that what it does not find does not exist.

        `date.min` if it never forgot anything; None if it may be incomplete, like the claims of one batch.
        """
        ...

    def lines(
        self, member_id: str, first: date, through: date, *, other_than: Claim | None = None
    ) -> tuple[RecordedLine, ...]:
        """The member's lines with a service date from `first` to `through`, inclusive.

        Voided and replaced lines are left out, and so are those of the claim `other_than` and versions of its bill, and
        of the claim that it replaces or voids. Ordered by service date, receipt (a missing one last), claim, position.
        """
        ...


def may_grow(history: LookUp | None) -> bool:
    """Whether more claims may follow that belong with those of a history, as in a batch that is validated as it is
    read."""
    return bool(getattr(history, "may_grow", False))


def by_date(line: RecordedLine) -> tuple[date, date, str, int]:
    """The sort key of lines: service date, received date, claim, position."""
    return line.service_date, line.received_date or date.max, line.claim, line.position
