"""Charges by month of service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import attrs
from markupsafe import Markup

from claimcheck.claims import Disposition
from claimcheck.explaining.words import plain
from claimcheck.report import charts
from claimcheck.report.entry import NO_DATE
from claimcheck.report.months import Month, stretch
from claimcheck.report.numbers import count, dollars, short
from claimcheck.report.tally import AT_STAKE, PROCESSED, Tally

__all__ = ["LISTED", "Timeline", "color", "timeline"]

LISTED = 15


@attrs.frozen
class Timeline:
    """Charges by month of service: the chart, and its rows, latest month first: lines, denied, billed, at risk."""

    chart: Markup
    rows: Sequence[tuple[str, int, float | None, Decimal, Decimal]]
    more: int
    note: str = ""


def color(disposition: str) -> str:
    """The name of a disposition's color in the style sheet."""
    return disposition.replace("_", "-")


def timeline(tally: Tally) -> Timeline | None:
    """Charges by month of service and disposition."""
    lines = {Month.read(name): of.total() for name, of in tally.monthly.items() if name != NO_DATE}
    shown = stretch(lines)
    if not shown:
        return None
    drawn = {month: list(_month(month, tally)) for month in shown}
    rows = [_timeline_row(month, tally) for month in reversed(shown)]
    left_out = sum(tally.monthly[str(month)].total() for month in lines.keys() - {*shown}) + (
        tally.monthly[NO_DATE].total() if NO_DATE in tally.monthly else 0
    )
    note = f"{count(left_out, 'line')} without a service date, or far from these months, not shown." if left_out else ""
    label = "Billed charges by month of service and disposition"
    return Timeline(charts.columns(drawn, label, short), rows[:LISTED], len(rows[LISTED:]), note)


def _month(month: Month, tally: Tally) -> Iterable[tuple[str, float, str]]:
    charges = tally.monthly_charges[str(month)]
    for disposition in Disposition:
        # Superseded lines are billed on the claim that replaces them.
        if charges.get(disposition, 0) > 0 and disposition is not Disposition.SUPERSEDED:
            title = f"{month}: {dollars(charges[disposition])} {plain(disposition)}"
            yield color(disposition), float(charges[disposition]), title


def _timeline_row(month: Month, tally: Tally) -> tuple[str, int, float | None, Decimal, Decimal]:
    lines, charges = tally.monthly[str(month)], tally.monthly_charges[str(month)]
    processed = sum(lines[one] for one in PROCESSED)
    denied = lines[Disposition.DENIED] / processed if processed else None
    at_risk = sum((charges.get(one, Decimal(0)) for one in AT_STAKE), Decimal(0))
    superseded = Disposition.SUPERSEDED
    billed = sum((amount for one, amount in charges.items() if one != superseded), Decimal(0))
    return str(month), lines.total() - lines[superseded], denied, billed, at_risk
