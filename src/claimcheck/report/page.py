"""The page of a report: the sums laid out, the findings as data for the list, everything escaped.

The page fetches nothing and runs one script, which its own content security policy names by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from importlib import resources
from typing import Any

import attrs
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from claimcheck.claims import Disposition, Severity
from claimcheck.explaining.unchecked import about, advice, why
from claimcheck.explaining.words import MEANINGS, plain
from claimcheck.report import charts
from claimcheck.report.entry import NO_DATE
from claimcheck.report.tally import AT_STAKE, Group, Rows, Tally
from claimcheck.visible import visible

__all__ = ["render"]

_CHARTED = 10
_LISTED = 15


@attrs.frozen
class Outcome:
    """What becomes of lines: how many, and their charges."""

    name: str
    meaning: str
    colour: str
    lines: int
    charges: Decimal
    at_stake: bool


@attrs.frozen
class Section:
    """The findings by one thing: a chart, and a table whose rows narrow the list down to one `key`.

    `order` says what the chart and the table begin with, where that is not plain to see.
    """

    key: str
    title: str
    head: str
    chart: Markup
    rows: Sequence[tuple[str, str, Group]]
    more: int
    order: str = ""


def render(tally: Tally) -> str:
    """The page."""
    environment = Environment(
        loader=PackageLoader("claimcheck.report", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=_visible,
    )
    environment.filters |= {"dollars": dollars, "whole": whole, "count": count}
    script = _text("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    outcomes = list(_outcomes(tally))
    return environment.get_template("page.html").render(
        tally=tally,
        outcomes=outcomes,
        outcome_chart=_chart(charts.dollars([(one.name, one.colour, float(one.charges)) for one in outcomes])),
        sections=list(_sections(tally)),
        severities=list(Severity),
        unchecked=list(_unchecked(tally)),
        advice=list(advice(reason for reason, _ in tally.unchecked)),
        style=Markup(_text("page.css")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        digest=digest,
        data=_data(tally.rows),
    )


def _visible(value: Any) -> Any:
    """What a template writes: text of others, such as a policy's name, steers nothing and hides nothing."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def dollars(amount: Decimal) -> str:
    """An amount as people write it.

    >>> dollars(Decimal("-1234.5"))
    '-$1,234.50'
    """
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def whole(amount: Decimal) -> str:
    """A large amount, without the cents.

    >>> whole(Decimal("3236309.19")), whole(Decimal("8.19"))
    ('$3,236,309', '$8.19')
    """
    return dollars(amount) if abs(amount) < 10_000 else dollars(amount).partition(".")[0]


def count(number: int, word: str = "") -> str:
    """A number, and what is counted.

    >>> count(1200, "finding"), count(1, "claim"), count(3)
    ('1,200 findings', '1 claim', '3')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}" if word else f"{number:,}"


def _outcomes(tally: Tally) -> Iterable[Outcome]:
    for disposition in Disposition:
        lines = tally.lines[disposition]
        if lines:
            yield Outcome(
                plain(disposition),
                MEANINGS[disposition],
                disposition.replace("_", "-"),
                lines,
                tally.charges[disposition],
                disposition in AT_STAKE,
            )


def _sections(tally: Tally) -> Iterable[Section]:
    times = sorted((name, group) for name, group in tally.months.items() if name != NO_DATE)
    shown = [(name, group) for name, group in times if group.total][-60:]
    chart = _chart(charts.columns([(name, group.findings) for name, group in shown], "findings")) if shown else Markup()
    latest = [(name, "", group) for name, group in reversed(shown)]
    yield Section("time", "Findings over time", "Month of service", chart, latest[:_LISTED], len(latest[_LISTED:]))
    named = {rule: name.replace("-", " ") for rule, (name, _) in tally.described.items()}
    yield _section("rule", "Findings by rule", "Rule", tally.rules, named)
    yield _section("code", "Findings by code", "Code", tally.codes)
    yield _section("provider", "Findings by provider", "NPI", tally.providers)


def _section(
    key: str, title: str, head: str, groups: Mapping[str, Group], described: Mapping[str, str] | None = None
) -> Section:
    ranked = sorted(
        ((name, group) for name, group in groups.items() if group.total),
        key=lambda item: (-item[1].at_stake, -item[1].total, item[0]),
    )
    charted = sorted(ranked, key=lambda item: -item[1].total)[:_CHARTED]
    chart = (
        _chart(charts.bars([(name, group.findings) for name, group in charted], "findings")) if charted else Markup()
    )
    rows = [(name, (described or {}).get(name, ""), group) for name, group in ranked[:_LISTED]]
    order = "The chart begins with the most findings, the table with the most at stake."
    return Section(key, title, head, chart, rows, len(ranked[_LISTED:]), order)


def _chart(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - Vega writes well-formed SVG, whatever the labels hold


def _unchecked(tally: Tally) -> Iterable[tuple[str, str, int]]:
    for (reason, table), claims in sorted(tally.unchecked.items(), key=lambda item: (-item[1], str(item[0]))):
        yield about(reason, table), why(reason), claims


def _data(rows: Rows) -> Markup:
    """The findings as JSON that cannot end the element it stands in."""
    content: dict[str, Any] = {"texts": rows.texts, "columns": rows.columns, "claimIds": rows.claim_ids}
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def _text(name: str) -> str:
    return (resources.files("claimcheck.report") / "page" / name).read_text(encoding="utf-8")
