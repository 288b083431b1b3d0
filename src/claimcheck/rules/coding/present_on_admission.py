"""A present-on-admission indicator is a known code.

## What it checks
A present-on-admission indicator must be Y, N, U, or W, or 1 for exempt codes.

## Why payers deny it
Medicare does not pay for certain conditions acquired in the hospital; an unknown indicator leaves this open.

## Example
>>> from claimcheck import validate_claim
>>> diagnosis = {"code": "I10", "role": "principal", "poa": "X"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0111", "diagnoses": [diagnosis]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD209"]
['Present-on-admission (POA) indicator of I10 not valid; expected Y, N, U, W or 1']

## What it does not check
Diagnoses without an indicator; which of them need one depends on the hospital and the code.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import ClaimDiagnosis
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Correct the present-on-admission indicator", "Y", "N", "U", "W")

UNKNOWN = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N434",), remedy=REMEDY)

_INDICATORS = ("Y", "N", "U", "W", "1")


@rule(
    id="COD209",
    name="present-on-admission",
    scope=Scope.DIAGNOSIS,
    phase=Phase.STRUCTURE,
    reads=("poa", "shown"),
    outcomes=(UNKNOWN,),
    sources=("X12 005010X223A2, HI01-9 of loop 2300; CMS, Medicare Code Editor, POA indicator",),
)
def present_on_admission(diagnosis: ClaimDiagnosis) -> Outcomes:
    """Rejects an unknown indicator."""
    if diagnosis.poa is not None and diagnosis.poa not in _INDICATORS:
        of = f" of {diagnosis.shown}" if diagnosis.shown else ""
        message = f"Present-on-admission (POA) indicator{of} not valid; expected Y, N, U, W or 1"
        yield UNKNOWN(message, expected=_INDICATORS)
