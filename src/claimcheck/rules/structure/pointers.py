"""Diagnosis pointers name diagnoses of the claim.

## What it checks
Each diagnosis pointer must be a number from 1 (or a letter from A, as on paper) up to the number of diagnoses on the
claim. A line may have at most four. A repeated pointer gets a warning. For a professional line without a pointer, the
diagnosis of the service is unknown, so this is not checked; where the line was read from an 837, STR510 reports an
error.

## Why payers deny it
The pointer says why the service was given; one that points to no diagnosis gives no reason.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "diagnosis_pointers": [0, 3]}
>>> result = validate_claim({"claim_type": "professional", "diagnoses": ["I10", "E11.9"], "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR503"]
['Diagnosis pointer is 0; pointers start at 1', 'Diagnosis pointer exceeds the number of diagnoses on the claim']

## What it does not check
Institutional claims, whose lines have no pointers, and dental lines without one. Whether the diagnosis supports the
service.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.rules.facts import Line, PointerFlag
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY_WRONG = correct("Point to a diagnosis that is on the claim, or add the diagnosis")
REMEDY_DUPLICATE = correct("Remove the repeated pointer")

WRONG = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M76",), remedy=REMEDY_WRONG)
DUPLICATE = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("M76",), remedy=REMEDY_DUPLICATE)

_MESSAGES = {
    PointerFlag.UNREADABLE: "Diagnosis pointer not readable: expected a number from 1 or a letter from A",
    PointerFlag.ZERO: "Diagnosis pointer is 0; pointers start at 1",
    PointerFlag.BEYOND: "Diagnosis pointer exceeds the number of diagnoses on the claim",
    PointerFlag.TOO_MANY: "Diagnosis pointers exceed the limit: 4 allowed per line",
}


@rule(
    id="STR503",
    name="pointers",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("pointers", "has_pointers", "setting"),
    outcomes=(
        WRONG.when("a pointer is not readable or names no diagnosis, or there are more than four"),
        DUPLICATE.when("a line has the same pointer twice"),
    ),
    sources=("X12 005010X222A1, SV107-1 to SV107-4: values from 1 to 12",),
)
def pointers(line: Line) -> Outcomes:
    """Rejects a line that points to no diagnosis."""
    if line.setting.professional and not line.has_pointers:
        yield unchecked(Reason.MISSING_FIELD)
    if not line.pointers or line.setting.institutional:
        return
    for flag, message in _MESSAGES.items():
        if flag in line.pointers:
            yield WRONG(message, pointer=flag)
    if PointerFlag.DUPLICATE in line.pointers:
        yield DUPLICATE("Diagnosis pointer repeated on the line", pointer=PointerFlag.DUPLICATE)
