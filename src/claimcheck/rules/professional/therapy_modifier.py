"""A therapy line has the modifier of its plan of care.

## What it checks
On a professional claim, a code that is always therapy (the policy lists the codes) must have exactly one of GP
(physical therapy), GO (occupational therapy), and GN (speech-language pathology). Evaluations, and other codes that the
policy assigns to one discipline, must have the modifier of their own discipline. CQ (physical therapist assistant) goes
with GP, and CO (occupational therapy assistant) with GO.

## Why payers deny it
The discipline determines which annual threshold the service counts toward; a line without the modifier is returned.

## Example
>>> from claimcheck import validate_claim
>>> def billed(*modifiers):
...     line = {"procedure_code": "97110", "modifiers": modifiers, "units": 1, "service_date": "2024-07-15"}
...     findings = validate_claim({"claim_type": "professional", "lines": [line]}, policy="medicare").findings
...     return [finding.message for finding in findings if finding.rule_id == "PRO303"]
>>> billed("GP"), billed("59"), billed("GO", "CQ")
([], ['Therapy modifier missing on 97110: GP, GO or GN required'], ['Modifier CQ on 97110 requires GP, not GO'])

## What it does not check
Codes that are therapy only under a plan of care. The discipline of codes that several have in common. The thresholds,
which PRO313 estimates. Facility claims, and payers whose policy lists no codes.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.professional import Therapy
from claimcheck.rules.facts import Line
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.remedies import add_modifier
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_MISSING = add_modifier("Add the modifier of the therapy plan of care", "GN", "GO", "GP")
REMEDY_CONFLICT = add_modifier("Keep the one modifier of the therapy plan of care", "GN", "GO", "GP")

MISSING = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "4", ("N822",), remedy=REMEDY_MISSING)
CONFLICT = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "4", ("N519",), remedy=REMEDY_CONFLICT)

_IS_ALWAYS_THERAPY = listed(Therapy, "always")

_DISCIPLINES = ("GP", "GO", "GN")
_OF_ONE = (
    ("GP", listed(Therapy, "physical")),
    ("GO", listed(Therapy, "occupational")),
    ("GN", listed(Therapy, "speech")),
)
_ASSISTANTS = {"CQ": "GP", "CO": "GO"}


@rule(
    id="PRO303",
    name="therapy-modifier",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "kind", "modifier_codes", "policy"),
    outcomes=(
        MISSING.when("the line has no therapy modifier"),
        CONFLICT.when("two therapy modifiers, or the modifier and the code, do not agree"),
    ),
    parameters=(Therapy,),
    sources=("CMS, Medicare Claims Processing Manual, chapter 5, section 20: discipline specific modifiers",),
)
def therapy_modifier(line: Line) -> Outcomes:
    """Reports a therapy line without its discipline, with two, or with another one."""
    policy = line.policy[Therapy]
    if not policy.always or line.kind is None or not line.setting.professional:
        return
    disciplines = [modifier for modifier in _DISCIPLINES if modifier in line.modifier_codes]
    source = line.policy.source(Therapy)
    if not disciplines and line.of_code(_IS_ALWAYS_THERAPY):
        message = f"Therapy modifier missing on {line.code}: GP, GO or GN required"
        yield MISSING(message, source=source, code=line.code)
    if len(disciplines) > 1:
        message = f"Therapy modifiers {' and '.join(disciplines)} conflict on {line.code}"
        yield CONFLICT(message, source=source, code=line.code, modifiers=tuple(disciplines))
    for own, is_of_it in _OF_ONE if len(disciplines) == 1 else ():
        if own != disciplines[0] and line.of_code(is_of_it):
            message = f"Modifier {disciplines[0]} on {line.code} conflicts with the code's discipline: {own} required"
            yield CONFLICT(message, source=source, code=line.code, modifiers=(disciplines[0], own))
    for assistant, discipline in _ASSISTANTS.items():
        if assistant in line.modifier_codes and disciplines and discipline not in disciplines:
            message = f"Modifier {assistant} on {line.code} requires {discipline}, not {disciplines[0]}"
            yield CONFLICT(message, source=source, code=line.code, modifiers=(assistant, disciplines[0]))
