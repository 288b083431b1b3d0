"""The page for a comparison with remittances: what came true, what did not, and where the dollars are.

Claim ids are not shown: the page is for meetings, the work queue for the people who work the claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from importlib import resources
from itertools import islice
from typing import Any

import attrs
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from claimcheck.remittance.answers import Answer
from claimcheck.remittance.comparison import Agreement, ComparedLine, Comparison, Tally
from claimcheck.report import charts
from claimcheck.report.page import count, dollars, percent, visible_values, whole

__all__ = ["codes_of_carc", "codes_of_rule", "groupings", "page"]

_LISTED = 25

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


@attrs.frozen
class Group:
    """The lines of one payer, provider, code, or month: all, those denied, and unexpected denials."""

    name: str
    all: Tally
    denied: Tally
    unexpected: Tally


@attrs.frozen
class Grouping:
    """Groups by one thing, most denied dollars first; `more` are not shown."""

    title: str
    head: str
    groups: tuple[Group, ...]
    more: int


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
        unexpected=sum((line.billed for line in denied if _unexpected(line)), Decimal(0)),
        agreements=[(str(key), tally) for key, tally in agreements.items()],
        chart=_chart(agreements),
        rules=[(rule, codes_of_rule(comparison, rule.rule_id)) for rule in comparison.by_rule()],
        carcs=[(each, codes_of_carc(comparison, each.carc)) for each in comparison.by_carc()],
        groupings=list(groupings(comparison)),
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
    tallies = Comparison(tuple(lines), {}).tally(_code)
    return dict(islice(tallies.items(), _LISTED))


def _code(line: ComparedLine) -> str | None:
    return line.procedure_code or line.revenue_code


def _unexpected(line: ComparedLine) -> bool:
    return line.agreement in (Agreement.DENIED_THOUGH_PAYABLE, Agreement.NOT_CHECKED)


def _chart(agreements: dict[Any, Tally]) -> Markup:
    rows = [
        (
            str(agreement),
            [(_COLORS[agreement], float(tally.charges), f"{agreement}: {dollars(tally.charges)}")],
        )
        for agreement, tally in agreements.items()
    ]
    return charts.bars(rows, [dollars(tally.charges) for tally in agreements.values()], "Billed charges by agreement")


_BY: tuple[tuple[str, str, Callable[[ComparedLine], str | None]], ...] = (
    ("By payer", "Payer", lambda line: line.payer),
    ("By provider", "Provider", lambda line: line.provider),
    ("By procedure or revenue code", "Code", _code),
    ("By month of service", "Month", lambda line: line.month),
)


def groupings(comparison: Comparison) -> Iterator[Grouping]:
    """The lines by payer, provider, code and month."""
    for title, head, key in _BY:
        every = comparison.tally(key)
        denied = Comparison(tuple(line for line in comparison.lines if line.actual is Answer.DENIED), {}).tally(key)
        unexpected = Comparison(tuple(line for line in comparison.lines if _unexpected(line)), {}).tally(key)
        nothing = Tally(0, Decimal(0), Decimal(0))
        groups = [
            Group(name or "not known", tally, denied.get(name, nothing), unexpected.get(name, nothing))
            for name, tally in every.items()
        ]
        groups.sort(key=lambda group: (-group.denied.charges, -group.all.charges, group.name))
        yield Grouping(title, head, tuple(groups[:_LISTED]), max(0, len(groups) - _LISTED))
