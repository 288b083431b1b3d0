"""C codes belong to the outpatient claims of hospitals.

## What it checks
A HCPCS Level II code of the letter C on a professional claim gets a warning, unless the claim is of a kind of
provider that the policy names: by default ambulatory surgical centers. That other professional claims may not carry
one is common knowledge, but no published edit says so; hence a warning.

## Why payers deny it
The codes were made for the outpatient prospective payment system, and have no price outside of it.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "lines": [{"procedure_code": "C1713"}]})
>>> [(str(f.severity), f.message) for f in result.findings if f.rule_id == "COD107"]
[('warning', 'C1713 is of the hospital outpatient payment system, and the claim is professional')]

## What it leaves alone
Institutional claims.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.codes import ProcedureKind
from claimcheck.policies.parameters.coding import OutpatientFacilityCodes
from claimcheck.rules.facts import Line
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

MISPLACED = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("M20",))


@rule(
    id="COD107",
    name="outpatient-facility-code",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("kind", "code", "setting", "policy"),
    outcomes=(MISPLACED,),
    parameters=(OutpatientFacilityCodes,),
    sources=("CMS, HCPCS Level II coding: C codes of the hospital outpatient prospective payment system",),
)
def outpatient_facility_code(line: Line) -> Outcomes:
    """Warns of a C code on a professional claim."""
    if line.kind is not ProcedureKind.C_CODE or not line.setting.professional:
        return
    if line.setting.provider_kind not in line.policy[OutpatientFacilityCodes].provider_kinds:
        message = f"{line.code} is of the hospital outpatient payment system, and the claim is professional"
        yield MISPLACED(message, code=line.code)
