"""A bilateral procedure (modifier 50) is billed as one unit.

## What it checks
A line with modifier 50 must have one unit, on the outpatient bills that the policy names (by default those of edit 74
of the Integrated Outpatient Code Editor). On a professional line, more than one unit gets a warning where the policy
says so; no published edit returns it.

## Why payers deny it
The modifier already doubles the payment; two units would bill four sides.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0360", "procedure_code": "20610", "modifiers": ["50"], "units": 2, "charge": "900.00",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [(finding.carc, finding.rarcs) for finding in result.findings if finding.rule_id == "FAC203"]
[('16', ('N430',))]

## What it does not check
A procedure that cannot be bilateral or already is (bilateral indicator 0, 2, or 9 on the physician fee schedule). Units
that are missing or cannot be read.
"""

from __future__ import annotations

from decimal import Decimal

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import Bilateral
from claimcheck.rules.facility.sides import MODIFIER, may_be_of_both_sides
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_units
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_units("Bill one unit")

TOO_MANY = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N430",), remedy=REMEDY)
UNLIKELY = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("N430",), remedy=REMEDY)

_MANUAL = "CMS, NCCI Policy Manual for Medicare Services, chapter I, section V"


@rule(
    id="FAC203",
    name="bilateral-units",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifier_codes", "units", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=(TOO_MANY.when("the claim is an outpatient bill"), UNLIKELY.when("the claim is professional")),
    parameters=(Bilateral,),
    sources=(
        "CMS, Integrated Outpatient Code Editor, edit 74",
        _MANUAL,
    ),
)
def bilateral_units(line: Line) -> Outcomes:
    """Rejects several units of a bilateral procedure; warns about them on a professional line."""
    if MODIFIER not in line.modifier_codes or line.code is None:
        return
    if not isinstance(line.units, Decimal) or line.units <= 1 or not may_be_of_both_sides(line):
        return
    policy = line.policy[Bilateral]
    warned = line.setting.professional and policy.professional
    if warned or line.setting.is_one_of(policy.bills):
        outcome, field = (UNLIKELY, "professional") if warned else (TOO_MANY, "bills")
        yield outcome(
            f"Units exceed the limit: {line.units.normalize():f} of {line.code} billed, 1 allowed with modifier 50",
            source=line.policy.source(Bilateral, field) or (_MANUAL if warned else None),
            code=line.code,
            units=f"{line.units.normalize():f}",
        )
