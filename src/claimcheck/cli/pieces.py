"""What is written of one claim, in each layout: made where the claim is judged, whichever process that is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from claimcheck.claims import Claim, ClaimResult
from claimcheck.cli.inputs import Inputs
from claimcheck.cli.look import Look
from claimcheck.cli.options import Options
from claimcheck.cli.rendering import of_claim

__all__ = ["Make", "maker"]

Make = Callable[[Claim, ClaimResult], Any]


def maker(options: Options, inputs: Inputs, look: Look) -> Make:
    """The function that makes a claim's piece: text, or for Parquet and HTML what their writers take."""
    if options.layout == "table":
        return _table(options, inputs, look)
    return _jsonl


def _table(options: Options, inputs: Inputs, look: Look) -> Make:
    def make(claim: Claim, result: ClaimResult) -> str:
        if options.quiet and not result.findings:
            return ""
        return "".join(f"{line}\n" for line in of_claim(claim, result, inputs.place(claim.source), look))

    return make


def _jsonl(_: Claim, result: ClaimResult) -> str:
    return json.dumps(result.to_dict(), ensure_ascii=False, separators=(",", ":")) + "\n"
