"""A telehealth service is billed with a telehealth place of service.

## What it checks
A line with a modifier that says telehealth has a place of service that says so too. Which modifiers and places, the
policy says; a policy that names no modifier leaves the rule out.

## Why payers deny it
ACME pays the telehealth rate by the place of service, and returns lines that contradict themselves.

## Example
>>> from claimcheck.testing import a_claim, a_line, assert_finding
>>> from claimcheck import Validator
>>> claim = a_claim(a_line("99213", "95"), place_of_service="11")
>>> assert_finding(claim, "ACME-101", line=1, validator=Validator("acme_2025")).message
'95 says telehealth, the place of service 11 does not'

## What it does not check
Lines without a place of service, or with one that cannot be read.
"""

from __future__ import annotations

from acme_claims.parameters import Telehealth
from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

CONTRADICTS = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "5")


@rule(
    id="ACME-101",
    name="acme-telehealth-place",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("modifier_codes", "place_of_service", "policy"),
    outcomes=(CONTRADICTS,),
    parameters=(Telehealth,),
    sources=("ACME Provider Manual 2025, chapter 7: telehealth",),
)
def telehealth_place(line: Line) -> Outcomes:
    """Returns a line whose modifier and place of service contradict each other."""
    policy = line.policy[Telehealth]
    place = line.place_of_service.text
    for modifier in sorted(line.modifier_codes & policy.modifiers):
        if place is not None and place not in policy.places:
            yield CONTRADICTS(
                f"{modifier} says telehealth, the place of service {place} does not",
                modifier=modifier,
                place_of_service=place,
            )
