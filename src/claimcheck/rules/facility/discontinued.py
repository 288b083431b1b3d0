"""A reduced or discontinued procedure is billed as one unit, on one side.

## What it checks
On the outpatient bills that the policy names, a line with modifier 52 or 73 must not have modifier 50 (where the
procedure can be bilateral) and must not have more than one unit. By default this is edit 37 of the Integrated
Outpatient Code Editor.

## Why payers deny it
The modifier halves the payment for one procedure. With several units or sides, the line does not say which one was
discontinued.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0360", "procedure_code": "20610", "modifiers": ["73"], "units": 2, "charge": "900.00",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC208"]
['Units exceed the limit: 2 of 20610 billed, 1 allowed with modifier 73']

## What it does not check
Professional claims. Units that are missing or cannot be read. Whether the procedure can be bilateral.
"""

from __future__ import annotations

from decimal import Decimal

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import Bilateral, Discontinued
from claimcheck.rules.facility.sides import MODIFIER, may_be_of_both_sides
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_modifier, change_units
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_BOTH_SIDES = change_modifier("Remove modifier 50 or the modifier for a discontinued procedure")
REMEDY_TOO_MANY = change_units("Bill one unit")

BOTH_SIDES = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "4", ("N519",), remedy=REMEDY_BOTH_SIDES)
TOO_MANY = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N430",), remedy=REMEDY_TOO_MANY)


@rule(
    id="FAC208",
    name="discontinued",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifier_codes", "units", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=(
        BOTH_SIDES.when("modifier 50 is on the reduced or discontinued procedure"),
        TOO_MANY.when("the procedure has more than one unit"),
    ),
    parameters=(Discontinued, Bilateral),
    sources=("CMS, Integrated Outpatient Code Editor, edit 37",),
)
def discontinued(line: Line) -> Outcomes:
    """Rejects a discontinued bilateral procedure, or one with several units."""
    policy = line.policy[Discontinued]
    held = sorted(line.modifier_codes & policy.modifiers)
    if not held or line.code is None or not line.setting.is_one_of(policy.bills):
        return
    modifier = held[0]
    if MODIFIER in line.modifier_codes and may_be_of_both_sides(line):
        yield BOTH_SIDES(
            f"Modifier 50 not allowed with modifier {modifier} on {line.code}: reduced or discontinued procedure",
            source=line.policy.source(Discontinued),
            code=line.code,
            modifier=modifier,
        )
    elif isinstance(line.units, Decimal) and line.units > 1:
        units = f"{line.units.normalize():f}"
        yield TOO_MANY(
            f"Units exceed the limit: {units} of {line.code} billed, 1 allowed with modifier {modifier}",
            source=line.policy.source(Discontinued),
            code=line.code,
            modifier=modifier,
            units=units,
        )
