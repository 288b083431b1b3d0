"""A listed Category II code earns its incentive.

## What it checks
Where the payer's program pays for reporting listed CPT Category II codes: the amount that a line earns once the
companion visit, the companion diagnosis, the modifiers, and the frequency limit are satisfied. The line is then
*payable*. The allowed amount is the lesser of the charge and the scheduled amount, as for any other line; the evidence
gives what the program pays as `incentive`. A charge below it gets a warning, because the payer letters say "up to" and
do not say whether the charge matters. A listed line that does not earn the incentive is accepted as a report and paid
nothing.

## Why payers deny it
They do not: this is what they pay in addition.

## Example
>>> from claimcheck import validate_claim
>>> lines = [{"procedure_code": code, "units": 1, "charge": charge, "service_date": "2024-07-15"}
...          for code, charge in (("3023F", "25.00"), ("99213", "125.00"))]
>>> claim = {"claim_type": "professional", "diagnoses": ["J44.9"], "lines": lines}
>>> result = validate_claim(claim, policy="anthem_ohio_medicaid_2024").lines[0]
>>> str(result.disposition), str(result.allowed_amount)
('payable', '20.00')

## What it does not check
Codes that the program does not list, and lines that report the action as not performed; both are priced like any other
Category II line. Lines without a service date or a readable charge.
"""

from __future__ import annotations

from decimal import Decimal

from claimcheck.claims import Disposition, Severity
from claimcheck.money import ZERO
from claimcheck.policies.parameters.category_ii import Incentives
from claimcheck.rules.category_ii.listed import is_listed, listed_lines
from claimcheck.rules.facts import WholeClaim
from claimcheck.rules.remedies import change_charge, not_paid
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

EARNED = Outcome(Severity.INFO, Disposition.PAYABLE)
REMEDY_EARNED_ABOVE_CHARGE = change_charge("Bill at least the amount that the program pays")
REMEDY_REPORTED = not_paid("Nothing has to change: the report is accepted")

EARNED_ABOVE_CHARGE = Outcome(Severity.WARNING, Disposition.PAYABLE, remedy=REMEDY_EARNED_ABOVE_CHARGE)
REPORTED = Outcome(Severity.INFO, Disposition.REPORT_ONLY, "CO", "246", ("N620",), remedy=REMEDY_REPORTED)

_REPORTS = "X12, Code list 139 (CARC 246) and CMS, remittance advice remark codes (N620, an alert)"


@rule(
    id="CAT501",
    name="category-ii-incentive",
    scope=Scope.CLAIM,
    phase=Phase.PRICE,
    reads=("claim", "lines", "standing", "days"),
    outcomes=(
        EARNED.when("the incentive is earned"),
        EARNED_ABOVE_CHARGE.when("the incentive is earned, and the charge is below it"),
        REPORTED.when("the conditions of the incentive are not met"),
    ),
    parameters=(Incentives,),
    needs=Needs(line=is_listed),
    sources=(
        "Anthem Blue Cross and Blue Shield Ohio Medicaid, CPT Category II code additional reimbursements, 2024-04-10",
        _REPORTS,
    ),
)
def category_ii_incentive(claim: WholeClaim) -> Outcomes:
    """Prices the lines that a program lists."""
    for position, line, incentive in listed_lines(claim):
        charge = claim.claim.lines[position - 1].charge
        if claim.days[position - 1] is None or not isinstance(charge, Decimal) or charge < 0:
            continue
        if claim.standing[position - 1] is Disposition.REPORT_ONLY:
            message = f"Category II code {line.code} reported only: accepted, $0.00 allowed"
            yield REPORTED(message, line=position, scheduled=ZERO, source=_REPORTS, code=line.code)
        else:
            below = charge < incentive.amount
            outcome = EARNED_ABOVE_CHARGE if below else EARNED
            yield outcome(
                f"Incentive of ${incentive.amount} for {line.code}"
                + (" exceeds the charge; the line is allowed at its charge" if below else ""),
                line=position,
                scheduled=incentive.amount,
                source=line.policy.source(Incentives),
                code=line.code,
                incentive=incentive.amount,
            )
