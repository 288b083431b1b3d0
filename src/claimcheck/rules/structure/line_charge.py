"""A charge is an amount in whole cents, not negative.

## What it checks
Each line must have a charge that is a number, is not negative, and has no fraction of a cent. A blank charge is
missing, not zero; zero is a valid charge.

## Why payers deny it
The charge is a required element of every line, in dollars and whole cents.

## Example
>>> from claimcheck import validate_claim
>>> lines = [{"procedure_code": "99213", "charge": charge} for charge in ("", "0.00", "-5", "12.345", "free")]
>>> for finding in validate_claim({"lines": lines}).findings:
...     if finding.rule_id == "STR201":
...         print(finding.line_number, finding.message)
1 Charge missing
3 Charge is negative
4 Charge has a fraction of a cent
5 Charge is not a number

## What it does not check
A charge of zero, which other rules check. How high the charge is. A missing charge from a source that never has one,
such as CMS claim feeds, which is not checked.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.claims.unreadable import not_given
from claimcheck.rules.facts import ChargeKind, Line
from claimcheck.rules.remedies import change_charge
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY = change_charge("Give the charge of the line in dollars and whole cents")

WRONG = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M79",), remedy=REMEDY)

_MESSAGES = {
    ChargeKind.MISSING: "Charge missing",
    ChargeKind.UNREADABLE: "Charge is not a number",
    ChargeKind.NEGATIVE: "Charge is negative",
    ChargeKind.FRACTION_OF_A_CENT: "Charge has a fraction of a cent",
}


@rule(
    id="STR201",
    name="line-charge",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("charge", "problems"),
    outcomes=(WRONG,),
    sources=(
        "X12 005010X222A1 (SV102) and 005010X223A2 (SV203), required; appendix B.1.1.3.1.2 (amounts of cents)",
        "X12, Request for Interpretation 2836: zero is a valid charge",
    ),
)
def line_charge(line: Line) -> Outcomes:
    """Rejects a line without an amount that can be paid."""
    message = _MESSAGES.get(line.charge.kind)
    if line.charge.kind is ChargeKind.MISSING and not_given(line.problems, "charge"):
        yield unchecked(Reason.MISSING_FIELD)
    elif message is not None:
        yield WRONG(message, charge=line.charge.kind)
