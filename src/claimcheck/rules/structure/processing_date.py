"""A service date is not after the received or processing date.

## What it checks
No service date may be after the date the claim was received, or after the `as_of` date of the call. The system clock is
never read. When neither date is known, this is *not checked*.

## Why payers deny it
A service that has not been given cannot be billed. Usually the year is wrong.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "units": 1, "charge": "90.00", "service_date": "2024-07-02"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]}, as_of="2024-07-01")
>>> result.lines[0].deciding.carc, result.lines[0].deciding.message
('110', 'Service date is after the received or processing date')
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [str(entry) for entry in result.not_checked if entry.rule_id == "STR403"]
['STR403 on line 1: no_reference_date']

## What it does not check
How late the claim is. Lines without a readable date.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.rules.facts import DateFlag, Line
from claimcheck.rules.remedies import change_date
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY = change_date("Correct the service date, or bill after the service was given")

AFTER = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "110", remedy=REMEDY)

_NO_DAY = frozenset({DateFlag.MISSING, DateFlag.UNREADABLE, DateFlag.REVERSED})


@rule(
    id="STR403",
    name="processing-date",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("dates", "setting"),
    outcomes=(AFTER,),
    sources=("X12, Code list 139, claim adjustment reason code 110",),
)
def processing_date(line: Line) -> Outcomes:
    """Denies a service dated after the processing date."""
    if DateFlag.AFTER_REFERENCE in line.dates:
        yield AFTER("Service date is after the received or processing date")
    elif not line.setting.has_reference and not line.dates & _NO_DAY:
        yield unchecked(Reason.NO_REFERENCE_DATE)
