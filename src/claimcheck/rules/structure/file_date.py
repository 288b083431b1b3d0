"""A service date is not after the file creation date.

## What it checks
Lines that were read from an 837: their last day (DTP*472) against the creation date of the transaction set (BHT04). A
service that comes more days later than the policy lets pass is denied; up to so many days later it gets a warning: some
services are billed for the month that begins, and clocks are wrong.

## Why payers deny it
A service that was not given yet cannot be billed; mostly the year is wrong.

## Example
>>> from claimcheck import Claim, ServiceLine, validate_claim
>>> from claimcheck.claims import Problem
>>> lines = [ServiceLine("99213", problems=[Problem("after_creation", "DTP*472", days)]) for days in ("14", "3652")]
>>> for finding in validate_claim(Claim(claim_type="professional", lines=lines)).findings:
...     if finding.rule_id == "STR513":
...         print(finding.severity, finding.message)
warning Service date is 14 days after the file creation date (BHT04)
error Service date is 3652 days after the file creation date (BHT04)

## What it leaves alone
Claims that were not read from an 837. Requests for a predetermination. How the service stands to the day on which the
claim is judged, which is a rule of its own.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.structure import FileDates
from claimcheck.rules.facts import Line
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

AFTER = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "110")
SOON_AFTER = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "110")


@rule(
    id="STR513",
    name="file-date",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("problems", "setting", "policy"),
    outcomes=(AFTER, SOON_AFTER),
    parameters=(FileDates,),
    sources=(
        "X12 005010X222A1, BHT04 (creation date of the transaction set) and DTP*472 of loop 2400",
        "X12, Code list 139, claim adjustment reason code 110",
    ),
)
def file_date(line: Line) -> Outcomes:
    """Denies a service that comes after the file that bills it."""
    if line.setting.predetermination:
        return
    for problem in line.problems:
        if problem.kind == "after_creation":
            days = int(problem.detail)
            outcome = AFTER if days > line.policy[FileDates].days_ahead else SOON_AFTER
            message = f"Service date is {days} {'day' if days == 1 else 'days'} after the file creation date (BHT04)"
            yield outcome(message, source=line.policy.source(FileDates), days=days)
