"""A predetermination request bills nothing.

## What it checks
Whether the claim is a request for predetermination (X12 CLM19 = PB, guides X291 and X292; FHIR use "predetermination").
It is checked like a claim, but needs no service dates.

## Why payers deny it
They do not: they answer what they would pay. Nothing on a request counts toward a frequency limit.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "D2750", "units": 1, "charge": "1100.00", "tooth_numbers": "14"}
>>> result = validate_claim({"claim_type": "dental", "predetermination": True, "lines": [line]})
>>> [(f.rule_id, f.message) for f in result.findings if f.rule_id in ("STR401", "STR515")]
[('STR515', 'Predetermination request: benefits requested, nothing billed')]

## What it does not check
All other claims.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Setting
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

ASKS = Outcome(Severity.INFO, Disposition.PAYABLE)


@rule(
    id="STR515",
    name="predetermination",
    scope=Scope.SETTING,
    phase=Phase.STRUCTURE,
    reads=("predetermination",),
    outcomes=(ASKS,),
    sources=("X12 005010X224A2, CLM19; X12 005010X291 and 005010X292",),
)
def predetermination(setting: Setting) -> Outcomes:
    """Reports that nothing is billed."""
    if setting.predetermination:
        yield ASKS("Predetermination request: benefits requested, nothing billed")
