"""A daily service has one unit for each day of its dates.

## What it checks
For the codes that the policy lists (by default subsequent hospital and nursing facility care, billed once a day), a
line that spans several days must have as many units as days.

## Why payers deny it
A line with two dates bills one service for each day. When units and days differ, the payer cannot tell which days are
billed.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99232", "units": 2, "service_date": "2024-07-01", "service_date_end": "2024-07-03"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR405"]
['Units of 99232 do not match the dates: 2 billed, 3 days']

## What it does not check
All other codes: a course of treatment, a month's rental, or a pregnancy spans many days with one unit.
"""

from __future__ import annotations

from decimal import Decimal

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.structure import Units
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_units
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_units("Bill one unit for each day, or correct the dates")

UNEVEN = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("N345",), remedy=REMEDY)


@rule(
    id="STR405",
    name="date-span",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("span_days", "units", "code", "policy"),
    outcomes=(UNEVEN,),
    parameters=(Units,),
    sources=(
        "CMS, Medicare Claims Processing Manual, chapter 26, section 10.4, item 24A: a series of identical services",
    ),
)
def date_span(line: Line) -> Outcomes:
    """Warns if the days and units of a daily service differ."""
    if line.span_days == 1 or line.code not in line.policy[Units].daily:
        return
    if isinstance(line.units, Decimal) and line.units > 0 and line.units != line.span_days:
        yield UNEVEN(
            f"Units of {line.code} do not match the dates: {line.units.normalize():f} billed, {line.span_days} days",
            source=line.policy.source(Units, "daily"),
            code=line.code,
            days=line.span_days,
            units=line.units,
        )
