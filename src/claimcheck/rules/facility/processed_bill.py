"""The payer processes this type of outpatient bill.

## What it checks
An institutional bill that is not inpatient must be of a type that the policy names, with the condition codes that it
requires. A bill that cannot be for partial hospitalization must not have condition code 41. By default these are edits
118 and 46 of the Integrated Outpatient Code Editor.

## Why payers deny it
The payer has no edits and no prices for such a bill, and returns it before its lines are processed.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0510", "procedure_code": "G0463", "units": 1, "charge": "90.00",
...         "service_date": "2024-07-15"}
>>> for bill_type in ("0611", "0761", "0131"):
...     result = validate_claim({"claim_type": "institutional", "bill_type": bill_type, "lines": [line]})
...     print([finding.message for finding in result.findings if finding.rule_id == "FAC112"])
['Bill type 61x is not processed']
['Bill type 76x is processed with condition code 41 or 92 only']
[]

## What it does not check
Inpatient bills. A bill type that is missing or malformed, which STR506 reports. Claims of payers whose policy names no
bills.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import ProcessedBills
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule
from claimcheck.rules.wording import alternatives

REMEDY_NOT_PROCESSED = correct("Correct the type of bill, or add the condition code that it needs")
REMEDY_NOT_PARTIAL = correct("Remove condition code 41, or correct the type of bill")

NOT_PROCESSED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA30",), remedy=REMEDY_NOT_PROCESSED)
NOT_PARTIAL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M44",), remedy=REMEDY_NOT_PARTIAL)


@rule(
    id="FAC112",
    name="processed-bill",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "policy"),
    outcomes=(
        NOT_PROCESSED.when("the bill type, with its condition codes, is not processed"),
        NOT_PARTIAL.when("condition code 41 is on a bill that cannot be partial hospitalization"),
    ),
    parameters=(ProcessedBills,),
    sources=("CMS, Integrated Outpatient Code Editor, edits 46 and 118",),
)
def processed_bill(view: Outline) -> Outcomes:
    """Returns a bill that the payer's outpatient editor does not accept."""
    setting, policy = view.setting, view.policy[ProcessedBills]
    bill = setting.facility_type
    if not setting.institutional or setting.inpatient or bill is None or not policy.bills:
        return
    source = view.policy.source(ProcessedBills)
    if not setting.is_one_of(policy.bills):
        yield NOT_PROCESSED(_why(bill, policy), source=source, edit=118, bill_type=bill)
        return
    partial = sorted(setting.condition_codes & policy.partial_hospitalization)
    if partial and setting.is_one_of(policy.not_partial):
        message = f"Condition code {partial[0]} not allowed on bill type {bill}x: not partial hospitalization"
        yield NOT_PARTIAL(message, source=source, edit=46, bill_type=bill, condition_code=partial[0])


def _why(bill: str, policy: ProcessedBills) -> str:
    """What excludes the bill, as far as its condition codes do."""
    lead = f"Bill type {bill}x is"
    for some in policy.bills:
        if bill in some.types and some.only_with:
            return f"{lead} processed with condition code {alternatives(some.only_with)} only"
        if bill in some.types:
            return f"{lead} not processed with condition code {alternatives(some.without)}"
    return f"{lead} not processed"
