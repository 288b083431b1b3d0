"""A diagnosis code in an 837 has no decimal point.

## What it checks
ICD codes in the HI segment of claims read from an 837 must not have a decimal point: E11.65 is sent as E1165.

## Why payers deny it
The guides say that the decimal point is implied. Edit systems look the code up as it was sent, and do not find it with
a decimal point.

## Example
>>> from claimcheck import Claim, validate_claim
>>> from claimcheck.claims import Problem
>>> claim = Claim(claim_type="professional", problems=[Problem("written_with_point", field="HI01-2")])
>>> [finding.message for finding in validate_claim(claim).findings if finding.rule_id == "STR512"]
['Decimal point in ICD code not allowed in an 837: HI01-2']

## What it does not check
Claims that were not read from an 837, where a code may be written either way. Whether the code exists.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Send the diagnosis without its decimal point")

WITH_POINT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M76",), remedy=REMEDY)


@rule(
    id="STR512",
    name="diagnosis-point",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("problems",),
    outcomes=(WITH_POINT,),
    sources=("X12 005010X222A1 and 005010X223A2, HI of loop 2300: the decimal point of ICD codes is not sent",),
)
def diagnosis_point(view: Outline) -> Outcomes:
    """Rejects an 837 claim for each ICD code sent with its decimal point."""
    for problem in view.problems:
        if problem.kind == "written_with_point":
            yield WITH_POINT(
                f"Decimal point in ICD code not allowed in an 837: {problem.field}",
                element=problem.field,
            )
