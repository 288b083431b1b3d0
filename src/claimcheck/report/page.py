"""The page of a report: sums as tables and charts, findings as data for the list, everything escaped.

The page loads nothing and runs one script, which its content security policy allows by hash.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

import attrs
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from claimcheck.claims import Disposition, Severity
from claimcheck.explaining.unchecked import OUTSIDE, about, advice, why
from claimcheck.explaining.words import MEANINGS, edition_in_words, plain
from claimcheck.report import charts
from claimcheck.report.entry import NO_DATE
from claimcheck.report.months import Month, stretch
from claimcheck.report.tally import AT_STAKE, PROCESSED, Group, Rows, Tally
from claimcheck.rules.registry import by_id
from claimcheck.visible import visible

__all__ = ["About", "count", "dollars", "percent", "render", "visible_values", "whole"]

_CHARTED = 10
_LISTED = 15


@attrs.frozen
class About:
    """What the head of the page says about the run: its date and payer, None if unknown."""

    run_date: date | None = None
    payer: str | None = None
    policy_title: str = ""


@attrs.frozen
class Outcome:
    """A disposition: its lines, their share of all lines, and their charges."""

    key: str
    name: str
    meaning: str
    color: str
    lines: int
    share: float
    charges: Decimal
    at_stake: bool


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


@attrs.frozen
class Timeline:
    """Charges by month of service: the chart, and its rows, latest month first: lines, denied, billed, at risk."""

    chart: Markup
    rows: Sequence[tuple[str, int, float | None, Decimal, Decimal]]
    more: int
    note: str = ""


def render(tally: Tally, about: About = About()) -> str:
    """The page."""
    environment = Environment(
        loader=PackageLoader("claimcheck.report", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=visible_values,
    )
    environment.filters |= {"dollars": dollars, "whole": whole, "count": count, "percent": percent}
    environment.filters |= {"edition": edition_in_words}
    script = _text("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    outcomes = list(_outcomes(tally))
    return environment.get_template("page.html").render(
        tally=tally,
        about=about,
        outcomes=outcomes,
        outcome_chart=_outcome_chart(outcomes),
        timeline=_timeline(tally),
        sections=list(_sections(tally)),
        severities=list(Severity),
        unchecked=list(_unchecked(tally)),
        outside=_outside(tally),
        advice=[_with_code(does) for does in advice(reason for reason, _ in tally.unchecked)],
        style=Markup(_text("page.css")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        digest=digest,
        data=_data(tally.rows),
    )


def visible_values(value: Any) -> Any:
    """Escapes what a template writes: external text, such as a policy's name, cannot control or hide anything."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _with_code(text: str) -> Markup:
    """Text with what is between backticks as code."""
    parts = text.split("`")
    tags = (Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts))
    return Markup().join(tags)


def dollars(amount: Decimal) -> str:
    """An amount as people write it.

    >>> dollars(Decimal("-1234.5"))
    '-$1,234.50'
    """
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def whole(amount: Decimal) -> str:
    """A large amount, without cents.

    >>> whole(Decimal("3236309.19")), whole(Decimal("8.19"))
    ('$3,236,309', '$8.19')
    """
    return dollars(amount) if abs(amount) < 10_000 else dollars(amount.quantize(Decimal(1))).partition(".")[0]


def short(amount: float) -> str:
    """An amount on an axis.

    >>> short(0), short(2_500), short(40_000), short(3_200_000)
    ('$0', '$2,500', '$40k', '$3.2M')
    """
    for unit, of in (("B", 10**9), ("M", 10**6), ("k", 10**3)):
        if amount >= 10 * of or (amount >= of and unit != "k"):
            return f"${amount / of:,.1f}".removesuffix(".0") + unit
    return f"${amount:,.0f}"


def percent(share: float | None) -> str:
    """A share as people write it; a small one is not shown as zero.

    >>> percent(0.1149), percent(0.0001), percent(0), percent(None)
    ('11.5%', '<0.1%', '0.0%', 'none')
    """
    if share is None:
        return "none"
    return "<0.1%" if 0 < share < 0.0005 else f"{100 * share:.1f}%"


def count(number: int, word: str = "") -> str:
    """A number, and what is counted.

    >>> count(1200, "finding"), count(1, "claim"), count(3)
    ('1,200 findings', '1 claim', '3')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}" if word else f"{number:,}"


def _color(disposition: str) -> str:
    return disposition.replace("_", "-")


def _outcomes(tally: Tally) -> Iterable[Outcome]:
    total = tally.lines.total()
    for disposition in Disposition:
        lines = tally.lines[disposition]
        if lines:
            yield Outcome(
                str(disposition),
                plain(disposition),
                MEANINGS[disposition],
                _color(disposition),
                lines,
                lines / total,
                tally.charges[disposition],
                disposition in AT_STAKE,
            )


def _amounts(amounts: Sequence[Decimal]) -> list[str]:
    """Amounts in one chart: all with cents, or if one is large, all without."""
    large = max(amounts, default=Decimal(0)) >= 10_000
    return [f"${amount:,.0f}" if large else dollars(amount) for amount in amounts]


def _outcome_chart(outcomes: Sequence[Outcome]) -> Markup:
    rows = [
        (
            one.name,
            [(one.color, float(one.charges), f"{one.name}: {dollars(one.charges)} on {count(one.lines, 'line')}")],
        )
        for one in outcomes
    ]
    return charts.bars(rows, _amounts([one.charges for one in outcomes]), "Billed charges by disposition")


def _timeline(tally: Tally) -> Timeline | None:
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
    return Timeline(charts.columns(drawn, label, short), rows[:_LISTED], len(rows[_LISTED:]), note)


def _month(month: Month, tally: Tally) -> Iterable[tuple[str, float, str]]:
    charges = tally.monthly_charges[str(month)]
    for disposition in Disposition:
        # Superseded lines are billed on the claim that replaces them.
        if charges.get(disposition, 0) > 0 and disposition is not Disposition.SUPERSEDED:
            title = f"{month}: {dollars(charges[disposition])} {plain(disposition)}"
            yield _color(disposition), float(charges[disposition]), title


def _timeline_row(month: Month, tally: Tally) -> tuple[str, int, float | None, Decimal, Decimal]:
    lines, charges = tally.monthly[str(month)], tally.monthly_charges[str(month)]
    processed = sum(lines[one] for one in PROCESSED)
    denied = lines[Disposition.DENIED] / processed if processed else None
    at_risk = sum((charges.get(one, Decimal(0)) for one in AT_STAKE), Decimal(0))
    superseded = Disposition.SUPERSEDED
    billed = sum((amount for one, amount in charges.items() if one != superseded), Decimal(0))
    return str(month), lines.total() - lines[superseded], denied, billed, at_risk


def _sections(tally: Tally) -> Iterable[Section]:
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
        rows = [(name, named.get(name, "") if key == "rule" else "", group) for name, group in ranked[:_LISTED]]
        yield Section(key, title, head, draw(ranked[:_CHARTED], title), rows, len(ranked[_LISTED:]))


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
    return charts.bars(rows, _amounts([amount for _, amount in some]), f"{label}, at risk") if rows else Markup()


def _finding_bars(groups: Sequence[tuple[str, Group]], label: str) -> Markup:
    rows = [
        (
            name,
            [(severity, group.findings[severity], f"{group.findings[severity]:,} {severity}") for severity in Severity],
        )
        for name, group in groups
    ]
    return charts.bars(rows, [count(group.total) for _, group in groups], label) if rows else Markup()


def _unchecked(tally: Tally) -> Iterable[tuple[str, str, int]]:
    for (reason, table), claims in sorted(tally.unchecked.items(), key=lambda item: (-item[1], str(item[0]))):
        yield about(reason, table), why(reason), claims


def _outside(tally: Tally) -> list[str]:
    """The tables that do not answer for the service dates of some claims, those of most claims first."""
    claims = Counter[str]()
    for (reason, table), many in tally.unchecked.items():
        if reason in OUTSIDE and table:
            claims[about(reason, table)] += many
    return sorted(claims, key=lambda what: (-claims[what], what))


def _data(rows: Rows) -> Markup:
    """The findings as JSON that cannot close its script element."""
    content: dict[str, Any] = {"texts": rows.texts, "columns": rows.columns, "claimIds": rows.claim_ids}
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def _text(name: str) -> str:
    return (resources.files("claimcheck.report") / "page" / name).read_text(encoding="utf-8")
