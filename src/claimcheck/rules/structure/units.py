"""A line has units greater than zero.

## What it checks
Each line must have units, and they must be a number greater than zero. Fractional units get a warning, except on the
codes that the policy lists: by default ambulance mileage.

## Why payers deny it
Units are a required element of every line, and services are paid by the unit. Units are never made up: "abc" is not one
unit.

## Example
>>> from claimcheck import validate_claim
>>> billed = [("99213", None), ("99213", "0"), ("A0425", "2.4")]
>>> lines = [{"procedure_code": code, "units": units} for code, units in billed]
>>> for finding in validate_claim({"lines": lines}).findings:
...     if finding.rule_id == "STR301":
...         print(finding.line_number, finding.message)
1 Units missing
2 Units are zero

## What it does not check
How many units are too many, which NCCI201 checks. What the units measure. The total line of a paper claim (revenue code
0001), which has no units. A line from a source that gives the drug quantity instead: its units are *not checked*.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity, Unreadable
from claimcheck.claims.unreadable import not_given
from claimcheck.policies.parameters.structure import Units
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_units
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY_WRONG = change_units("Give the units of the line, greater than zero")
REMEDY_FRACTIONAL = change_units("Give whole units")

WRONG = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M53",), remedy=REMEDY_WRONG)
FRACTIONAL = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("M53",), remedy=REMEDY_FRACTIONAL)

_MILEAGE = "CMS, Change Request 7065: fractional mileage of ambulances"


@rule(
    id="STR301",
    name="units",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("units", "problems", "revenue", "code", "policy"),
    outcomes=(
        WRONG.when("the units are missing, not a number, zero, or negative"),
        FRACTIONAL.when("the units are a fraction where whole units are expected"),
    ),
    parameters=(Units,),
    sources=(
        "X12 005010X222A1 (SV104) and 005010X223A2 (SV205), required",
        _MILEAGE,
    ),
)
def units(line: Line) -> Outcomes:
    """Rejects a line without a valid number of units."""
    if line.revenue.text == "0001":
        return
    count = line.units
    if count is None and not_given(line.problems, "units"):
        yield unchecked(Reason.MISSING_FIELD)
    elif count is None:
        yield WRONG("Units missing")
    elif isinstance(count, Unreadable):
        yield WRONG("Units are not a number")
    elif count < 0:
        yield WRONG("Units are negative", units=count)
    elif count == 0:
        yield WRONG("Units are zero", units=abs(count).to_integral_value())
    elif count != count.to_integral_value() and line.code not in line.policy[Units].fractional:
        source = line.policy.source(Units, "fractional") or _MILEAGE
        yield FRACTIONAL("Units are not a whole number", source=source, units=count)
