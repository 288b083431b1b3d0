"""One provider bills one visit per day.

## What it checks
Visits with different codes on one day by one provider, on professional claims, such as an office visit and a hospital
visit, when neither has a modifier of the policy that makes it separate: all but the visit with the highest code go to
review.

## Why payers deny it
The work of one day is one visit, at the level that all of it supports. Two visits are paid when they were for problems
that one encounter could not cover, which the documentation must show.

## Example
>>> from claimcheck import validate_claim
>>> lines = [
...     {"procedure_code": code, "units": 1, "charge": "60.00", "service_date": "2024-07-15"}
...     for code in ("99213", "99222")
... ]
>>> result = validate_claim({"claim_type": "professional", "lines": lines})
>>> [(f.line_number, str(f.disposition), f.carc) for f in result.findings if f.rule_id == "PRO403"]
[(1, 'review', 'B14')]

## What it does not check
The same code twice, which the duplicate and MUE rules check, and pairs that NCCI denies. Another provider's visit;
under `medicare`, physicians of one group and specialty count as one.
"""

from __future__ import annotations

from claimcheck.policies.parameters.visits import OneADay
from claimcheck.rules.facts import Day, Line, is_professional
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.visits import accepted, said_of
from claimcheck.rules.remedies import add_modifier
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule

_OUTCOMES = outcomes(
    "B14",
    remedy=add_modifier("Bill one visit for the day, or add modifier 25 to a separate visit", "25"),
    decided_by="visits.one_a_day.then",
)

_IS_LISTED = listed(OneADay, "visits")


def _may_concern(one: Line, other: Line) -> bool:
    return one.code != other.code and _is_visit(one) and _is_visit(other)


def _is_visit(line: Line) -> bool:
    if not line.setting.professional or not line.of_code(_IS_LISTED):
        return False
    return line.policy[OneADay].modifiers.isdisjoint(line.modifier_codes)


@rule(
    id="PRO403",
    name="one-visit-a-day",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "day", "lines", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(OneADay,),
    needs=Needs(setting=is_professional, pair=_may_concern, of_pair=_is_visit),
    other_claims=_is_visit,
    sources=("Medicare Claims Processing Manual, chapter 12, sections 30.6.5 and 30.6.7",),
)
def one_visit_a_day(day: Day) -> Outcomes:
    """Reports all visits of a day except the one with the highest code."""
    decided = day.policy[OneADay]
    if not day.setting.professional or day.day is None:
        return
    visits = [line for line in accepted(day.lines, decided.visits) if not line.modifiers & decided.modifiers]
    highest = max((line.code for line in visits), default=None)
    yield from said_of(
        [line for line in visits if line.code != highest],
        [line for line in visits if line.code == highest],
        _OUTCOMES[decided.then],
        "Visit {line} billed with {beside} on the same day by one provider; no modifier "
        f"{', '.join(sorted(decided.modifiers))} on either visit",
        source=day.policy.source(OneADay),
    )
