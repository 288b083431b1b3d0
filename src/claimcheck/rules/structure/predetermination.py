"""A predetermination request bills nothing.

## What it checks
Whether the claim asks what would be paid (X12 CLM19 = PB, guides X291 and X292; FHIR use "predetermination"). It is
judged as the claim would be, and asks for no service date.

## Why payers deny it
They do not: they answer what they would pay. It is no bill, and nothing of it counts towards a limit.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "D2750", "units": 1, "charge": "1100.00", "tooth_numbers": "14"}
>>> result = validate_claim({"claim_type": "dental", "predetermination": True, "lines": [line]})
>>> [(f.rule_id, f.message) for f in result.findings if f.rule_id in ("STR401", "STR515")]
[('STR515', 'Predetermination request: benefits requested, nothing billed')]

## What it leaves alone
Every other claim.
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
    """Says that nothing is billed."""
    if setting.predetermination:
        yield ASKS("Predetermination request: benefits requested, nothing billed")
