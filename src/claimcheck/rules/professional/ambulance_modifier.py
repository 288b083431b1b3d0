"""An ambulance line has an origin and destination modifier.

## What it checks
On a professional claim, a line of an ambulance service or ambulance mileage (the policy lists the codes) must have a
two-letter modifier for the origin and the destination. S, the scene of an accident, can only be an origin; X, a
physician's office on the way to a hospital, can only be a destination.

## Why payers deny it
Origin and destination determine whether the trip is covered.

## Example
>>> from claimcheck import validate_claim
>>> def billed(*modifiers):
...     line = {"procedure_code": "A0429", "modifiers": modifiers, "units": 1, "service_date": "2024-07-15"}
...     findings = validate_claim({"claim_type": "professional", "lines": [line]}).findings
...     return [finding.message for finding in findings if finding.rule_id == "PRO304"]
>>> billed("SH"), billed("XH")
([], ['Origin and destination modifier missing on A0429: a pair such as RH required'])

## What it does not check
Whether the payer covers the trip. A patient pronounced dead before the trip (QL). Whether mileage and transport agree,
which PRO311 checks. Facility claims.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.professional import Ambulance
from claimcheck.rules.facts import Line
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_modifier("Add the modifier of origin and destination")

MISSING = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "4", ("N822",), remedy=REMEDY)

_IS_A_RIDE = listed(Ambulance, "codes")

_ORIGINS = frozenset("DEGHIJNPRS")
_DESTINATIONS = frozenset("DEGHIJNPRX")


@rule(
    id="PRO304",
    name="ambulance-modifier",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifier_codes", "policy"),
    outcomes=(MISSING,),
    parameters=(Ambulance,),
    sources=("CMS, Medicare Claims Processing Manual, chapter 15, section 30: origin and destination modifiers",),
)
def ambulance_modifier(line: Line) -> Outcomes:
    """Warns about a transport without origin and destination."""
    policy = line.policy[Ambulance]
    if not line.setting.professional or not line.of_code(_IS_A_RIDE):
        return
    if line.modifier_codes & policy.instead or any(map(is_a_pair, line.modifier_codes)):
        return
    message = f"Origin and destination modifier missing on {line.code}: a pair such as RH required"
    yield MISSING(message, source=line.policy.source(Ambulance), code=line.code)


def is_a_pair(modifier: str) -> bool:
    """Whether a modifier is an origin and a destination."""
    return modifier[0] in _ORIGINS and modifier[1] in _DESTINATIONS
