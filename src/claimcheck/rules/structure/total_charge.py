"""The total charge is the sum of the lines.

## What it checks
The total charge must be a number, not negative, in whole cents, and equal to the sum of the line charges. The total
line of a paper claim (revenue code 0001) is not a service and is not added, unless the claim has no other line.

## Why payers deny it
A claim that does not balance is returned before its lines are processed.

## Example
>>> from claimcheck import validate_claim
>>> lines = [{"procedure_code": "99213", "charge": "125.00"}, {"procedure_code": "3044F", "charge": "0.01"}]
>>> result = validate_claim({"claim_type": "professional", "total_charge": "125.00", "lines": lines})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR501"]
['Total charge does not equal the sum of the lines: $125.00 billed, $125.01 summed']

## What it does not check
A claim without a total. A claim with a line whose charge is missing or cannot be read: its sum is *not checked*.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.rules.facts import Outline, TotalKind
from claimcheck.rules.remedies import change_charge
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY = change_charge("Make the total charge the sum of the line charges")

WRONG = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M54",), remedy=REMEDY)


@rule(
    id="STR501",
    name="total-charge",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("total",),
    outcomes=(WRONG,),
    sources=("X12 005010X222A1 and 005010X223A2, CLM02: the sum of the lines' charges",),
)
def total_charge(view: Outline) -> Outcomes:
    """Rejects a claim whose lines do not add up to its total."""
    kind, total, added = view.total
    match kind:
        case TotalKind.UNREADABLE:
            yield WRONG("Total charge is not a number")
        case TotalKind.NEGATIVE:
            yield WRONG("Total charge is negative")
        case TotalKind.FRACTION_OF_A_CENT:
            yield WRONG("Total charge has a fraction of a cent")
        case TotalKind.UNKNOWN:
            yield unchecked(Reason.MISSING_FIELD)
        case TotalKind.DIFFERS:
            yield WRONG(
                f"Total charge does not equal the sum of the lines: ${total:.2f} billed, ${added} summed",
                total=total,
                sum=added,
            )
