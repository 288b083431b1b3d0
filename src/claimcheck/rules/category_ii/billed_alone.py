"""A Category II code is billed with the visit or procedure that it reports on.

## What it checks
A claim with nothing but CPT Category II lines. The payer's policy decides what happens to it: it is allowed, gets a
warning, is accepted without the incentive that a listed code would earn, or is returned.

## Why payers deny it
One payer letter says that the codes are billed together with the visit or procedure; others pay their incentive only
when an outpatient visit is on the claim. No published source rejects such a claim, so the default policy allows it.

## Example
>>> from claimcheck import Policy, validate_claim
>>> strict = Policy.load("default").replace(category_ii__alone={"then": "reject"})
>>> line = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-15"}
>>> claim = {"claim_type": "professional", "lines": [line]}
>>> [str(validate_claim(claim, policy=policy).disposition) for policy in ("default", strict)]
['report_only', 'rejected']

## What it does not check
A claim with any other line, even one whose code is missing or malformed.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.money import ZERO
from claimcheck.policies.parameters.category_ii import Alone, BilledAlone, Incentives
from claimcheck.rules.category_ii.listed import is_report
from claimcheck.rules.facts import WholeClaim
from claimcheck.rules.remedies import bill_otherwise
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY_WARNED = bill_otherwise("Bill the code with the visit or procedure that it reports on")
REMEDY_NO_INCENTIVE = bill_otherwise("Bill the code with the visit that it reports on")

WARNED = Outcome(Severity.WARNING, Disposition.PAYABLE, remedy=REMEDY_WARNED)
NO_INCENTIVE = Outcome(Severity.WARNING, Disposition.REPORT_ONLY, "CO", "107", remedy=REMEDY_NO_INCENTIVE)
RETURNED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "107", remedy=REMEDY_WARNED)

_ALONE = "Category II codes billed alone"


@rule(
    id="CAT201",
    name="category-ii-alone",
    scope=Scope.CLAIM,
    phase=Phase.ADD_ON,
    reads=("lines", "policy"),
    outcomes=(
        WARNED.when("`category_ii.alone.then` is warn"),
        NO_INCENTIVE.when("`category_ii.alone.then` is no_incentive, and the code has an incentive"),
        RETURNED.when("`category_ii.alone.then` is reject"),
    ),
    parameters=(BilledAlone, Incentives),
    needs=Needs(line=is_report, every=True),
    sources=(
        "Blue Cross Blue Shield of North Dakota, CPT Category II Codes: used together with the visit or procedure code",
    ),
)
def category_ii_alone(claim: WholeClaim) -> Outcomes:
    """Applies the payer's rule for a claim with only Category II lines."""
    then = claim.policy[BilledAlone].then
    if then is Alone.ALLOW or not claim.lines or not all(line.is_category_ii for line in claim.lines):
        return
    source = claim.policy.source(BilledAlone)
    if then is Alone.WARN:
        message = f"{_ALONE}; add the visit or procedure that they report on"
        yield WARNED(message, source=source)
    elif then is Alone.REJECT:
        yield RETURNED(f"{_ALONE}; claim returned by the payer", source=source)
    else:
        for position, line in enumerate(claim.lines, 1):
            if line.policy[Incentives].of(line.code, line.modifier_codes) is not None:
                yield NO_INCENTIVE(
                    f"{_ALONE}: {line.code} reported only, no incentive paid",
                    line=position,
                    scheduled=ZERO,
                    source=source,
                    code=line.code,
                )
