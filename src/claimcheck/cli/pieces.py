"""The output for one claim, in each layout, made in the process that validates the claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from claimcheck.claims import Claim, ClaimResult
from claimcheck.cli.inputs import Inputs
from claimcheck.cli.options import Options
from claimcheck.cli.rendering import of_claim
from claimcheck.cli.style import Style
from claimcheck.io.out import ioce, xlsx
from claimcheck.io.out.layouts import BINARIES, TEXTS, TextMaker
from claimcheck.io.out.records import findings, lines

__all__ = ["EDITOR", "LAYOUTS", "Make", "main_maker", "maker"]

Make = Callable[[Claim, ClaimResult], Any]

#: The outpatient code editor's own record, which needs policy and tables as well as the result.
EDITOR = "ioce"

LAYOUTS = ("table", *TEXTS, EDITOR, *BINARIES, "html")


def maker(options: Options, inputs: Inputs, style: Style) -> Make:
    """The function that makes a claim's piece: text, or for Parquet and HTML what their writers take.

    If findings are written too, the piece is a pair: the claim's output, and its findings.
    """
    make = main_maker(options, inputs, style)
    if options.findings is None:
        return make
    of_findings = TextMaker("findings").make
    return lambda claim, result: (make(claim, result), of_findings(claim, result))


def main_maker(options: Options, inputs: Inputs, style: Style) -> Make:
    """The function that makes a claim's output, without additional findings."""
    if options.layout == "table":
        return _table(options, inputs, style)
    if options.layout in TEXTS:
        return TextMaker(options.layout).make
    if options.layout == EDITOR:
        return ioce.maker(options.chosen_policy(), options.tables)
    if options.layout == "xlsx":
        return xlsx.piece
    return _entry(options) if options.layout == "html" else _recorder(options)


def _table(options: Options, inputs: Inputs, style: Style) -> Make:
    baseline = options.known()

    def make(claim: Claim, result: ClaimResult) -> str:
        result = result if baseline is None else baseline.hiding(result)
        if options.quiet and not result.findings:
            return ""
        return "".join(f"{style.shown(line)}\n" for line in of_claim(claim, result, inputs.place(claim.source), style))

    return make


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
