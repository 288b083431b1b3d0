"""A service line has valid dates.

## What it checks
The first and last service date of each line must be valid dates. A professional line must have a date. An institutional
line may omit it where the claim gives the date: on inpatient bills and on statements of one day. A predetermination
request needs none. The date of a test result must be readable where the line has one.

## Why payers deny it
Every edit and every price depends on the service date.

## Example
>>> from claimcheck import validate_claim
>>> days = [(None, None), ("01.07.2024", None), ("2024-07-03", "2024-07-01")]
>>> lines = [{"procedure_code": "99213", "service_date": first, "service_date_end": last} for first, last in days]
>>> for finding in validate_claim({"claim_type": "professional", "lines": lines}).findings:
...     if finding.rule_id == "STR401":
...         print(finding.line_number, finding.message)
1 Service date missing
2 Service date not readable: expected YYYY-MM-DD or YYYYMMDD
3 Service end date is before the service date

## What it does not check
How the date compares with the member's dates, the statement period, and the processing date, which other rules check.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import DateFlag, Line
from claimcheck.rules.remedies import change_date
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_WRONG_FIRST = change_date("Give a valid first date of service")
REMEDY_WRONG_LAST = change_date("Give a valid last date of service")
REMEDY_WRONG_RESULT = change_date("Give a valid date of the test result")

WRONG_FIRST = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M52",), remedy=REMEDY_WRONG_FIRST)
WRONG_LAST = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M59",), remedy=REMEDY_WRONG_LAST)
WRONG_RESULT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY_WRONG_RESULT)

_EXPECTED = "expected YYYY-MM-DD or YYYYMMDD"


@rule(
    id="STR401",
    name="service-date",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("dates", "setting", "on"),
    outcomes=(
        WRONG_FIRST.when("the service date is missing or not readable"),
        WRONG_LAST.when("the end date is not readable, or before the service date"),
        WRONG_RESULT.when("the result date is not readable"),
    ),
    sources=("X12 005010X222A1 and 005010X223A2, DTP*472 of loop 2400: D8, or RD8 from a day to no earlier one",),
)
def service_date(line: Line) -> Outcomes:
    """Rejects a line whose dates are missing, unreadable or reversed."""
    if not line.dates:
        return
    if DateFlag.MISSING in line.dates and _is_needed(line):
        yield WRONG_FIRST("Service date missing")
    if DateFlag.UNREADABLE in line.dates:
        yield WRONG_FIRST(f"Service date not readable: {_EXPECTED}")
    if DateFlag.END_UNREADABLE in line.dates:
        yield WRONG_LAST(f"Service end date not readable: {_EXPECTED}")
    if DateFlag.REVERSED in line.dates:
        yield WRONG_LAST("Service end date is before the service date")
    if DateFlag.RESULT_UNREADABLE in line.dates:
        yield WRONG_RESULT(f"Result date not readable: {_EXPECTED}")


def _is_needed(line: Line) -> bool:
    """The date is situational on an 837I, and required on an outpatient bill for more than one day."""
    if line.setting.predetermination:
        return False
    if not line.setting.institutional:
        return True
    return line.on is None and line.setting.facility_type is not None and not line.setting.inpatient
