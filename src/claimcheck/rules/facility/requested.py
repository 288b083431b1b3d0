"""A condition code can request a denial or a review.

## What it checks
On the outpatient bills that the policy names, condition codes by which the provider asks the payer to deny (21) or
review (20) the claim. By default these are edits 10 and 11 of the Integrated Outpatient Code Editor; edit 10 ended with
2020.

## Why payers deny it
The provider states that the services are not covered and needs a denial for another payer, or that coverage is in doubt
and the member wants a decision.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0510", "procedure_code": "G0463", "units": 1, "charge": "90.00",
...         "service_date": "2024-07-15"}
>>> claim = {"claim_type": "institutional", "bill_type": "0131", "condition_codes": ["20"], "lines": [line]}
>>> str(validate_claim(claim).disposition)
'review'

## What it does not check
Inpatient and professional claims. Whether the services are covered.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import Requested
from claimcheck.rules.facts import Setting, WholeClaim
from claimcheck.rules.remedies import bill_otherwise, correct
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY_REVIEW = bill_otherwise("Send the documentation that the payer asks for")
REMEDY_DENIAL = correct("Remove condition code 21, if the payer is asked to pay")

REVIEW = Outcome(Severity.WARNING, Disposition.REVIEW, remedy=REMEDY_REVIEW)
DENIAL = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "96", ("N130",), remedy=REMEDY_DENIAL)


def _may_ask(setting: Setting) -> bool:
    if not setting.institutional or not setting.condition_codes:
        return False
    given = [entry.value for entry in setting.policy.parameters.get(Requested, ())]
    return any(setting.condition_codes & (policy.denial | policy.review) for policy in given)


@rule(
    id="FAC109",
    name="requested",
    scope=Scope.CLAIM,
    phase=Phase.FREQUENCY,  # the claim as a whole is denied: what other edits say about its lines remains
    reads=("setting", "lines", "policy"),
    outcomes=(
        REVIEW.when("the condition code requests a review (20)"),
        DENIAL.when("the condition code requests a denial (21)"),
    ),
    parameters=(Requested,),
    needs=Needs(setting=_may_ask),
    sources=("CMS, Integrated Outpatient Code Editor, edits 10 and 11",),
)
def requested(view: WholeClaim) -> Outcomes:
    """Denies or suspends lines as the provider requests."""
    given, policy = view.setting.condition_codes, view.policy[Requested]
    if not view.setting.is_one_of(policy.bills):
        return
    source = view.policy.source(Requested)
    for position in range(1, len(view.lines) + 1):
        for code in sorted(given & policy.denial):
            message = f"Denial requested by condition code {code}"
            yield DENIAL(message, line=position, source=source, condition_code=code)
        for code in sorted(given & policy.review):
            message = f"Review requested by condition code {code}"
            yield REVIEW(message, line=position, source=source, condition_code=code)
