"""A professional or dental line has a procedure code.

## What it checks
Every line of a professional or dental claim must have a procedure code.

## Why payers deny it
Without a code, the line bills nothing.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "lines": [{"charge": "90.00"}]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD102"]
['Procedure code missing']

## What it does not check
Institutional lines, which bill a revenue code, some with a procedure code and some without. Whether the code is a valid
one.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Add the procedure code")

MISSING = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M51",), remedy=REMEDY)


@rule(
    id="COD102",
    name="procedure-missing",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("procedure", "setting"),
    outcomes=(MISSING,),
    sources=("X12 005010X222A1, SV101-2 (required)",),
)
def procedure_missing(line: Line) -> Outcomes:
    """Rejects a professional line without a procedure code."""
    if line.procedure.missing and (line.setting.professional or line.setting.dental):
        yield MISSING("Procedure code missing")
