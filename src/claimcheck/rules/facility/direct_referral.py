"""A direct referral to observation is billed with observation hours on the same day.

## What it checks
On the outpatient bills that the policy names, a direct referral to observation (G0379) must have observation hours
(G0378) on the same day. By default this is edit 58 of the Integrated Outpatient Code Editor.

## Why payers deny it
The referral pays for admitting the patient to observation; without observation hours, nothing was observed.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0762", "procedure_code": "G0379", "units": 1, "charge": "200.00",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC206"]
['Direct referral G0379 billed without observation hours (G0378) on the same day']

## What it does not check
The number of hours, and hours on other claims. Bills that the policy does not name, and bills that may not have a
referral at all, where another rule denies it.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.facility import Observation
from claimcheck.rules.facts import Day, Line, Setting, is_institutional
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, reads_no_other_claim, rule, unchecked

REMEDY = correct("Add the observation hours (G0378) of the day", "G0378")

WITHOUT_HOURS = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "107", remedy=REMEDY)


def _is_direct(line: Line) -> bool:
    return line.code in line.policy[Observation].direct


@rule(
    id="FAC206",
    name="direct-referral",
    scope=Scope.DAY,
    phase=Phase.BUNDLING,
    reads=("setting", "day", "lines", "own", "policy"),
    outcomes=(WITHOUT_HOURS,),
    parameters=(Observation,),
    needs=Needs(setting=is_institutional, line=_is_direct),
    other_claims=reads_no_other_claim,
    sources=("CMS, Integrated Outpatient Code Editor, edit 58",),
)
def direct_referral(day: Day) -> Outcomes:
    """Rejects a direct referral to observation that nothing followed."""
    policy = day.policy[Observation]
    if not _belongs(day.setting, policy):
        return
    referrals = [line for line in day.lines if line.position is not None and line.code in policy.direct]
    if not referrals:
        return
    if day.day is None:
        yield unchecked(Reason.NO_SERVICE_DATE, lines=day.own)
        return
    if any(line.code in policy.hours for line in day.lines if not line.other_claim):
        return
    for line in referrals:
        yield WITHOUT_HOURS(
            f"Direct referral {line.code} billed without observation hours ({', '.join(policy.hours)}) on the same day",
            line=line.position,
            source=day.policy.source(Observation),
            code=line.code,
        )


def _belongs(setting: Setting, policy: Observation) -> bool:
    """Whether the edit applies to the bill, and a referral may be on it."""
    if not setting.is_one_of(policy.direct_bills):
        return False
    return setting.is_one_of(policy.own_bills) or not setting.is_one_of(policy.other_bills)
