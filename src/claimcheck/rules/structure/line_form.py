"""A service line has known fields that can be read.

## What it checks
A line must be an object with fields and values. Unknown fields are reported: the finding names the field that was
probably meant, and quotes the unknown name only when it is made of words of known fields. Two names for one field
(`cpt` and `procedure_code`) must have the same value. The line number, description, result, and revenue code must be
readable: `"abc"` is not a line number.

## Why payers deny it
A line that cannot be read cannot be processed.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"lines": ["99213", {"procedure_code": "99213", "unit": 1, "line_number": "two"}]})
>>> for finding in result.findings:
...     if finding.rule_id == "STR102":
...         print(finding.severity, finding.message)
error Service line not readable: expected an object of fields and values, found text of 5: 99999
info Unknown field 'unit' ignored; did you mean 'units'?
error Field line_number not readable

## What it does not check
Fields that have rules of their own: codes, charges, units, dates, pointers, and identifiers.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity, Unreadable
from claimcheck.rules.facts import Line, State
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule
from claimcheck.rules.structure.claim_form import conflict, unknown

REMEDY_NOT_AN_OBJECT = correct("Give the line as an object with fields and values")
REMEDY_UNREADABLE = correct("Correct the field that the message names")
REMEDY_CONFLICT = correct("Give the field once, under one name")

NOT_AN_OBJECT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY_NOT_AN_OBJECT)
UNREADABLE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY_UNREADABLE)
UNKNOWN_KEY = Outcome(Severity.INFO, Disposition.PAYABLE)
CONFLICT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY_CONFLICT)


@rule(
    id="STR102",
    name="line-form",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("problems", "unreadable", "result_value", "revenue"),
    outcomes=(
        NOT_AN_OBJECT.when("the line is not an object of fields and values"),
        UNREADABLE.when("a field cannot be read"),
        UNKNOWN_KEY.when("a field has an unknown name"),
        CONFLICT.when("a field is given under two names with different values"),
    ),
    sources=("X12 005010X222A1 and 005010X223A2, loop 2400",),
)
def line_form(line: Line) -> Outcomes:
    """Reports problems with the form of the line."""
    for problem in line.problems:
        match problem.kind:
            case "unknown_key":
                yield UNKNOWN_KEY(unknown(problem), probably=problem.field)
            case "conflicting_fields":
                yield CONFLICT(conflict(problem), field=problem.field)
            case "not_an_object":
                yield NOT_AN_OBJECT(
                    f"Service line not readable: expected an object of fields and values, found {problem.detail}"
                )
    for field in sorted(line.unreadable):
        yield UNREADABLE(f"Field {field} not readable", field=field)
    if line.revenue.state is State.UNREADABLE:
        yield UNREADABLE(f"Field revenue_code not readable: {line.revenue.error}", field="revenue_code")
    if isinstance(line.result_value, Unreadable):
        yield UNREADABLE("Field result_value not readable: expected a number", field="result_value")
