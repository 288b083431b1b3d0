"""Modifier 51 is valid only on procedures subject to the multiple procedure reduction.

## What it checks
On a professional claim, a line with modifier 51 whose code is not subject to the multiple procedure reduction: its
multiple procedure indicator is 0 or 9, or it is an add-on code (global days ZZZ).

## Why payers deny it
The modifier asks for a reduction that does not apply, or shows that the wrong code was billed. Medicare ranks
procedures by their fees itself, and does not need the modifier.

## Example
>>> from claimcheck import validate_claim
>>> def billed(code):
...     line = {"procedure_code": code, "modifiers": ["51"], "units": 1, "charge": "90", "service_date": "2024-07-15"}
...     findings = validate_claim({"claim_type": "professional", "lines": [line]}).findings
...     return [finding.message for finding in findings if finding.rule_id == "PRO204"]
>>> billed("45378"), billed("17003")
([], ['Modifier 51 invalid for 17003: an add-on code is never reduced (global days ZZZ)'])

## What it does not check
Which of several procedures is the primary one, and what each is paid. A procedure without the modifier.
"""

from __future__ import annotations

from claimcheck.policies.parameters.professional import Several
from claimcheck.rules.facts import Line
from claimcheck.rules.professional.schedule import ATTACHMENT_A, indicators, outcomes
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import FeeSchedule, NotCovered

_OUTCOMES = outcomes(
    "4", remedy=change_modifier("Remove modifier 51 from the code"), decided_by="professional.several.exempt"
)


@rule(
    id="PRO204",
    name="several-procedures",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifier_codes", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Several,),
    sources=(f"{ATTACHMENT_A}: multiple procedure indicator and global days",),
)
def several_procedures(line: Line) -> Outcomes:
    """Reports modifier 51 on a code without multiple procedure reduction."""
    if "51" not in line.modifier_codes or not line.setting.professional:
        return
    answer = indicators(line)
    if isinstance(answer, NotCovered):
        yield unchecked(answer)
    elif answer is not None and (why := _exempt(answer.value)) is not None:
        yield _OUTCOMES[line.policy[Several].exempt](
            f"Modifier 51 invalid for {answer.value.code}: {why}",
            answer=answer,
            source=line.policy.source(Several),
            code=answer.value.code,
            multiple_indicator=answer.value.multiple,
            global_days=answer.value.global_days,
        )


def _exempt(row: FeeSchedule) -> str | None:
    if row.global_days == "ZZZ":
        return "an add-on code is never reduced (global days ZZZ)"
    if row.multiple in ("0", "9"):
        return f"the code is never reduced (multiple procedure indicator {row.multiple})"
    return None
