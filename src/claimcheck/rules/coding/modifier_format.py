"""A modifier is well formed.

## What it checks
A modifier must be two characters: two digits, or a letter followed by a letter or digit, or one of 1P, 2P, 3P, and 8P.
A lowercase modifier is accepted with an informational finding.

## Why payers deny it
A modifier that cannot be read changes the service in a way the payer cannot determine.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "lines": [{"procedure_code": "3044F", "modifiers": ["4P"]}]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD301"]
['Modifier malformed: expected 1, 2, 3 or 8 before P at position 1']

## What it does not check
Whether the modifier is assigned and valid on the date, which COD302 checks.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_modifier("Correct the modifier")

MALFORMED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M78", "N823"), remedy=REMEDY)
CHANGED = Outcome(Severity.INFO, Disposition.PAYABLE)


@rule(
    id="COD301",
    name="modifier-format",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("modifiers",),
    outcomes=(
        MALFORMED.when("the modifier is malformed"),
        CHANGED.when("the modifier was read in another spelling than billed"),
    ),
    sources=("CMS, HCPCS Level II file; AMA, CPT modifiers; X12 005010X222A1, SV101-3",),
)
def modifier_format(line: Line) -> Outcomes:
    """Rejects a malformed modifier."""
    for modifier in line.modifiers:
        if modifier.wrong:
            yield MALFORMED(f"Modifier malformed: {modifier.error}", pattern=modifier.shape)
        elif modifier.changed:
            yield CHANGED(f"Modifier read as {modifier.text}", pattern=modifier.shape)
