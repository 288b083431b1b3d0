"""Modifiers 26 and TC are for codes that have a professional or a technical component.

## What it checks
On a professional claim, the physician fee schedule must have a separate row for the code with modifier 26 or TC when
the line has one of them. This holds for diagnostic tests and radiology (26 and TC) and for the interpretation of a
laboratory test (26 only): 83020 takes 26 but not TC; 93005 takes neither, because its interpretation has a code of its
own, 93010.

## Why payers deny it
A code without separate components has no such component to pay.

## Example
>>> from claimcheck import validate_claim
>>> def billed(code, modifier):
...     line = {"procedure_code": code, "modifiers": [modifier], "units": 1, "service_date": "2024-07-15"}
...     findings = validate_claim({"claim_type": "professional", "lines": [line]}).findings
...     return [(finding.carc, finding.message) for finding in findings if finding.rule_id == "PRO101"]
>>> billed("71046", "26"), billed("93010", "26")
([], [('4', 'Modifier 26 invalid for 93010: the code has no such component (PC/TC indicator 2)')])

## What it does not check
Codes that are not on the schedule, and codes with a status for which it has no values (not valid for Medicare, not
covered). Which component was rendered. Both modifiers on one line, which COD304 reports. Facility claims.
"""

from __future__ import annotations

from claimcheck.codes.modifier import COMPONENTS
from claimcheck.policies.parameters.professional import Components, Then
from claimcheck.rules.facts import Line
from claimcheck.rules.professional.schedule import ATTACHMENT_A, indicators, outcomes
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import NotCovered

_OUTCOMES = outcomes(
    "4",
    remedy=change_modifier("Remove modifier 26 or TC from the code"),
    decided_by="professional.components.not_split",
)


@rule(
    id="PRO101",
    name="component-modifier",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifier_codes", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Components,),
    sources=(f"{ATTACHMENT_A}: PC/TC indicator, and the rows of codes with 26 and TC",),
)
def component_modifier(line: Line) -> Outcomes:
    """Reports 26 or TC on a code without that component."""
    modifiers = line.modifier_codes.intersection(COMPONENTS)
    if not modifiers or not line.setting.professional:
        return
    answer = indicators(line)
    if isinstance(answer, NotCovered):
        yield unchecked(answer)
    if answer is None or isinstance(answer, NotCovered):
        return
    policy, row = line.policy[Components], answer.value
    if row.status in policy.exempt_statuses:
        return
    for modifier in sorted(modifiers - row.components):
        yield _OUTCOMES[policy.not_split](
            f"Modifier {modifier} invalid for {row.code}: the code has no such component (PC/TC indicator {row.pctc})",
            answer=answer,
            source=None if policy.not_split is Then.DENY else line.policy.source(Components, "not_split"),
            code=row.code,
            modifier=modifier,
            pctc_indicator=row.pctc,
        )
