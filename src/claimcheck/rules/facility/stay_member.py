"""An inpatient's age and sex are valid for DRG grouping.

## What it checks
On hospital inpatient bills, that the member's age is at most 124 years (edit 14 of the Medicare Code Editor), and that
the sex is one that the policy names (edit 15): F or M, and from 2024-10-01 also unknown (U).

## Why payers deny it
The editor and the grouper read both, and the claim is returned.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0120", "service_date": "2024-07-15"}
>>> for sex, birth_date in (("U", "1960-01-01"), ("F", "1890-01-01"), ("F", "1960-01-01")):
...     claim = {"claim_type": "institutional", "bill_type": "0111", "sex": sex, "birth_date": birth_date}
...     result = validate_claim({**claim, "lines": [line]})
...     print([finding.message for finding in result.findings if finding.rule_id == "FAC608"])
['Sex not valid on an inpatient bill: expected F or M']
['Age not valid: over 124 years']
[]

## What it does not check
A sex or birth date that is missing or unreadable, and a birth after the service, which other rules report.
"""

from __future__ import annotations

from claimcheck import dates
from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import InpatientEdits
from claimcheck.rules.facility.stay import runs
from claimcheck.rules.facts import WholeClaim, is_inpatient
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule
from claimcheck.rules.wording import alternatives

REMEDY_AGE = correct("Correct the member's birth date")
REMEDY_SEX = correct("Correct the member's sex")

AGE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N329",), remedy=REMEDY_AGE)
SEX = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA39",), remedy=REMEDY_SEX)

_OLDEST = 124


@rule(
    id="FAC608",
    name="stay-member",
    scope=Scope.CLAIM,
    phase=Phase.STRUCTURE,
    reads=("claim", "setting", "frame", "aged_on", "policy"),
    outcomes=(AGE.when("the age is over 124 years"), SEX.when("the sex is not an assigned code")),
    parameters=(InpatientEdits,),
    needs=Needs(setting=is_inpatient),
    sources=("CMS, Definitions of Medicare Code Edits, edits 14 (invalid age) and 15 (invalid sex)",),
)
def stay_member(view: WholeClaim) -> Outcomes:
    """Returns a stay for a member whose age or sex is unusable for grouping."""
    policy, birth, given = view.policy[InpatientEdits], view.frame.birth, view.claim.sex
    source = view.policy.source(InpatientEdits)
    day = view.aged_on
    if runs(14, view) and birth is not None and day is not None and dates.years(birth, day) > _OLDEST:
        yield AGE(f"Age not valid: over {_OLDEST} years", source=source, expected=_OLDEST)
    if runs(15, view) and policy.sexes and isinstance(given, str) and given.upper() not in policy.sexes:
        expected = tuple(sorted(policy.sexes))
        wanted = alternatives(expected)
        yield SEX(f"Sex not valid on an inpatient bill: expected {wanted}", source=source, expected=expected)
