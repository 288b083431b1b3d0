"""The lines of an institutional claim are within its statement dates.

## What it checks
No line of an institutional claim may begin before the statement period or end after it.

## Why payers deny it
A bill covers the days of its statement period; a line outside of it belongs on another bill.

## Example
>>> from claimcheck import validate_claim
>>> claim = {"claim_type": "institutional", "bill_type": "0131", "statement_from": "2024-07-01"}
>>> line = {"revenue_code": "0450", "procedure_code": "99283", "service_date": "2024-06-30"}
>>> result = validate_claim({**claim, "statement_through": "2024-07-02", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR404"]
['Service date is before the statement from date']

## What it does not check
Professional claims, which have no statement period. Claims whose statement period is missing or cannot be read.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import DateFlag, Line
from claimcheck.rules.remedies import change_date
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_date("Correct the dates, or bill the line on the claim for its period")

OUTSIDE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA31",), remedy=REMEDY)


@rule(
    id="STR404",
    name="statement-period",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("dates", "setting"),
    outcomes=(OUTSIDE,),
    sources=("X12 005010X223A2, DTP*434 of loop 2300 and DTP*472 of loop 2400",),
)
def statement_period(line: Line) -> Outcomes:
    """Rejects an institutional line outside the statement period."""
    if not line.setting.institutional:
        return
    if DateFlag.BEFORE_STATEMENT in line.dates:
        yield OUTSIDE("Service date is before the statement from date")
    if DateFlag.AFTER_STATEMENT in line.dates:
        yield OUTSIDE("Service date is after the statement through date")
