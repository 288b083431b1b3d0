"""A Category II line has one unit.

## What it checks
A CPT Category II line must not have more than one unit.

## Why payers deny it
The code reports that something was done or found, not how often, so a second unit adds nothing and earns nothing. No
published source sets a limit, so this is a warning.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "3044F", "units": 2, "charge": "0.00", "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [str(finding.severity) for finding in result.findings if finding.rule_id == "CAT202"]
['warning']

## What it does not check
Units that are missing, unreadable, zero, negative, or fractional, which structure rules report. The same code on a
second line, which the frequency and duplicate rules check.
"""

from __future__ import annotations

from decimal import Decimal

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_units
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_units("Bill one unit")

MORE_THAN_ONE = Outcome(Severity.WARNING, Disposition.PAYABLE, remedy=REMEDY)


@rule(
    id="CAT202",
    name="category-ii-units",
    scope=Scope.LINE,
    phase=Phase.UNITS,
    reads=("is_category_ii", "code", "units"),
    outcomes=(MORE_THAN_ONE,),
    sources=("AMA, CPT Category II codes: a code reports that an action was performed or a result found",),
)
def category_ii_units(line: Line) -> Outcomes:
    """Warns about more than one unit."""
    if line.is_category_ii and isinstance(line.units, Decimal) and line.units > 1:
        yield MORE_THAN_ONE(
            f"Units exceed the limit: {line.units} of {line.code} billed, 1 per report",
            code=line.code,
            units=line.units,
        )
