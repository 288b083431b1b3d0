"""The output layouts, by name."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType

from claimcheck.claims import ClaimResult
from claimcheck.io.out import (
    adjustments_csv,
    adjustments_jsonl,
    findings_csv,
    findings_parquet,
    jsonl,
    lines_csv,
    lines_parquet,
    xlsx,
)
from claimcheck.io.out.parquet import RecordWriter
from claimcheck.io.out.target import Target, Writer
from claimcheck.io.out.xlsx import WorkbookWriter

__all__ = ["BINARIES", "TEXTS", "TextMaker"]

#: Text, one record per line.
TEXTS: Mapping[str, Callable[[Target], AbstractContextManager[Writer]]] = MappingProxyType(
    {
        "jsonl": jsonl.write,
        "csv": lines_csv.write,
        "findings": findings_csv.write,
        "adjustments": adjustments_csv.write,
        "adjustments-jsonl": adjustments_jsonl.write,
    }
)
#: Files that are written as a whole.
BINARIES: Mapping[str, Callable[[Target], AbstractContextManager[RecordWriter | WorkbookWriter]]] = MappingProxyType(
    {"parquet": findings_parquet.write, "parquet-lines": lines_parquet.write, "xlsx": xlsx.write}
)


class TextMaker:
    """Formats the text for each claim in a layout of `TEXTS`; `head` precedes the first.

    >>> TextMaker("jsonl").head, TextMaker("csv").head[:10]
    ('', '"claim_id"')
    """

    def __init__(self, layout: str) -> None:
        self._text = io.StringIO()
        self._open = TEXTS[layout](self._text)
        self._writer = self._open.__enter__()  # an in-memory stream, which needs no closing
        self.head = self._taken()

    def make(self, claim: object, result: ClaimResult) -> str:
        """The text of one claim."""
        self._writer.add(claim, result)
        return self._taken()

    def _taken(self) -> str:
        taken = self._text.getvalue()
        self._text.seek(0)
        self._text.truncate()
        return taken
