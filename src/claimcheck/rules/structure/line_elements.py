"""An 837 service line has the elements that its guide requires.

## What it checks
Lines read from an 837 must have the procedure code qualifier (SV101-1, SV202-1, SV301-1) and the unit of measure
(SV103, SV204); a professional line must point to its diagnosis (SV107-1), by the position of one that is there; the
date must have its format qualifier (DTP02 of DTP*472); and the prosthesis code of a dental line (SV305) must be initial
or replacement.

## Why payers deny it
A file without a required element does not pass a clearinghouse (SNIP level 2) and is returned with a 999 or a 277CA.

## Example
>>> from claimcheck import Claim, ServiceLine, validate_claim
>>> from claimcheck.claims import Problem
>>> line = ServiceLine("99213", problems=[Problem("missing_element", field="SV107-1")])
>>> result = validate_claim(Claim(claim_type="professional", lines=[line]))
>>> [finding.message for finding in result.findings if finding.rule_id == "STR510"]
['Element SV107-1 missing: diagnosis pointer required']

## What it does not check
Claims that were not read from an 837, and payer-to-payer claims (X298, X299, X300). A missing charge, quantity, date,
or procedure code, which other rules report. Elements for which a service line has no field.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_CODE_SET = correct("Add the procedure code qualifier")
REMEDY_MEASURE = correct("Add the unit of measure")
REMEDY_POINTER = correct("Point to a diagnosis that is on the claim (SV107-1)")
REMEDY_DAY = correct("Add the date format qualifier (DTP02)")
REMEDY_OTHER = correct("Correct the element that the message names")

CODE_SET = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M51",), remedy=REMEDY_CODE_SET)
MEASURE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M53",), remedy=REMEDY_MEASURE)
POINTER = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M76",), remedy=REMEDY_POINTER)
DAY = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M52",), remedy=REMEDY_DAY)
OTHER = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY_OTHER)

_CODE_SET = CODE_SET, "procedure code qualifier"
_MEASURE = MEASURE, "unit of measure"
_POINTER = POINTER, "diagnosis pointer"
_ELEMENTS = {
    **dict.fromkeys(("SV101-1", "SV202-1", "SV301-1"), _CODE_SET),
    **dict.fromkeys(("SV103", "SV204"), _MEASURE),
    **dict.fromkeys(("SV107-1", "SV107", "SV311"), _POINTER),
    "DTP02": (DAY, "service date format"),
    "SV305": (OTHER, "I (initial) or R (replacement)"),
}
_WRONG = {"missing_element": "missing", "unknown_value": "not valid in an 837"}


@rule(
    id="STR510",
    name="line-elements",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("problems",),
    outcomes=(
        CODE_SET.when("the procedure code qualifier is missing or not valid"),
        MEASURE.when("the unit of measure is missing or not valid"),
        POINTER.when("the first diagnosis pointer is missing or not valid"),
        DAY.when("the qualifier of the service date is missing or not valid"),
        OTHER.when("another required element is missing or not valid"),
    ),
    sources=("X12 005010X222A1, 005010X223A2 and 005010X224A2: required elements of loop 2400",),
)
def line_elements(line: Line) -> Outcomes:
    """Rejects an 837 line for each required element that is missing or unknown."""
    for problem in line.problems:
        if problem.kind in _WRONG and problem.field is not None:
            outcome, what = _ELEMENTS.get(problem.field, (OTHER, "element"))
            yield outcome(f"Element {problem.field} {_WRONG[problem.kind]}: {what} required", element=problem.field)
