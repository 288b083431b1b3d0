"""A service date is between the member's birth and death.

## What it checks
No line may begin before the member's birth date or end after the member's death date. The dates themselves are never
shown.

## Why payers deny it
The claim is for another person, or one of the dates is wrong.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "units": 1, "charge": "90.00", "service_date": "2024-07-01"}
>>> result = validate_claim({"claim_type": "professional", "birth_date": "2024-07-02", "lines": [line]})
>>> result.lines[0].deciding.carc, result.lines[0].deciding.message
('14', "Service date is before the member's birth date")

## What it does not check
Dates that are missing or cannot be read. Services on the day of birth or death.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import DateFlag, Line
from claimcheck.rules.remedies import change_date
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_BEFORE_BIRTH = change_date("Correct the service date or the member's birth date")
REMEDY_AFTER_DEATH = change_date("Correct the service date or the member's death date")

BEFORE_BIRTH = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "14", remedy=REMEDY_BEFORE_BIRTH)
AFTER_DEATH = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "13", remedy=REMEDY_AFTER_DEATH)


@rule(
    id="STR402",
    name="member-dates",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("dates",),
    outcomes=(
        BEFORE_BIRTH.when("the service date is before the birth date"),
        AFTER_DEATH.when("the service date is after the death date"),
    ),
    sources=("X12, Code list 139, claim adjustment reason codes 13 and 14",),
)
def member_dates(line: Line) -> Outcomes:
    """Denies a service before birth or after death."""
    if DateFlag.BEFORE_BIRTH in line.dates:
        yield BEFORE_BIRTH("Service date is before the member's birth date")
    if DateFlag.AFTER_DEATH in line.dates:
        yield AFTER_DEATH("Service date is after the member's death date")
