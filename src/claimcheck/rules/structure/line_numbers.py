"""Each service line has its own line number.

## What it checks
No two lines of a claim may have the same line number.

## Why payers deny it
A remittance identifies a line by its number, so a payment or denial of one of the two cannot be posted. Often a row is
in the input twice, or rows of two versions of a claim were combined. In an 837, LX01 numbers the lines from 1.

## Example
>>> from claimcheck import validate_claim
>>> lines = [{"line_number": 1, "procedure_code": code} for code in ("99213", "36415")]
>>> result = validate_claim({"claim_type": "professional", "lines": lines})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR508"]
['Line number used more than once; give each service line its own']

## What it does not check
Lines without a number, gaps in the numbers, and numbers that do not start at 1.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Number the lines from 1, each with its own number")

SAME = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("MA130",), remedy=REMEDY)


@rule(
    id="STR508",
    name="line-numbers",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("repeats_numbers",),
    outcomes=(SAME,),
    sources=("X12 005010X222A1, 005010X223A2 and 005010X224A2: LX01 of loop 2400 counts the lines of a claim from 1",),
)
def line_numbers(view: Outline) -> Outcomes:
    """Warns about lines that their numbers do not distinguish."""
    if view.repeats_numbers:
        yield SAME("Line number used more than once; give each service line its own")
