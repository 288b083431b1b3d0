"""A service date is not after the file creation date.

## What it checks
For claims read from an 837, the last service date of each line (DTP*472) must not be after the date the transaction set
was created (BHT04). A later service is denied when it is more days late than the policy allows; within those days it
gets a warning, because some services are billed for the coming month and clocks can be off.

## Why payers deny it
A service that has not been given cannot be billed. Usually the year is wrong.

## Example
>>> from claimcheck import Claim, ServiceLine, validate_claim
>>> from claimcheck.claims import Problem
>>> lines = [ServiceLine("99213", problems=[Problem("after_creation", "DTP*472", days)]) for days in ("14", "3652")]
>>> for finding in validate_claim(Claim(claim_type="professional", lines=lines)).findings:
...     if finding.rule_id == "STR513":
...         print(finding.severity, finding.message)
warning Service date is 14 days after the file creation date (BHT04)
error Service date is 3652 days after the file creation date (BHT04)

## What it does not check
Claims that were not read from an 837. Predetermination requests. Whether the service is after the processing date,
which STR403 checks.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.structure import FileDates
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_date
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_date("Correct the service date, or bill after the service was given")

AFTER = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "110", remedy=REMEDY)
SOON_AFTER = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "110", remedy=REMEDY)


@rule(
    id="STR513",
    name="file-date",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("problems", "setting", "policy"),
    outcomes=(
        AFTER.when("the service date is later by more days than `structure.file_dates.days_ahead`"),
        SOON_AFTER.when("the service date is later by no more days than that"),
    ),
    parameters=(FileDates,),
    sources=(
        "X12 005010X222A1, BHT04 (creation date of the transaction set) and DTP*472 of loop 2400",
        "X12, Code list 139, claim adjustment reason code 110",
    ),
)
def file_date(line: Line) -> Outcomes:
    """Denies a service dated after the file that bills it."""
    if line.setting.predetermination:
        return
    for problem in line.problems:
        if problem.kind == "after_creation":
            days = int(problem.detail)
            outcome = AFTER if days > line.policy[FileDates].days_ahead else SOON_AFTER
            message = f"Service date is {days} {'day' if days == 1 else 'days'} after the file creation date (BHT04)"
            yield outcome(message, source=line.policy.source(FileDates), days=days)
