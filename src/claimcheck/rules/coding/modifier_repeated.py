"""A modifier is billed once on a line.

## What it checks
No modifier may be on a line twice.

## Why payers deny it
They do not, but the repeat takes one of four positions, and usually another modifier was meant.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "20610", "modifiers": ["RT", "rt"]}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD303"]
['Modifier RT repeated: 2 on the line, 1 allowed']

## What it does not check
Malformed modifiers, which COD301 reports.
"""

from __future__ import annotations

from collections import Counter

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_modifier("Remove the repeated modifier")

REPEATED = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "4", ("N519",), remedy=REMEDY)


@rule(
    id="COD303",
    name="modifier-repeated",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("modifiers",),
    outcomes=(REPEATED,),
    sources=("CMS, remittance advice remark code N519; X12 005010X222A1, SV101-3 to SV101-6",),
)
def modifier_repeated(line: Line) -> Outcomes:
    """Warns about a repeated modifier."""
    if len(line.modifiers) < 2:
        return
    for modifier, times in Counter(field.text for field in line.modifiers if field.text is not None).items():
        if times > 1:
            yield REPEATED(
                f"Modifier {modifier} repeated: {times} on the line, 1 allowed", modifier=modifier, times=times
            )
