"""Cells of CSV that no spreadsheet takes for a formula.

A cell that begins with = + - or @, with a tab or a line break, or with the full-width forms of those signs, may be run
as a formula by the program that opens the file (OWASP, CSV Injection). An apostrophe before it says that it is text. So
it is with negative amounts: whoever reads the file with a program reads JSON Lines or Parquet, or takes it off again.
What is not printable, tabs and line breaks among it, is shown as an escape (`claimcheck.visible`).
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
    """The text of a cell: nothing for None, a list with spaces between its items.

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
    """A line of CSV, every cell quoted.

    >>> row(["7", None, ("M15",)])
    '"7","","M15"\\n'
    """
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(map(safe, values))
    return line.getvalue()
