"""Modifiers 54, 55, and 56 are valid only on procedures with a global period.

## What it checks
On a professional claim, the code of a line with 54 (surgical care only), 55 (postoperative management only), or 56
(preoperative management only) must have a global period of 10 or 90 days on the physician fee schedule; other codes
have no share to pay.

## Why payers deny it
The fee for a procedure without a global period includes no care before or after it.

## Example
>>> from claimcheck import validate_claim
>>> def billed(code):
...     line = {"procedure_code": code, "modifiers": ["54"], "units": 1, "service_date": "2024-07-15"}
...     findings = validate_claim({"claim_type": "professional", "lines": [line]}).findings
...     return [finding.message for finding in findings if finding.rule_id == "PRO205"]
>>> billed("66984"), billed("45378")
([], ['Modifier 54 invalid for 45378: no pre- or postoperative care in its fee (global days 000)'])

## What it does not check
Maternity care, and codes whose global days the contractor decides. Whether the other parts were billed. Facility
claims.
"""

from __future__ import annotations

from claimcheck.policies.parameters.professional import SplitCare
from claimcheck.rules.facts import Line
from claimcheck.rules.professional.schedule import ATTACHMENT_A, indicators, outcomes
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import NotCovered

_OUTCOMES = outcomes(
    "4",
    remedy=change_modifier("Remove modifier 54, 55, or 56 from the code"),
    decided_by="professional.split_care.otherwise",
)
_PARTS = frozenset({"54", "55", "56"})


@rule(
    id="PRO205",
    name="split-care",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifier_codes", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(SplitCare,),
    sources=(f"{ATTACHMENT_A}: global days, and the shares of the fee before, during and after the operation",),
)
def split_care(line: Line) -> Outcomes:
    """Reports part of the care for a procedure that is not paid in parts."""
    parts = line.modifier_codes & _PARTS
    if not parts or not line.setting.professional:
        return
    answer, policy = indicators(line), line.policy[SplitCare]
    if isinstance(answer, NotCovered):
        yield unchecked(answer)
    elif answer is not None and answer.value.global_days in policy.without_care:
        for modifier in sorted(parts):
            yield _OUTCOMES[policy.otherwise](
                f"Modifier {modifier} invalid for {answer.value.code}: no pre- or postoperative care in its fee "
                f"(global days {answer.value.global_days})",
                answer=answer,
                source=line.policy.source(SplitCare),
                code=answer.value.code,
                modifier=modifier,
                global_days=answer.value.global_days,
            )
