"""The result of a service line."""

from __future__ import annotations

import datetime
from decimal import Decimal

import attrs

from claimcheck.claims.finding import Adjustment, Finding
from claimcheck.claims.guessed import OF_LINE
from claimcheck.claims.verdict import Disposition
from claimcheck.guesses import hinted

__all__ = ["LineResult"]


_TOTAL = "0001"
"""The revenue code of the total line (Medicare Claims Processing Manual, chapter 25, form locator 42)."""


@hinted(OF_LINE)
@attrs.frozen(weakref_slot=False)
class LineResult:
    """The result of one line.

    `position` is its place from 1; `deciding` the finding that set the disposition, None where nothing did;
    `allowed_amount` the price where it is a convention, None for what claimcheck does not price; `adjustments` what
    a remittance would carry. `procedure_code`, `modifiers`, `revenue_code` and `service_date` are what the line bills,
    where that is well formed: a code that is none is None, for it may be anything.

    Of a line that is paid by the outpatient prospective payment system, where the outpatient code editor's tables are
    loaded: `status_indicator` on this claim, `apc` (its group), and `packaged`, whether other lines include its
    payment. They are None on other lines. What an APC pays is not said.
    """

    line_number: int
    position: int
    disposition: Disposition
    deciding: Finding | None = None
    charge: Decimal | None = None
    allowed_amount: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    findings: tuple[Finding, ...] = ()
    procedure_code: str | None = None
    modifiers: tuple[str, ...] = ()
    revenue_code: str | None = None
    service_date: datetime.date | None = None
    status_indicator: str | None = None
    apc: str | None = None
    packaged: bool | None = None

    @property
    def billed(self) -> Decimal | None:
        """What the line adds to the claim's total: `charge`, or nothing if it holds the total of the others.

        >>> total = LineResult(3, 3, Disposition.REPORT_ONLY, charge=Decimal("180.00"), revenue_code="0001")
        >>> total.charge, total.billed
        (Decimal('180.00'), None)
        """
        return None if self.revenue_code == _TOTAL else self.charge

    def _repr_html_(self) -> str:
        from claimcheck.claims import html

        return html.of_line(self)
