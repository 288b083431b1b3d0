"""A line has at most four modifiers.

## What it checks
A line may have at most four modifiers.

## Why payers deny it
A fifth modifier is lost on the way to the payer. A line that needs more carries modifier 99 and a note.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "27447", "modifiers": ["22", "51", "58", "RT", "GC"]}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR504"]
['Modifiers exceed the limit: 5 billed, 4 allowed']

## What it does not check
Which modifiers they are.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.structure import Counts
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Send at most four modifiers; use 99 as the last one and list the others in the note")

TOO_MANY = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N823",), remedy=REMEDY)


@rule(
    id="STR504",
    name="modifier-count",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("modifiers", "policy"),
    outcomes=(TOO_MANY,),
    parameters=(Counts,),
    sources=("X12 005010X222A1, SV101-3 to SV101-6; 005010X223A2, SV202-3 to SV202-6",),
)
def modifier_count(line: Line) -> Outcomes:
    """Rejects a line with more modifiers than allowed."""
    count = len(line.modifiers)
    if count < 2:
        return
    most = line.policy[Counts].modifiers
    if count > most:
        yield TOO_MANY(
            f"Modifiers exceed the limit: {count} billed, {most} allowed",
            source=line.policy.source(Counts, "modifiers"),
            modifiers=count,
            most=most,
        )
