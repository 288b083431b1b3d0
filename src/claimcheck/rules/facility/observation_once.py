"""Observation hours are billed on one line.

## What it checks
On the outpatient bills that the policy names, observation hours (G0378) must be on one line, whose units are all the
hours. Each further line, by date and then by line, is rejected. By default this is edit 51 of the Integrated Outpatient
Code Editor, whose text names the subsequent lines.

## Why payers deny it
The hours are paid as one stay; on several lines they would count as several.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0762", "procedure_code": "G0378", "charge": "900.00"}
>>> lines = [{**line, "units": 9, "service_date": "2024-07-15"}, {**line, "units": 15, "service_date": "2024-07-16"}]
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": lines})
>>> [(finding.line_number, finding.related_lines) for finding in result.findings if finding.rule_id == "FAC207"]
[(2, (1,))]

## What it does not check
The number of hours, and hours on other claims. Bills that the policy does not name.
"""

from __future__ import annotations

from datetime import date

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import Observation
from claimcheck.rules.facts import Line, WholeClaim
from claimcheck.rules.remedies import change_units
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_units("Bill all observation hours on one line")

AGAIN = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N430",), remedy=REMEDY)

_NAMED = 20  #: for very many lines, a finding names only the first ones


def _is_observation(line: Line) -> bool:
    return line.setting.institutional and line.code in line.policy[Observation].hours


@rule(
    id="FAC207",
    name="observation-once",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("setting", "lines", "days", "policy"),
    outcomes=(AGAIN,),
    parameters=(Observation,),
    needs=Needs(line=_is_observation),
    sources=("CMS, Integrated Outpatient Code Editor, edit 51",),
)
def observation_once(view: WholeClaim) -> Outcomes:
    """Rejects each line of observation hours after the first."""
    policy = view.policy[Observation]
    if not view.setting.is_one_of(policy.once_bills):
        return
    hours = [(position, line.code) for position, line in enumerate(view.lines, 1) if line.code in policy.hours]
    hours.sort(key=lambda one: (view.days[one[0] - 1] or date.max, one[0]))
    for position, code in hours[1:]:
        yield AGAIN(
            f"Observation hours ({code}) billed on {len(hours)} lines; combine them on one line",
            line=position,
            related=tuple(other for other, _ in hours[:_NAMED] if other != position),
            source=view.policy.source(Observation),
            code=code,
            lines=len(hours),
        )
