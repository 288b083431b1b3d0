"""The modifiers of a line do not conflict.

## What it checks
The policy lists pairs of modifiers that conflict: by default 26 with TC (each is one component; both together are the
whole service), LT with RT on a line with one unit, 50 with LT or RT (both sides or one), and 59 with XE, XP, XS, or XU
(which say more specifically what 59 says). These are warnings. Pairs that the outpatient code editor refuses (CT, FX,
and FY; ER, PN, and PO) are errors on the bills that the policy names.

## Why payers deny it
The payer cannot tell which of the two modifiers applies.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "71046", "modifiers": ["26", "TC"]}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [(str(f.severity), f.message) for f in result.findings if f.rule_id == "COD304"]
[('warning', 'Modifiers 26 and TC conflict on the same line')]

## What it does not check
Pairs that the policy does not list. LT with RT on a line with several units, which may be one of each.
"""

from __future__ import annotations

from decimal import Decimal

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.coding import ModifierConflicts
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import add_modifier
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = add_modifier("Keep the modifier that applies")

WARNED = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "4", ("N519",), remedy=REMEDY)
RETURNED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "4", ("N519",), remedy=REMEDY)


@rule(
    id="COD304",
    name="modifier-conflict",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("modifier_codes", "units", "setting", "policy"),
    outcomes=(
        WARNED.when("the pair is one of `coding.modifier_conflicts.warned` or `coding.modifier_conflicts.sides`"),
        RETURNED.when(
            "the pair is one of `coding.modifier_conflicts.returned`, on a bill that Medicare's editor returns"
        ),
    ),
    parameters=(ModifierConflicts,),
    sources=(
        "CMS, Integrated Outpatient Code Editor, edit 102",
        "CMS, MLN1783722 (2025-02): proper use of modifiers 59, XE, XP, XS and XU",
    ),
)
def modifier_conflict(line: Line) -> Outcomes:
    """Reports modifiers on the line that contradict each other."""
    if len(line.modifier_codes) < 2:
        return
    policy = line.policy[ModifierConflicts]
    several = isinstance(line.units, Decimal) and line.units > 1
    for field, pairs, outcome in (
        ("warned", policy.warned, WARNED),
        ("sides", () if several else policy.sides, WARNED),
        ("returned", policy.returned, RETURNED),
    ):
        for one, other in map(str.split, pairs):
            if one not in line.modifier_codes or other not in line.modifier_codes:
                continue
            if outcome is WARNED or line.setting.is_one_of(policy.returned_bills):
                message = f"Modifiers {one} and {other} conflict on the same line"
                yield outcome(message, source=line.policy.source(ModifierConflicts, field), modifiers=(one, other))
