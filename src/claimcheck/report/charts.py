"""The charts of a report: bars and columns in HTML, as wide as their container, in the page's colors.

Text keeps its size at every width, and any browser can draw them without scripts.

>>> print(bars([("<b>", [("denied", 30.0, "denied")])], ["$30"], "Dollars"))  # doctest: +ELLIPSIS
<div class="bars" ...title="&lt;b&gt;">&lt;b&gt;</span>...<i class="denied" style="width:100%" title="denied">...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from claimcheck.report.months import Month
from claimcheck.visible import visible

__all__ = ["Parts", "bars", "columns", "ticks"]

Parts = Sequence[tuple[str, float, str]]
"""A piece of a bar: the page's color, the size, and the tooltip."""

_EVERY = ((12, 1), (24, 3), (10**9, 6))
"""For up to this many months, how often a month is labeled."""
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def bars(rows: Sequence[tuple[str, Parts]], values: Sequence[str], label: str) -> Markup:
    """One bar per row, with its name before it and its value after it; the longest fills the width."""
    longest = max((sum(size for _, size, _ in parts) for _, parts in rows), default=0) or 1
    drawn = Markup("").join(
        Markup('<div class="bar"><span class="name" title="{0}">{0}</span><span class="track">{1}</span>').format(
            visible(name), _parts(parts, longest, "width")
        )
        + Markup('<span class="value">{}</span></div>').format(value)
        for (name, parts), value in zip(rows, values, strict=True)
    )
    return Markup('<div class="bars" role="img" aria-label="{}">{}</div>').format(label, drawn)


def columns(months: Mapping[Month, Parts], label: str, show: Callable[[float], str]) -> Markup:
    """One column per month, on an axis with every month from first to last, including empty ones."""
    axis = list(Month.through(min(months), max(months)))
    highest = max(sum(size for _, size, _ in parts) for parts in months.values())
    marks = ticks(highest)
    top = max(marks[-1], highest) or 1
    lines = Markup("").join(
        Markup('<span class="grid" style="bottom:{}%"><b>{}</b></span>').format(_percent(mark, top), show(mark))
        for mark in marks
    )
    drawn = Markup("").join(
        Markup('<span class="column">{}</span>').format(_parts(months.get(month, ()), top, "height")) for month in axis
    )
    names = Markup("").join(Markup("<span>{}</span>").format(_name(month, axis)) for month in axis)
    return Markup(
        '<div class="columns" role="img" aria-label="{}"><div class="plot">{}{}</div><div class="axis">{}</div></div>'
    ).format(label, lines, drawn, names)


def ticks(highest: float) -> list[float]:
    """Round numbers from zero to about the maximum, at most six.

    >>> ticks(43_944.21), ticks(3), ticks(0)
    ([0, 10000, 20000, 30000, 40000], [0, 1, 2, 3], [0])
    """
    step = 1.0
    while highest / step > 5:
        digit = int(str(step)[0])
        step *= {1: 2, 2: 2.5, 5: 2}[digit]
    return [int(step * place) for place in range(int(highest / step) + 1)]


def _name(month: Month, axis: Sequence[Month]) -> Markup:
    """The label of a month under its column, if there is room; with the year where it begins."""
    every = next(every for most, every in _EVERY if len(axis) <= most)
    first = month == axis[0]
    if (month.month - 1) % every and not first:
        return Markup("")
    year = Markup("<br>{}").format(month.year) if first or month.month == 1 else Markup("")
    return Markup("<em>{}{}</em>").format(_NAMES[month.month - 1], year)


def _parts(parts: Parts, whole: float, side: str) -> Markup:
    return Markup("").join(
        Markup('<i class="{}" style="{}:{}%" title="{}"></i>').format(color, side, _percent(size, whole), title)
        for color, size, title in parts
        if size > 0
    )


def _percent(size: float, whole: float) -> str:
    return f"{100 * size / whole:.2f}".rstrip("0").rstrip(".")
