"""A tooth number is one of the Universal/National system.

## What it checks
Each tooth number on a line must be a number of the Universal/National Tooth Numbering System: 1 to 32 for permanent
teeth, A to T for primary teeth, and 51 to 82 and AS to TS for supernumerary teeth. A tooth listed twice on a line gets
a warning.

## Why payers deny it
Payers track prior treatment and frequency by tooth.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "D2740", "tooth_numbers": ["33"]}
>>> result = validate_claim({"claim_type": "dental", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD501"]
['Tooth number malformed: expected 1 to 32, 51 to 82, A to T or AS to TS']

## What it does not check
Whether the service needs a tooth number, which is part of the licensed code set. Lines without tooth numbers.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_MALFORMED = correct("Correct the tooth number")
REMEDY_TWICE = correct("Remove the repeated tooth number")

MALFORMED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N37",), remedy=REMEDY_MALFORMED)
TWICE = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("N37",), remedy=REMEDY_TWICE)


@rule(
    id="COD501",
    name="tooth-number",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("teeth",),
    outcomes=(MALFORMED.when("the tooth number is malformed"), TWICE.when("a tooth is on the line twice")),
    sources=(
        "X12 005010X224A2, TOO02 of loop 2400 (TOO01 = JP)",
        "ADA, Universal/National Tooth Designation System, as published by HL7 terminology",
    ),
)
def tooth_number(line: Line) -> Outcomes:
    """Rejects a malformed tooth number."""
    for one in line.teeth:
        if one.wrong:
            yield MALFORMED(f"Tooth number malformed: {one.error}", pattern=one.shape)
    texts = [one.text for one in line.teeth if one.text is not None]
    for text in dict.fromkeys(texts):
        if texts.count(text) > 1:
            yield TWICE(f"Tooth {text} repeated: {texts.count(text)} on the line, 1 allowed", tooth=text)
