"""A CLIA number is well formed.

## What it checks
The CLIA number of the claim and of each line must be well formed. A number with a letter other than D in the third
position gets a warning, because a state that licenses laboratories itself (Washington) issues such numbers.

## Why payers deny it
Laboratory tests are paid to certified laboratories only.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "clia": "5D1234567", "lines": []})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR704"]
['CLIA number malformed: expected 10 characters, found 9']

## What it does not check
Whether a test needs a CLIA number, and whether the certificate covers it. Missing numbers.
"""

from __future__ import annotations

import regex

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_MALFORMED = correct("Correct the CLIA number")
REMEDY_OF_A_STATE = correct("Check the CLIA number with the laboratory's certificate")

MALFORMED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA120",), remedy=REMEDY_MALFORMED)
OF_A_STATE = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("MA120",), remedy=REMEDY_OF_A_STATE)

_OF_A_STATE = regex.compile("text of 10: 99[Aa]9{7}")


@rule(
    id="STR704",
    name="clia-number",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("clia",),
    outcomes=(MALFORMED.when("the number is malformed"), OF_A_STATE.when("the third character is a letter, but not D")),
    sources=("CMS, Clinical Laboratory Improvement Amendments; X12 005010X222A1, REF*X4",),
)
def clia_number(view: Outline) -> Outcomes:
    """Reports an invalid CLIA number."""
    for position, field in view.clia:
        outcome = OF_A_STATE if _OF_A_STATE.fullmatch(field.shape) else MALFORMED
        yield outcome(f"CLIA number malformed: {field.error}", line=position, pattern=field.shape)
