"""Observation has its own revenue code, codes and bill types.

## What it checks
On the bills that the policy names, a line of the observation revenue code (0762) that has a procedure code must have an
observation code. Observation hours (G0378) and direct referrals (G0379) may be billed only on hospital outpatient
bills. By default these are edits 44 and 53 of the Integrated Outpatient Code Editor.

## Why payers deny it
Another service billed as observation is paid incorrectly, and the G codes pay hospitals only.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0762", "procedure_code": "99285", "units": 1, "charge": "900.00",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC202"]
['Revenue code 0762 is for observation only; 99285 is not an observation service']

## What it does not check
An observation line without a code, which is packaged. The length of observation. The editor's text does not list the
observation codes, so the CPT codes are accepted along with the G codes, and doubtful ones get no finding.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import Observation
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_code, not_paid
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_NOT_OBSERVATION = change_code("Correct the revenue code or the procedure code")
REMEDY_ANOTHER_BILL = not_paid("Observation G codes are paid on hospital outpatient bills only")

NOT_OBSERVATION = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "199", remedy=REMEDY_NOT_OBSERVATION)
ANOTHER_BILL = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "282", remedy=REMEDY_ANOTHER_BILL)


@rule(
    id="FAC202",
    name="observation",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "revenue", "policy"),
    outcomes=(
        NOT_OBSERVATION.when("another service has the observation revenue code"),
        ANOTHER_BILL.when("an observation G code is on another type of bill"),
    ),
    parameters=(Observation,),
    sources=("CMS, Integrated Outpatient Code Editor, edits 44 and 53",),
)
def observation(line: Line) -> Outcomes:
    """Rejects other services under the observation revenue code; denies the G codes on other bills."""
    setting = line.setting
    if not setting.institutional or line.code is None:
        return
    policy = line.policy[Observation]
    misplaced = line.revenue.text in policy.revenue and line.code not in policy.codes
    if misplaced and setting.is_one_of(policy.revenue_bills):
        yield NOT_OBSERVATION(
            f"Revenue code {line.revenue.text} is for observation only; {line.code} is not an observation service",
            source=line.policy.source(Observation),
            revenue_code=line.revenue.text,
            code=line.code,
        )
    hospital = line.code in policy.hours or line.code in policy.direct
    if hospital and setting.is_one_of(policy.other_bills) and not setting.is_one_of(policy.own_bills):
        yield ANOTHER_BILL(
            f"Observation code {line.code} not allowed on bill type {setting.facility_type}x",
            source=line.policy.source(Observation),
            code=line.code,
            bill_type=setting.facility_type,
        )
