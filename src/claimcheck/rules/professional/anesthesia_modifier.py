"""An anesthesia line has one modifier that says who gave the anesthesia.

## What it checks
On a professional claim, a line of an anesthesia code (00100 to 01999) must have exactly one of the policy's pricing
modifiers (AA, AD, QK, QX, QY, and QZ). Monitored anesthesia care (QS) and physical status (P1 to P6) are not pricing
modifiers, and come after it: where the policy asks for that order, another modifier in the first position gets a
warning.

## Why payers deny it
A physician who gives the anesthesia is paid in full, one who directs it half. Without the modifier there is no price.

## Example
>>> from claimcheck import validate_claim
>>> def billed(*modifiers):
...     line = {"procedure_code": "00811", "modifiers": modifiers, "units": 30, "unit_basis": "MJ"}
...     findings = validate_claim({"claim_type": "professional", "lines": [line]}).findings
...     return [finding.message for finding in findings if finding.rule_id == "PRO302"]
>>> billed("QZ"), billed("QS")
([], ['Anesthesia modifier missing on 00811: one of AA, AD, QK, QX, QY, QZ required'])

## What it does not check
Which modifier is right, which depends on who else was present. Minutes (PRO307) and base units (PRO312). Facility
claims.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.professional import Anesthesia
from claimcheck.rules.facts import Line
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.remedies import add_modifier, change_modifier
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

_MISSING = outcomes(
    "4",
    "N822",
    remedy=add_modifier("Add the modifier for who gave the anesthesia", "AA", "AD", "QK", "QX", "QY", "QZ"),
    when="the modifier is missing",
    decided_by="professional.anesthesia.otherwise",
)
_SEVERAL = outcomes(
    "4",
    "N519",
    remedy=change_modifier("Keep one modifier for who gave the anesthesia"),
    when="there are several",
    decided_by="professional.anesthesia.otherwise",
)

_LATER = Outcome(
    Severity.WARNING,
    Disposition.PAYABLE,
    "CO",
    "4",
    ("N519",),
    remedy=change_modifier("Put the modifier for who gave the anesthesia first"),
)

_IS_ANESTHESIA = listed(Anesthesia, "codes")


@rule(
    id="PRO302",
    name="anesthesia-modifier",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifiers", "modifier_codes", "policy"),
    outcomes=(
        *_MISSING.values(),
        *_SEVERAL.values(),
        _LATER.when("another modifier comes before the one of who gave the anesthesia"),
    ),
    parameters=(Anesthesia,),
    sources=("CMS, Medicare Claims Processing Manual, chapter 12, section 50: modifiers of anesthesia services",),
)
def anesthesia_modifier(line: Line) -> Outcomes:
    """Reports an anesthesia line without a pricing modifier, with several, or with another one before it."""
    policy = line.policy[Anesthesia]
    if not line.setting.professional or not line.of_code(_IS_ANESTHESIA):
        return
    pricing = sorted(line.modifier_codes & policy.pricing)
    if not policy.pricing:
        return
    if len(pricing) == 1:
        yield from _in_position(line, pricing[0])
        return
    if pricing:
        outcome = _SEVERAL[policy.otherwise]
        message = f"Anesthesia modifiers {' and '.join(pricing)} conflict on {line.code}: one priced modifier allowed"
    else:
        outcome = _MISSING[policy.otherwise]
        wanted = ", ".join(sorted(policy.pricing))
        message = f"Anesthesia modifier missing on {line.code}: one of {wanted} required"
    yield outcome(message, source=line.policy.source(Anesthesia), code=line.code, modifiers=tuple(pricing))


def _in_position(line: Line, pricing: str) -> Outcomes:
    first = line.modifiers[0].text
    if line.policy[Anesthesia].pricing_first and first is not None and first != pricing:
        yield _LATER(
            f"Modifier {first} precedes {pricing} on {line.code}; the priced modifier comes first",
            source=line.policy.source(Anesthesia),
            code=line.code,
            modifiers=(first, pricing),
        )
