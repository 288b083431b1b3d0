"""What is written of one claim, in each layout: made where the claim is judged, whichever process that is."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Any

from claimcheck.claims import Claim, ClaimResult
from claimcheck.cli.inputs import Inputs
from claimcheck.cli.look import Look
from claimcheck.cli.options import Options
from claimcheck.cli.rendering import of_claim
from claimcheck.io import out
from claimcheck.io.out.records import findings, lines

__all__ = ["LAYOUTS", "TEXTS", "Make", "TextMaker", "maker"]

Make = Callable[[Claim, ClaimResult], Any]

#: The layouts of text that `io.out` writes, a record a line.
TEXTS: Mapping[str, Callable[[out.Target], AbstractContextManager[out.Writer]]] = MappingProxyType(
    {
        "jsonl": out.jsonl.write,
        "csv": out.lines_csv.write,
        "findings": out.findings_csv.write,
        "adjustments": out.adjustments_csv.write,
        "adjustments-jsonl": out.adjustments_jsonl.write,
    }
)
LAYOUTS = ("table", *TEXTS, "parquet", "parquet-lines", "html")


def maker(options: Options, inputs: Inputs, look: Look) -> Make:
    """The function that makes a claim's piece: text, or for Parquet and HTML what their writers take.

    Where the findings are written beside it, the piece is both: what is written of the claim, and its findings.
    """
    make = _main(options, inputs, look)
    if options.findings is None:
        return make
    of_findings = TextMaker("findings").make
    return lambda claim, result: (make(claim, result), of_findings(claim, result))


def _main(options: Options, inputs: Inputs, look: Look) -> Make:
    if options.layout == "table":
        return _table(options, inputs, look)
    if options.layout in TEXTS:
        return TextMaker(options.layout).make
    return _entry(options) if options.layout == "html" else _recorder(options)


def _table(options: Options, inputs: Inputs, look: Look) -> Make:
    def make(claim: Claim, result: ClaimResult) -> str:
        if options.quiet and not result.findings:
            return ""
        return "".join(f"{line}\n" for line in of_claim(claim, result, inputs.place(claim.source), look))

    return make


class TextMaker:
    """Makes pieces of a text layout; `head` is what stands before the first.

    >>> TextMaker("jsonl").head, TextMaker("csv").head[:10]
    ('', '"claim_id"')
    """

    def __init__(self, layout: str) -> None:
        self._text = io.StringIO()
        self._open = TEXTS[layout](self._text)
        self._writer = self._open.__enter__()  # of a stream in memory, which nothing has to close
        self.head = self._taken()

    def make(self, claim: Claim, result: ClaimResult) -> str:
        """The piece of one claim."""
        self._writer.add(claim, result)
        return self._taken()

    def _taken(self) -> str:
        taken = self._text.getvalue()
        self._text.seek(0)
        self._text.truncate()
        return taken


def _entry(options: Options) -> Make:
    from claimcheck.report import entry_of

    def make(claim: Claim, result: ClaimResult) -> Any:
        return entry_of(claim, result, show_ids=options.show_claim_ids)

    return make


def _recorder(options: Options) -> Make:
    records = lines if options.layout == "parquet-lines" else findings

    def make(claim: Claim, result: ClaimResult) -> list[Any]:
        return [*records(claim, result)]

    return make
