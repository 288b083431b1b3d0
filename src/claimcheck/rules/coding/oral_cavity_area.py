"""An oral cavity area is a known code.

## What it checks
Each oral cavity area on a line must be a known code: 00 (entire oral cavity), 01 and 02 (upper and lower arch), 10, 20,
30, and 40 (quadrants), or one of the others on the X12 list (03 to 09, L, and R).

## Why payers deny it
Periodontal and orthodontic services are paid by quadrant or arch.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "D4341", "oral_cavity": ["50"]}
>>> result = validate_claim({"claim_type": "dental", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD503"]
['Oral cavity area malformed: expected 00, 01, 02, 10, 20, 30 or 40']

## What it does not check
Whether the service needs an area, which is part of the licensed code set.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Correct the oral cavity area")

MALFORMED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N346",), remedy=REMEDY)


@rule(
    id="COD503",
    name="oral-cavity-area",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("areas",),
    outcomes=(MALFORMED,),
    sources=("X12 005010X224A2, SV304 (data element 1361)", "ADA Dental Claim Form, item 25"),
)
def oral_cavity_area(line: Line) -> Outcomes:
    """Rejects a malformed area of the oral cavity."""
    for one in line.areas:
        if one.wrong:
            yield MALFORMED(f"Oral cavity area malformed: {one.error}", pattern=one.shape)
