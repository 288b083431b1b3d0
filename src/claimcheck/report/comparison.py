"""The page for a comparison with remittances: what came true, what did not, and where the dollars are.

Claim ids are not shown: the page is for meetings, the work queue for the people who work the claims.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from importlib import resources
from itertools import islice
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from claimcheck.remittance.answers import Answer
from claimcheck.remittance.comparison import Agreement, ComparedLine, Comparison, Tally
from claimcheck.remittance.grouping import code_of, groupings, is_unexpected
from claimcheck.report import charts
from claimcheck.report.months import Month, stretch
from claimcheck.report.numbers import count, dollars, percent, short, whole
from claimcheck.report.page import visible_values

__all__ = ["codes_of_carc", "codes_of_rule", "page"]

_LISTED = 25

_DENIED = ("review", "denied")  #: the colors of expected and of unexpected denials
_COLORS = {
    Agreement.CAME_TRUE: "payable",
    Agreement.REPORT_ONLY: "report-only",
    Agreement.PAID_IN_REVIEW: "review",
    Agreement.OTHER_REASON: "review",
    Agreement.NOT_CHECKED: "superseded",
    Agreement.DENIED_THOUGH_PAYABLE: "denied",
    Agreement.PAID_THOUGH_DENIED: "rejected",
    Agreement.PAID_THOUGH_REPORT_ONLY: "rejected",
}


def page(comparison: Comparison) -> str:
    """The page.

    >>> "No line could be compared" in page(Comparison((), {"claim without a remittance": 3}))
    True
    """
    environment = Environment(
        loader=PackageLoader("claimcheck.report", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=visible_values,
    )
    environment.filters |= {"dollars": dollars, "whole": whole, "count": count, "percent": percent}
    agreements = comparison.tally(lambda line: line.agreement)
    denied = [line for line in comparison.lines if line.actual is Answer.DENIED]
    return environment.get_template("comparison.html").render(
        lines=len(comparison.lines),
        claims=len({line.claim_id for line in comparison.lines}),
        billed=sum((line.billed for line in comparison.lines), Decimal(0)),
        paid=sum((line.paid for line in comparison.lines), Decimal(0)),
        denied=sum((line.billed for line in denied), Decimal(0)),
        unexpected=sum((line.billed for line in denied if is_unexpected(line)), Decimal(0)),
        agreements=[(str(key), tally) for key, tally in agreements.items()],
        chart=_chart(agreements),
        rules=[(rule, codes_of_rule(comparison, rule.rule_id)) for rule in comparison.by_rule()],
        carcs=[(each, codes_of_carc(comparison, each.carc)) for each in comparison.by_carc()],
        months=_months(denied),
        groupings=list(groupings(comparison)),
        listed=_LISTED,
        unmatched=comparison.unmatched,
        style=Markup(resources.files("claimcheck.report").joinpath("page", "page.css").read_text("utf-8")),  # noqa: S704
    )


def codes_of_rule(comparison: Comparison, rule_id: str) -> dict[str | None, Tally]:
    """The codes of the lines that the rule expected to be denied, most dollars first; the first ones."""
    return _codes(line for line in comparison.lines if line.rule_id == rule_id and line.expects_denial)


def codes_of_carc(comparison: Comparison, carc: str) -> dict[str | None, Tally]:
    """The codes of the lines that the payer denied for the reason, most dollars first; the first ones."""
    return _codes(line for line in comparison.lines if carc in line.actual_carcs)


def _codes(lines: Iterable[ComparedLine]) -> dict[str | None, Tally]:
    tallies = Comparison(tuple(lines), {}).tally(code_of)
    return dict(islice(tallies.items(), _LISTED))


def _chart(agreements: dict[Any, Tally]) -> Markup:
    rows = [
        (
            str(agreement),
            [(_COLORS[agreement], float(tally.charges), f"{agreement}: {dollars(tally.charges)}")],
        )
        for agreement, tally in agreements.items()
    ]
    return charts.bars(rows, [dollars(tally.charges) for tally in agreements.values()], "Billed charges by agreement")


def _months(denied: Sequence[ComparedLine]) -> Markup | None:
    """Denied dollars by month of service; None if no line has a date."""
    dated = [line for line in denied if line.month is not None]
    shown = stretch(Counter(Month.read(str(line.month)) for line in dated))
    if not shown:
        return None
    sums: dict[tuple[Month, bool], Decimal] = defaultdict(Decimal)
    for line in dated:
        sums[Month.read(str(line.month)), is_unexpected(line)] += line.billed
    drawn = {month: [_part(month, sums[month, each], is_unexpected=each) for each in (False, True)] for month in shown}
    return charts.columns(drawn, "Denied charges by month of service", short)


def _part(month: Month, charges: Decimal, *, is_unexpected: bool) -> tuple[str, float, str]:
    words = "denied, and not expected to be" if is_unexpected else "denied as expected, or for another reason"
    return _DENIED[is_unexpected], float(charges), f"{month}: {dollars(charges)} {words}"
