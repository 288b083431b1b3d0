"""A fee schedule has no relative value for a Category II code.

## What it checks
Where a physician fee schedule is loaded for the service date, the row of a CPT Category II code must have work,
practice expense, malpractice, and total values of zero, as every one of these codes does.

## Why payers deny it
They do not: the error is in the table. A price computed from it would pay for a report.

## Example
In the schedule that comes with claimcheck, as in Medicare's own, the codes have none:

>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> str(result.lines[0].disposition), [finding for finding in result.findings if finding.rule_id == "CAT102"]
('report_only', [])

## What it does not check
The line itself, which is priced as if the value were not there. Service dates without a loaded fee schedule.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import load_table
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule
from claimcheck.tables import Found

REMEDY = load_table("Load the published fee schedule again")

DATA_ERROR = Outcome(Severity.WARNING, Disposition.PAYABLE, remedy=REMEDY)


@rule(
    id="CAT102",
    name="category-ii-relative-value",
    scope=Scope.LINE,
    phase=Phase.PRICE,
    reads=("is_category_ii", "code", "tables"),
    tables=("fee_schedule",),
    outcomes=(DATA_ERROR,),
    sources=(
        "CMS, National Physician Fee Schedule Relative Value File, July 2024: no Category II code has a relative value",
    ),
)
def category_ii_relative_value(line: Line) -> Outcomes:
    """Warns about a fee schedule that prices a Category II code."""
    if not line.is_category_ii or line.code is None:
        return
    answer = line.tables.fee_schedule(line.code)
    if isinstance(answer, Found) and answer.value.has_rvu:
        yield DATA_ERROR(
            f"Fee schedule error: {line.code} has a relative value; Category II codes have none",
            answer=answer,
            code=line.code,
        )
