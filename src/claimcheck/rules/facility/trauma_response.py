"""Trauma response is billed with critical care and a trauma revenue code.

## What it checks
On the outpatient bills that the policy names, trauma response (G0390) must have a line of a trauma revenue code (068x)
and a line of critical care (99291) on the same day. By default this is edit 76 of the Integrated Outpatient Code
Editor.

## Why payers deny it
The trauma team is paid when the patient needed critical care at a trauma center.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0681", "procedure_code": "G0390", "units": 1, "charge": "900.00",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC209"]
['Trauma response G0390 billed without critical care (99291) on the same day']

## What it does not check
How long the critical care lasted, and whether the hospital is a trauma center. Bills that the policy does not name.
"""

from __future__ import annotations

from datetime import date

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.facility import TraumaResponse
from claimcheck.rules.facts import Line, WholeClaim
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY = change_code(
    "Bill critical care (99291) and a trauma revenue code (068x) on the same day", "99291", documented=True
)

ALONE = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "107", ("N122",), remedy=REMEDY)


def _is_trauma(line: Line) -> bool:
    return line.setting.institutional and line.code in line.policy[TraumaResponse].codes


@rule(
    id="FAC209",
    name="trauma-response",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("setting", "lines", "days", "policy"),
    outcomes=(ALONE,),
    parameters=(TraumaResponse,),
    needs=Needs(line=_is_trauma),
    sources=("CMS, Integrated Outpatient Code Editor, edit 76",),
)
def trauma_response(view: WholeClaim) -> Outcomes:
    """Denies a trauma response without critical care or without a trauma revenue code."""
    policy = view.policy[TraumaResponse]
    if not view.setting.is_one_of(policy.bills):
        return
    for position, (line, day) in enumerate(zip(view.lines, view.days, strict=True), 1):
        if line.code not in policy.codes:
            continue
        if day is None:
            yield unchecked(Reason.NO_SERVICE_DATE, lines=(position,))
        elif missing := _missing(view, day, policy):
            message = f"Trauma response {line.code} billed without {missing} on the same day"
            source = view.policy.source(TraumaResponse)
            yield ALONE(message, line=position, source=source, code=line.code)


def _missing(view: WholeClaim, day: date, policy: TraumaResponse) -> str | None:
    """What the day lacks of critical care and the revenue code."""
    lines = [line for line, of in zip(view.lines, view.days, strict=True) if of == day]
    if not any(line.code in policy.critical_care for line in lines):
        return f"critical care ({', '.join(policy.critical_care)})"
    if not any(line.revenue.text in policy.revenue for line in lines if line.revenue):
        return f"a trauma revenue code ({', '.join(policy.revenue)})"
    return None
