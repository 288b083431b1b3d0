"""A diagnosis is listed once.

## What it checks
No code may appear twice among the principal and other diagnoses.

## Why payers deny it
They do not, but an inpatient editor removes a secondary diagnosis that repeats the principal one, and a pointer to the
second copy adds nothing.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "diagnoses": ["I10", "E11.9", "i10"], "lines": []})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD207"]
['Diagnosis I10 repeated: 2 entries on the claim']

## What it does not check
Admitting diagnoses, reasons for visit, and external causes, which may repeat another diagnosis.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_code("Remove the repeated diagnosis")

REPEATED = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("M64",), remedy=REMEDY)


@rule(
    id="COD207",
    name="duplicate-diagnosis",
    scope=Scope.OUTLINE,
    phase=Phase.ACTIVITY,
    reads=("repeated",),
    outcomes=(REPEATED,),
    sources=("CMS, Medicare Code Editor, duplicate of principal diagnosis; X12 005010X222A1, HI of loop 2300",),
)
def duplicate_diagnosis(view: Outline) -> Outcomes:
    """Warns about a code listed more than once."""
    for code, times in view.repeated:
        yield REPEATED(f"Diagnosis {code} repeated: {times} entries on the claim", code=code, times=times)
