"""Modifiers GY and GZ request a denial.

## What it checks
On a professional claim, a line with GZ (expected to be denied as not reasonable and necessary, no notice signed) is
denied at the provider's cost (from 2011-07-01), and a line with GY (excluded by statute) is denied at the patient's
cost.

## Why payers deny it
The provider states it on the claim; no other edit is needed.

## Example
>>> from claimcheck import validate_claim
>>> def billed(modifier):
...     line = {"procedure_code": "99213", "modifiers": [modifier], "units": 1, "service_date": "2024-07-15"}
...     findings = validate_claim({"claim_type": "professional", "lines": [line]}).findings
...     return [(f.group_code, f.carc, f.message) for f in findings if f.rule_id == "PRO301"]
>>> billed("GZ"), billed("GA")
([('CO', '50', 'Modifier GZ on 99213: denied as not medically necessary, no notice signed')], [])

## What it does not check
GA and GX, which say that a notice was signed; Medicare decides as if they were not there. Which of these modifiers
conflict, which COD304 checks. Payers that do not use them, and facility claims.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.professional import Liability
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import not_paid
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_NOT_NECESSARY = not_paid(
    "The modifier says not medically necessary; remove it only if it was reported by mistake"
)
REMEDY_EXCLUDED = not_paid("The modifier says excluded by law; remove it only if it was reported by mistake")

NOT_NECESSARY = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "50", remedy=REMEDY_NOT_NECESSARY)
EXCLUDED = Outcome(Severity.ERROR, Disposition.DENIED, "PR", "96", ("N425",), remedy=REMEDY_EXCLUDED)

_SAYS = {
    NOT_NECESSARY: "denied as not medically necessary, no notice signed",
    EXCLUDED: "denied as excluded by law, the patient pays",
}


@rule(
    id="PRO301",
    name="liability-modifier",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifier_codes", "policy"),
    outcomes=(
        NOT_NECESSARY.when("the modifier is GZ: not necessary, no notice signed"),
        EXCLUDED.when("the modifier is GY: excluded by law"),
    ),
    parameters=(Liability,),
    sources=("CMS, Change Request 7228 (2011-07-01): GZ; CMS, HCPCS Level II: GY",),
)
def liability_modifier(line: Line) -> Outcomes:
    """Denies what the provider bills to obtain a denial."""
    if not line.modifier_codes or line.code is None or not line.setting.professional:
        return
    policy = line.policy[Liability]
    for field, asked, outcome in (
        ("not_necessary", policy.not_necessary, NOT_NECESSARY),
        ("excluded", policy.excluded, EXCLUDED),
    ):
        for modifier in sorted(line.modifier_codes & asked):
            yield outcome(
                f"Modifier {modifier} on {line.code}: {_SAYS[outcome]}",
                source=line.policy.source(Liability, field),
                code=line.code,
                modifier=modifier,
            )
