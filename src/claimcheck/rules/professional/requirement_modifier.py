"""Some equipment needs a modifier that says whether its coverage requirements are met.

## What it checks
On a professional claim, a code that the policy lists must have one of the modifiers that the policy names for it. Under
`medicare` that is KX (requirements met), or GA, GZ, or GY (a denial is expected or certain), as for positive airway
pressure devices, and KX or KS (treated with insulin or not) for blood glucose monitors and their supplies.

## Why payers deny it
The supplier has to say whether the requirements are met; a line that does not say is returned.

## Example
>>> from claimcheck import validate_claim
>>> def billed(code, *modifiers):
...     line = {"procedure_code": code, "modifiers": modifiers, "units": 1, "service_date": "2024-07-15"}
...     findings = validate_claim({"claim_type": "professional", "lines": [line]}, policy="medicare").findings
...     return [finding.message for finding in findings if finding.rule_id == "PRO310"]
>>> billed("E0601", "RR", "KH", "KX"), billed("E0601", "RR", "KH")
([], ['Requirement modifier missing on E0601: GA, GY, GZ or KX required'])

## What it does not check
Whether the requirements are met. Codes that the policy does not list: each local coverage determination has its own.
Two such modifiers on a line, which COD304 reports. Facility claims.
"""

from __future__ import annotations

from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.professional import Requirement, Requirements
from claimcheck.rules.facts import Line
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.remedies import add_modifier
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule
from claimcheck.rules.wording import alternatives

_OUTCOMES = outcomes(
    "4",
    "N822",
    remedy=add_modifier("Add the modifier for the coverage requirements of the item"),
    decided_by="professional.requirements.otherwise",
)


def _requirement(code: str | None, policy: PolicyOn, _tables: object) -> Requirement | None:
    return next((one for one in policy[Requirements].requirements if code in one.codes), None)


@rule(
    id="PRO310",
    name="requirement-modifier",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifier_codes", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Requirements,),
    sources=(
        "NHIC, DME MAC A ListServe (2009-07-22): lines without KX, GA, GZ or GY are rejected where one is asked for",
    ),
)
def requirement_modifier(line: Line) -> Outcomes:
    """Reports equipment without the modifier for its coverage requirements."""
    if not line.setting.professional or (required := line.of_code(_requirement)) is None:
        return
    if line.modifier_codes.isdisjoint(required.modifiers):
        yield _OUTCOMES[line.policy[Requirements].otherwise](
            f"Requirement modifier missing on {line.code}: {alternatives(required.modifiers)} required",
            source=required.reference or line.policy.source(Requirements),
            code=line.code,
            expected=tuple(sorted(required.modifiers)),
        )
