"""The dates of a claim are consistent.

## What it checks
The statement period, the hospital stay, and the member's life must not end before they begin; the statement must not
end after the date on which the claim is processed; neither the admission nor an inpatient procedure may be after the
statement period, and the discharge not before its end. The member's dates are never shown.

## Why payers deny it
A period that ends before it begins has no payable days.

## Example
>>> from claimcheck import validate_claim
>>> claim = {"claim_type": "institutional", "bill_type": "0111", "admission_date": "2024-07-05"}
>>> result = validate_claim({**claim, "discharge_date": "2024-07-03", "lines": []})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR406"]
['Discharge date is before the admission date']

## What it does not check
Dates that are missing or cannot be read. Procedures before the admission. Service dates of lines, which other rules
compare with these dates.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import ClaimDateFlag, Outline
from claimcheck.rules.remedies import change_date
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_REVERSED = change_date("Correct the statement dates")
REMEDY_AFTER_REFERENCE = change_date("Correct the statement dates, or submit the claim after the statement period ends")
REMEDY_STAY = change_date("Correct the admission and discharge dates")
REMEDY_PROCEDURE = change_date("Correct the date of the procedure or the statement dates")
REMEDY_LIFE = change_date("Correct the member's dates")

REVERSED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA31",), remedy=REMEDY_REVERSED)
AFTER_REFERENCE = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "110", remedy=REMEDY_AFTER_REFERENCE)
STAY = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA40",), remedy=REMEDY_STAY)
PROCEDURE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N301",), remedy=REMEDY_PROCEDURE)
LIFE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N329",), remedy=REMEDY_LIFE)


@rule(
    id="STR406",
    name="claim-dates",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("dates",),
    outcomes=(
        REVERSED.when("the statement ends before it begins"),
        AFTER_REFERENCE.when("the statement ends after the processing date"),
        STAY.when("the admission and discharge dates conflict with each other or with the statement"),
        PROCEDURE.when("an inpatient procedure is after the statement"),
        LIFE.when("the member's death date is before the birth date"),
    ),
    sources=("X12 005010X223A2, DTP*434, DTP*435 and DTP*096 of loop 2300; DMG of loop 2010BA",),
)
def claim_dates(view: Outline) -> Outcomes:
    """Rejects a claim whose dates contradict each other."""
    dates = view.dates
    if ClaimDateFlag.STATEMENT_REVERSED in dates:
        yield REVERSED("Statement through date is before the from date")
    if ClaimDateFlag.STATEMENT_AFTER_REFERENCE in dates:
        yield AFTER_REFERENCE("Statement through date is after the processing date")
    if ClaimDateFlag.DISCHARGE_BEFORE_ADMISSION in dates:
        yield STAY("Discharge date is before the admission date")
    if ClaimDateFlag.ADMISSION_AFTER_STATEMENT in dates:
        yield STAY("Admission date is after the statement through date")
    if ClaimDateFlag.DISCHARGE_BEFORE_STATEMENT_ENDS in dates:
        yield STAY("Discharge date is before the statement through date")
    if ClaimDateFlag.PROCEDURE_AFTER_STATEMENT in dates:
        yield PROCEDURE("Procedure date is after the statement through date")
    if ClaimDateFlag.DEATH_BEFORE_BIRTH in dates:
        yield LIFE("Member death date is before the birth date")
