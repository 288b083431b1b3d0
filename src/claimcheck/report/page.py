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
from claimcheck.report.numbers import amounts, count, dollars, percent, whole
from claimcheck.report.sections import sections
from claimcheck.report.tally import AT_STAKE, Rows, Tally
from claimcheck.report.timeline import color, timeline
from claimcheck.visible import visible

__all__ = ["About", "render", "visible_values"]


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
        timeline=timeline(tally),
        sections=list(sections(tally)),
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


def _outcomes(tally: Tally) -> Iterable[Outcome]:
    total = tally.lines.total()
    for disposition in Disposition:
        lines = tally.lines[disposition]
        if lines:
            yield Outcome(
                str(disposition),
                plain(disposition),
                MEANINGS[disposition],
                color(disposition),
                lines,
                lines / total,
                tally.charges[disposition],
                disposition in AT_STAKE,
            )


def _outcome_chart(outcomes: Sequence[Outcome]) -> Markup:
    rows = [
        (
            one.name,
            [(one.color, float(one.charges), f"{one.name}: {dollars(one.charges)} on {count(one.lines, 'line')}")],
        )
        for one in outcomes
    ]
    return charts.bars(rows, amounts([one.charges for one in outcomes]), "Billed charges by disposition")


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
