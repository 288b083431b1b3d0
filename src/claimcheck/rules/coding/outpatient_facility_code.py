"""C codes belong to the outpatient claims of hospitals.

## What it checks
A HCPCS Level II C code on a claim other than a hospital outpatient claim. On the facility bills that the policy names,
the line is rejected; by default these are the bills of edit 55 of the Integrated Outpatient Code Editor: all that it
processes except 12x, 13x, 83x, and 85x, and 85x with condition code 89. On a professional claim the line gets a
warning, unless the provider is of a kind that the policy names (by default ambulatory surgical centers); an inpatient
bill gets a warning too. No published edit covers these two, so they are warnings only.

## Why payers deny it
C codes were created for the outpatient prospective payment system and have no price elsewhere.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "lines": [{"procedure_code": "C1713"}]})
>>> [(str(f.severity), f.message) for f in result.findings if f.rule_id == "COD107"]
[('warning', 'Code C1713 is for hospital outpatient claims (OPPS): not for a professional claim')]

## What it does not check
Outpatient bills of hospitals. Whether the code is paid there.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.codes import ProcedureKind
from claimcheck.policies.parameters.coding import OutpatientFacilityCodes
from claimcheck.rules.coding.procedure_active import is_in_force
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_MISPLACED = change_code("Bill the CPT or HCPCS code that practitioners use for this service")
REMEDY_MISPLACED_ON_A_STAY = change_code("Remove the C code from the inpatient bill")
REMEDY_RETURNED = change_code("Bill the code that this type of bill uses for the service")

MISPLACED = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("M20",), remedy=REMEDY_MISPLACED)
MISPLACED_ON_A_STAY = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "282", remedy=REMEDY_MISPLACED_ON_A_STAY)
RETURNED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "282", remedy=REMEDY_RETURNED)


@rule(
    id="COD107",
    name="outpatient-facility-code",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("kind", "code", "setting", "policy", "tables"),
    tables=("fee_schedule", "hcpcs", "opps", "replacement"),
    outcomes=(
        MISPLACED.when("the claim is professional"),
        MISPLACED_ON_A_STAY.when("the claim is inpatient"),
        RETURNED.when("the outpatient bill is one of `coding.outpatient_facility_codes.returned_bills`"),
    ),
    parameters=(OutpatientFacilityCodes,),
    sources=(
        "CMS, HCPCS Level II coding: C codes of the hospital outpatient prospective payment system",
        "CMS, Integrated Outpatient Code Editor, edit 55: not reportable for this site of service",
    ),
)
def outpatient_facility_code(line: Line) -> Outcomes:
    """Reports a C code on a claim other than a hospital outpatient one."""
    if line.kind is not ProcedureKind.C_CODE:
        return
    setting, policy = line.setting, line.policy[OutpatientFacilityCodes]
    lead = f"Code {line.code} is for hospital outpatient claims (OPPS):"
    if setting.professional and setting.provider_kind not in policy.provider_kinds:
        source = line.policy.source(OutpatientFacilityCodes, "provider_kinds")
        yield MISPLACED(f"{lead} not for a professional claim", source=source, code=line.code)
    elif setting.inpatient:
        yield MISPLACED_ON_A_STAY(f"{lead} not for an inpatient claim", code=line.code)
    elif setting.is_one_of(policy.returned_bills) and is_in_force(line):
        bill = setting.facility_type
        source = line.policy.source(OutpatientFacilityCodes, "returned_bills")
        yield RETURNED(f"{lead} not for bill type {bill}x", source=source, code=line.code, bill_type=bill)
