"""Some payers do not accept a claim of $0.00.

## What it checks
A claim whose lines all charge $0.00, such as one of Category II lines alone, where the payer refuses such claims. One
that was sent as reporting (X12 BHT06 = RP, not CH) passes, where the policy says so.

## Why payers deny it
Zero is a valid amount, on a line and in total; a payer or clearinghouse may refuse the total all the same. Which does
so, only its own rules say: by default a total of zero is accepted.

## Example
>>> from claimcheck import Policy, validate_claim
>>> strict = Policy.load("default").replace(category_ii__zero_total={"rejects": True})
>>> line = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-15"}
>>> claim = {"claim_type": "professional", "lines": [line]}
>>> str(validate_claim(claim, policy=strict).disposition)
'rejected'
>>> str(validate_claim({**claim, "reporting_only": True}, policy=strict).disposition)
'report_only'

## What it leaves alone
Claims that are meant to pay nothing: frequency 0 (non-payment) and 8 (void). A charge that is missing or unreadable,
which is not zero, and a stated total that is not the sum of the lines.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.category_ii import ZeroTotal
from claimcheck.rules.facts import Outline
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

RETURNED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M54",))

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
    """Returns a claim of $0.00, where the payer does."""
    policy = claim.policy[ZeroTotal]
    if not policy.rejects or claim.setting.frequency in _PAYS_NOTHING:
        return
    if claim.setting.reporting_only and policy.reporting_passes:
        return
    if claim.charges_nothing:
        source = claim.policy.source(ZeroTotal, "rejects")
        yield RETURNED("Total charge of $0.00 not accepted by the payer", source=source)
