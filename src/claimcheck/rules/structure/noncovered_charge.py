"""A non-covered charge is an amount in whole cents, not negative, and at most the charge of its line.

## What it checks
A non-covered charge must be a number, not negative, with no fraction of a cent, and not more than the charge of the
line, of which it is a part.

## Why payers deny it
It is a dollar amount that reduces what the payer is asked to pay.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"lines": [{"procedure_code": "99213", "charge": "90.00", "noncovered_charge": "-90"}]})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR202"]
['Non-covered charge is negative']

## What it does not check
Lines without one. Whether the service is covered.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import ChargeKind, Line
from claimcheck.rules.remedies import change_charge
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_charge("Give the non-covered part of the charge in dollars and whole cents")

WRONG = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M79",), remedy=REMEDY)

_MESSAGES = {
    ChargeKind.UNREADABLE: "Non-covered charge is not a number",
    ChargeKind.NEGATIVE: "Non-covered charge is negative",
    ChargeKind.FRACTION_OF_A_CENT: "Non-covered charge has a fraction of a cent",
    ChargeKind.ABOVE_CHARGE: "Non-covered charge is above the charge of the line",
}


@rule(
    id="STR202",
    name="noncovered-charge",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("noncovered",),
    outcomes=(WRONG,),
    sources=(
        "X12 005010X223A2, SV207; appendix B.1.1.3.1.2 (amounts of cents)",
        "CMS, Medicare Claims Processing Manual, chapter 25, form locator 48: the non-covered part of the charges",
    ),
)
def noncovered_charge(line: Line) -> Outcomes:
    """Rejects a line whose noncovered charge is not an amount."""
    message = _MESSAGES.get(line.noncovered.kind)
    if message is not None:
        yield WRONG(message, charge=line.noncovered.kind)
