"""CSV cells that no spreadsheet evaluates as a formula.

A spreadsheet may evaluate a cell that begins with = + - or @, a tab, a line break, or the full-width forms of those
signs (OWASP, CSV Injection). A leading apostrophe marks it as text. This includes negative amounts: programs should
read JSON Lines or Parquet, or strip the apostrophe. Unprintable characters, including tabs and line breaks, are escaped
(`claimcheck.visible`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from claimcheck.visible import visible

__all__ = ["row", "safe"]

_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def safe(value: Any) -> str:
    """The text of a cell: empty for None, and a list separated by spaces.

    >>> safe("=cmd|' /C calc'!A0"), safe(("N130", "M15")), safe(None)
    ("'=cmd|' /C calc'!A0", 'N130 M15', '')
    >>> print(safe("\\t=1"), safe("A\\u202e1"))
    \\t=1 A\\u202e1
    """
    if value is None:
        return ""
    text = visible(" ".join(map(str, value)) if isinstance(value, tuple) else str(value))
    return f"'{text}" if text.startswith(_STARTS) else text


def row(values: Iterable[Any]) -> str:
    """A line of CSV with every cell quoted.

    >>> row(["7", None, ("M15",)])
    '"7","","M15"\\n'
    """
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(map(safe, values))
    return line.getvalue()
