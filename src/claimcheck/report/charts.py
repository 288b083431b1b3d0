"""The charts of a report: Vega-Lite specifications, drawn once as SVG, with the colours of the page around them.

>>> svg = bars([("NCCI101", {"error": 3, "info": 1}), ("<b>", {"warning": 2})], "findings")
>>> svg.startswith("<svg"), "<b>" in svg, "NCCI101" in svg
(True, False, True)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import vl_convert

from claimcheck.claims import Severity

__all__ = ["bars", "columns", "dollars"]

_WIDTH = 380
_BAR = 22
_LONGEST_LABEL = 112
#: The page defines these colours, once for light and once for dark.
_SEVERITIES = {severity: f"var(--{severity})" for severity in Severity}
_CONFIG = {
    "background": None,
    "padding": {"left": 26, "top": 5, "right": 14, "bottom": 5},  # fonts differ: the browser's may be wider
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--ink)",
        "titleColor": "var(--faint)",
        "gridColor": "var(--line)",
        "domainColor": "var(--line)",
        "tickColor": "var(--line)",
        "labelFontSize": 13,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": _LONGEST_LABEL,
    },
    "legend": {"labelColor": "var(--ink)", "labelFontSize": 13, "title": None, "orient": "top", "symbolType": "square"},
}
_SHORT = "datum.value < 1000 ? format(datum.value, ',~f') : format(datum.value, '.3~s')"
Counts = Mapping[str, int]


def bars(groups: Sequence[tuple[str, Counts]], title: str) -> str:
    """A bar a group, in their order, its findings by severity."""
    values = _stacked(groups)
    return _drawn(
        values,
        "bar",
        {"height": {"step": _BAR}},
        y={"field": "group", "type": "nominal", "title": None, "sort": _AS_GIVEN},
        x={"field": "count", "type": "quantitative", "title": title, "axis": _WHOLE},
        **_BY_SEVERITY,
    )


def columns(groups: Sequence[tuple[str, Counts]], title: str) -> str:
    """A column a month, in their order, its findings by severity."""
    every = max(1, -(-len(groups) // 9))
    shown = [name for place, (name, _) in enumerate(groups) if place % every == 0]
    return _drawn(
        _stacked(groups),
        "bar",
        {"height": 170},
        x={
            "field": "group",
            "type": "ordinal",
            "title": None,
            "sort": _AS_GIVEN,
            "scale": {"paddingInner": 0.2, "paddingOuter": 0.2},
            "axis": {"values": shown, "labelAngle": -40, "ticks": False},
        },
        y={"field": "count", "type": "quantitative", "title": title, "axis": _WHOLE},
        **_BY_SEVERITY,
    )


def dollars(amounts: Sequence[tuple[str, str, float]]) -> str:
    """A bar a disposition: its name, the colour of the page for it, and the charges in dollars."""
    values = [{"group": name, "place": place, "amount": amount} for place, (name, _, amount) in enumerate(amounts)]
    names = [name for name, _, _ in amounts]
    return _drawn(
        values,
        "bar",
        {"height": {"step": _BAR + 6}},
        y={"field": "group", "type": "nominal", "title": None, "sort": _AS_GIVEN},
        x={
            "field": "amount",
            "type": "quantitative",
            "title": "charges",
            "axis": {"labelExpr": f"'$' + ({_SHORT})", "tickCount": 4},
        },
        color={
            "field": "group",
            "type": "nominal",
            "legend": None,
            "scale": {"domain": names, "range": [f"var(--{colour})" for _, colour, _ in amounts]},
        },
    )


#: By number, because Vega reads texts to sort by as expressions.
_AS_GIVEN = {"field": "place", "op": "min"}
_WHOLE = {"labelExpr": _SHORT, "tickMinStep": 1, "tickCount": 4}
_BY_SEVERITY: dict[str, Any] = {
    "color": {
        "field": "severity",
        "type": "nominal",
        "scale": {"domain": list(_SEVERITIES), "range": list(_SEVERITIES.values())},
    },
    "order": {"field": "rank", "type": "quantitative"},
}


def _stacked(groups: Iterable[tuple[str, Counts]]) -> list[dict[str, Any]]:
    return [
        {"group": name, "place": place, "severity": severity, "count": counts.get(severity, 0), "rank": rank}
        for place, (name, counts) in enumerate(groups)
        for rank, severity in enumerate(Severity)
        if counts.get(severity, 0)
    ]


def _drawn(values: list[dict[str, Any]], mark: str, size: dict[str, Any], **encoding: Any) -> str:
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": _WIDTH - _LONGEST_LABEL,
        **size,
        "data": {"values": values},
        "mark": {"type": mark, "cornerRadiusEnd": 2},
        "encoding": encoding,
        "config": _CONFIG,
    }
    svg: str = vl_convert.vegalite_to_svg(specification)
    return svg
