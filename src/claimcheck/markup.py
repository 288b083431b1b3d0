"""HTML for notebooks: small, escaped, and readable on light and dark pages.

>>> table(("code", "status"), [("<b>", badge("denied"))])  # doctest: +ELLIPSIS
'<table ...><td ...>&lt;b&gt;</td>...denied</span></td>...</table>'

Existing HTML has the type `Html`; everything else is text and is escaped. Colors are white on a medium dark background,
or those of the page itself, so that every notebook theme can show them.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from claimcheck.visible import visible

__all__ = ["Html", "badge", "block", "code", "escaped", "joined", "table"]


class Html(str):
    """Text that is already HTML."""

    __slots__ = ()


_GROUND: Final = MappingProxyType(
    {
        "payable": "#1a7f37",
        "report_only": "#0969da",
        "review": "#8a5a00",
        "denied": "#c62828",
        "rejected": "#82071e",
        "superseded": "#57606a",
        "error": "#c62828",
        "warning": "#8a5a00",
        "info": "#57606a",
    }
)
_CELL: Final = "text-align:left;vertical-align:top;padding:0.2em 0.8em 0.2em 0;border-bottom:1px solid #8886"


def escaped(value: object) -> Html:
    """A value as HTML: escaped, with unprintable characters made visible, unless it is already HTML."""
    return value if isinstance(value, Html) else Html(html.escape("" if value is None else visible(str(value))))


def code(value: object) -> Html:
    """A code in a monospaced font."""
    return Html(f"<code>{escaped(value)}</code>")


def badge(word: str) -> Html:
    """A disposition or severity on a background of its color."""
    style = f"background:{_GROUND[word]};color:#fff;border-radius:0.6em;padding:0.05em 0.6em;white-space:nowrap"
    return Html(f'<span style="{style}">{escaped(word.replace("_", " "))}</span>')


def joined(*parts: object, by: str = " ") -> Html:
    """Parts joined together; empty ones are left out."""
    return Html(by.join(escaped(part) for part in parts if part not in (None, "")))


def _unbroken(cell: object) -> str:
    """Keeps a number or a date on one line."""
    return ";white-space:nowrap;font-variant-numeric:tabular-nums" if isinstance(cell, (int, Decimal, date)) else ""


def _cells(row: Iterable[object]) -> str:
    return "".join(f'<td style="{_CELL}{_unbroken(cell)}">{escaped(cell)}</td>' for cell in row)


def table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> Html:
    """A table with a header."""
    top = "".join(f'<th scope="col" style="{_CELL}">{escaped(cell)}</th>' for cell in head)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    style = "border-collapse:collapse;background:transparent;color:inherit"
    return Html(f'<table style="{style}"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>')


def block(*parts: object) -> Html:
    """Parts, each in its own paragraph; empty ones are left out."""
    inner = "".join(f"<div style='margin:0.3em 0'>{escaped(part)}</div>" for part in parts if part not in (None, ""))
    return Html(f"<div>{inner}</div>")
