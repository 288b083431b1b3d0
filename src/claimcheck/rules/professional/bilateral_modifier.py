"""Modifier 50 is valid only on procedures that can be bilateral.

## What it checks
On a professional claim, a line with modifier 50 whose code has a bilateral indicator under which the modifier changes
nothing: 0 (cannot be bilateral, or another code is the bilateral one), 2 (the fee already covers both sides), or 9 (the
concept does not apply). Under indicator 1 the fee is paid at 150 percent, and under 3 each side is paid in full, so
modifier 50 is right there.

## Why payers deny it
The modifier asks for a payment that the code does not have. Medicare pays one procedure at most; other payers return
the line.

## Example
>>> from claimcheck import validate_claim
>>> def billed(code):
...     line = {"procedure_code": code, "modifiers": ["50"], "units": 1, "charge": "90", "service_date": "2024-07-15"}
...     findings = validate_claim({"claim_type": "professional", "lines": [line]}).findings
...     return [finding.message for finding in findings if finding.rule_id == "PRO201"]
>>> billed("20610"), billed("77067")
([], ['Modifier 50 invalid for 77067: the fee is for both sides (bilateral indicator 2)'])

## What it does not check
The units of a line with modifier 50, which FAC203 checks. LT and RT on two lines, which some payers prefer to 50.
Facility claims.
"""

from __future__ import annotations

from claimcheck.policies.parameters.professional import Bilateral
from claimcheck.rules.facts import Line
from claimcheck.rules.professional.schedule import ATTACHMENT_A, indicators, outcomes
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import NotCovered

_OUTCOMES = outcomes(
    "4", remedy=change_modifier("Remove modifier 50 from the code"), decided_by="professional.bilateral.not_bilateral"
)
_WHY = {
    "0": "the code cannot be bilateral",
    "2": "the fee is for both sides",
    "9": "the bilateral concept does not apply",
}


@rule(
    id="PRO201",
    name="bilateral-modifier",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifier_codes", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Bilateral,),
    sources=(f"{ATTACHMENT_A}: bilateral surgery indicator",),
)
def bilateral_modifier(line: Line) -> Outcomes:
    """Reports modifier 50 where it adds nothing."""
    if "50" not in line.modifier_codes or not line.setting.professional:
        return
    answer = indicators(line)
    if isinstance(answer, NotCovered):
        yield unchecked(answer)
    elif answer is not None and (why := _WHY.get(answer.value.bilateral)) is not None:
        row = answer.value
        yield _OUTCOMES[line.policy[Bilateral].not_bilateral](
            f"Modifier 50 invalid for {row.code}: {why} (bilateral indicator {row.bilateral})",
            answer=answer,
            source=line.policy.source(Bilateral),
            code=row.code,
            bilateral_indicator=row.bilateral,
        )
