"""A result is billed on the date of the test.

## What it checks
A CPT Category II line that carries the date of its test must have that date as its service date, or within its date
span.

## Why payers deny it
The measure takes the service date as the date of the test, so a result reported at a later visit counts for the wrong
day or the wrong year. No published source states this as a rule, so it is a warning.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "3044F", "units": 1, "charge": 0, "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "professional", "lines": [{**line, "result_date": "2024-07-01"}]})
>>> [str(finding.severity) for finding in result.findings if finding.rule_id == "CAT303"]
['warning']

## What it does not check
Lines without a test date, and lines whose dates cannot be read.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import DateFlag, Line
from claimcheck.rules.remedies import change_date
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_date("Bill the code on the date of the test", documented=True)

ANOTHER_DAY = Outcome(Severity.WARNING, Disposition.PAYABLE, remedy=REMEDY)

_NO_DAY = frozenset({DateFlag.MISSING, DateFlag.UNREADABLE})


@rule(
    id="CAT303",
    name="result-date",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("is_category_ii", "code", "dates"),
    outcomes=(ANOTHER_DAY,),
    sources=("Common practice of HEDIS measures: the service date of a result code is the day of the test",),
)
def result_date(line: Line) -> Outcomes:
    """Warns about a test on another day."""
    if line.is_category_ii and DateFlag.RESULT_ELSEWHERE in line.dates and line.dates.isdisjoint(_NO_DAY):
        yield ANOTHER_DAY(
            f"Service date of {line.code} differs from the test date; bill the date of the test",
            code=line.code,
        )
