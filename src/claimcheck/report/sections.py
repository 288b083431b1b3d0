"""Findings and dollars by rule, CARC, procedure code, and provider."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import attrs
from markupsafe import Markup

from claimcheck.claims import Severity
from claimcheck.report import charts
from claimcheck.report.numbers import amounts, count, dollars
from claimcheck.report.tally import Group, Tally
from claimcheck.report.timeline import LISTED
from claimcheck.rules.registry import by_id

__all__ = ["Section", "sections"]

_CHARTED = 10


@attrs.frozen
class Section:
    """A chart and a table of findings and dollars by one thing, whose rows filter the list by one `key`.

    `note` explains the chart and the table, if their titles do not.
    """

    key: str
    title: str
    head: str
    chart: Markup
    rows: Sequence[tuple[str, str, Group]]
    more: int
    note: str = ""


def sections(tally: Tally) -> Iterable[Section]:
    """The sections of the page."""
    named = {rule: _title(rule, name) for rule, (name, _) in tally.described.items()}
    for key, title, head, groups in (
        ("rule", "Dollars at risk by rule", "Rule", tally.rules),
        ("carc", "Findings by CARC", "CARC", tally.carcs),
        ("code", "Dollars at risk by procedure code", "Code", tally.codes),
        ("provider", "Dollars at risk by provider", "NPI (rendering, or billing if none)", tally.providers),
    ):
        rank, draw = (_by_findings, _finding_bars) if key == "carc" else (_by_dollars, _dollar_bars)
        some = [(name, group) for name, group in sorted(groups.items()) if group.total or group.at_stake]
        ranked = sorted(some, key=lambda item: rank(item[1]), reverse=True)
        rows = [(name, named.get(name, "") if key == "rule" else "", group) for name, group in ranked[:LISTED]]
        yield Section(key, title, head, draw(ranked[:_CHARTED], title), rows, len(ranked[LISTED:]))


def _title(rule_id: str, name: str) -> str:
    """What a rule says, or its name if it is of a package that is not installed here."""
    rule = by_id(rule_id)
    return name.replace("-", " ") if rule is None else rule.title


def _by_dollars(group: Group) -> tuple[Decimal, int]:
    return group.at_stake, group.total


def _by_findings(group: Group) -> tuple[int, Decimal]:
    return group.total, group.at_stake


def _dollar_bars(groups: Sequence[tuple[str, Group]], label: str) -> Markup:
    some = [(name, group.at_stake) for name, group in groups if group.at_stake > 0]
    rows = [(name, [("at-risk", float(amount), f"{dollars(amount)} at risk")]) for name, amount in some]
    return charts.bars(rows, amounts([amount for _, amount in some]), f"{label}, at risk") if rows else Markup()


def _finding_bars(groups: Sequence[tuple[str, Group]], label: str) -> Markup:
    rows = [
        (
            name,
            [(severity, group.findings[severity], f"{group.findings[severity]:,} {severity}") for severity in Severity],
        )
        for name, group in groups
    ]
    return charts.bars(rows, [count(group.total) for _, group in groups], label) if rows else Markup()
