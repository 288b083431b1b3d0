"""Some payers do not accept a claim of $0.00.

## What it checks
A claim whose lines are all charged at $0.00, such as a claim of Category II lines only, where the payer's policy
refuses such claims. A claim sent for reporting only (X12 BHT06 = RP rather than CH) passes where the policy allows it.

## Why payers deny it
Zero is a valid amount for a line and for the total, but some payers and clearinghouses reject a claim that totals
$0.00. Only their own rules say which; by default a zero total is accepted.

## Example
>>> from claimcheck import Policy, validate_claim
>>> strict = Policy.load("default").replace(category_ii__zero_total={"rejects": True})
>>> line = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-15"}
>>> claim = {"claim_type": "professional", "lines": [line]}
>>> str(validate_claim(claim, policy=strict).disposition)
'rejected'
>>> str(validate_claim({**claim, "reporting_only": True}, policy=strict).disposition)
'report_only'

## What it does not check
Claims that are not meant to be paid: frequency code 0 (non-payment) and 8 (void). A missing or unreadable charge, which
is not zero. A stated total that differs from the sum of the lines, which STR501 checks.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.category_ii import ZeroTotal
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import change_charge
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_charge("Bill a charge that the payer accepts, or send the claim for reporting only (BHT06 = RP)")

RETURNED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M54",), remedy=REMEDY)

_PAYS_NOTHING = frozenset({"0", "8"})


@rule(
    id="CAT204",
    name="zero-total",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "charges_nothing", "policy"),
    outcomes=(RETURNED,),
    parameters=(ZeroTotal,),
    sources=(
        "X12, Request for Interpretation 2836 (005010X223): a payer may refuse a zero amount that the standard allows",
        "X12 005010X222A1, BHT06: CH chargeable, RP reporting",
    ),
)
def zero_total(claim: Outline) -> Outcomes:
    """Returns a claim with total charges of $0.00, if the payer does."""
    policy = claim.policy[ZeroTotal]
    if not policy.rejects or claim.setting.frequency in _PAYS_NOTHING:
        return
    if claim.setting.reporting_only and policy.reporting_passes:
        return
    if claim.charges_nothing:
        source = claim.policy.source(ZeroTotal, "rejects")
        yield RETURNED("Total charge of $0.00 not accepted by the payer", source=source)
