"""A statement does not end after the file creation date.

## What it checks
For institutional claims read from an 837, the last day of the statement period (DTP*434) must not be after the date the
transaction set was created (BHT04). A claim whose statement ends more days later than the policy allows is denied;
within those days it gets a warning.

## Why payers deny it
Days that have not passed cannot be billed. Usually the year is wrong.

## Example
>>> from claimcheck import Claim, validate_claim
>>> from claimcheck.claims import Problem
>>> claim = Claim(claim_type="institutional", problems=[Problem("after_creation", "DTP*434", "365")])
>>> [finding.message for finding in validate_claim(claim).findings if finding.rule_id == "STR514"]
['Statement through date is 365 days after the file creation date (BHT04)']

## What it does not check
Claims that were not read from an 837. Predetermination requests. The lines, which STR513 checks.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.structure import FileDates
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import change_date
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_date("Correct the statement dates, or submit the claim after the statement period ends")

AFTER = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "110", remedy=REMEDY)
SOON_AFTER = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "110", remedy=REMEDY)


@rule(
    id="STR514",
    name="statement-file-date",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("problems", "setting", "policy"),
    outcomes=(
        AFTER.when("the statement ends later by more days than `structure.file_dates.days_ahead`"),
        SOON_AFTER.when("the statement ends later by no more days than that"),
    ),
    parameters=(FileDates,),
    sources=(
        "X12 005010X223A2, BHT04 (creation date of the transaction set) and DTP*434 of loop 2300",
        "X12, Code list 139, claim adjustment reason code 110",
    ),
)
def statement_file_date(view: Outline) -> Outcomes:
    """Denies a statement period that ends after the file that bills it."""
    if view.setting.predetermination:
        return
    for problem in view.problems:
        if problem.kind == "after_creation":
            days = int(problem.detail)
            outcome = AFTER if days > view.policy[FileDates].days_ahead else SOON_AFTER
            later = f"{days} {'day' if days == 1 else 'days'}"
            message = f"Statement through date is {later} after the file creation date (BHT04)"
            yield outcome(message, source=view.policy.source(FileDates), days=days)
