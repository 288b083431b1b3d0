"""A visit on the day of critical care needs modifier 25.

## What it checks
Critical care (99291) and another visit on one day by one provider, on professional claims from 2022, when neither has
modifier 25 (or 24, 57, or FT): the visit goes to review.

## Why payers deny it
Both are paid when the visit came before the patient became critically ill and no work is counted twice. The modifier
says so, and the documentation must show it.

## Example
>>> from claimcheck import validate_claim
>>> lines = [
...     {"procedure_code": code, "units": 1, "charge": "90.00", "service_date": "2024-07-15"}
...     for code in ("99291", "99232")
... ]
>>> result = validate_claim({"claim_type": "professional", "lines": lines})
>>> [(f.line_number, str(f.disposition), f.message) for f in result.findings if f.rule_id == "PRO405"]
[(2, 'review', 'Visit 99232 billed with critical care 99291 on the same day; no modifier 25 on either')]

## What it does not check
Services that are part of critical care, and emergency department visits, which NCCI pairs deny. Another provider's
visit; under `medicare`, physicians of one group and specialty count as one. Dates before 2022. Which of the two came
first.
"""

from __future__ import annotations

from claimcheck.policies.parameters.visits import WithCriticalCare
from claimcheck.rules.facts import Day, Line, is_professional
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.visits import accepted, said_of
from claimcheck.rules.remedies import add_modifier
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule

_OUTCOMES = outcomes(
    "97",
    "N20",
    remedy=add_modifier("Add modifier 25 to a visit before the critical care", "25"),
    decided_by="visits.with_critical_care.then",
)

_IS_CRITICAL, _IS_VISIT = listed(WithCriticalCare, "critical_care"), listed(WithCriticalCare, "visits")


def _may_concern(one: Line, other: Line) -> bool:
    return any(_may_be_of_a_pair(line) for line in (one, other)) and any(
        critical.of_code(_IS_CRITICAL) and visit.of_code(_IS_VISIT) for critical, visit in ((one, other), (other, one))
    )


def _may_be_of_a_pair(line: Line) -> bool:
    if not line.setting.professional or not (line.of_code(_IS_CRITICAL) or line.of_code(_IS_VISIT)):
        return False
    return line.policy[WithCriticalCare].modifiers.isdisjoint(line.modifier_codes)


@rule(
    id="PRO405",
    name="visit-with-critical-care",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "lines", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(WithCriticalCare,),
    needs=Needs(setting=is_professional, pair=_may_concern, of_pair=_may_be_of_a_pair),
    other_claims=_may_be_of_a_pair,
    sources=(
        "CMS, Physician Fee Schedule final rule for 2022 (86 FR 64996): modifier 25 beside another visit",
        "Medicare Claims Processing Manual, chapter 12, section 30.6.12",
    ),
)
def visit_with_critical_care(day: Day) -> Outcomes:
    """Reports visits on the day of critical care without a separating modifier."""
    decided = day.policy[WithCriticalCare]
    if not day.setting.professional or not decided.critical_care:
        return
    yield from said_of(
        [line for line in accepted(day.lines, decided.visits) if not line.modifiers & decided.modifiers],
        [line for line in accepted(day.lines, decided.critical_care) if not line.modifiers & decided.modifiers],
        _OUTCOMES[decided.then],
        "Visit {line} billed with critical care {beside} on the same day; no modifier 25 on either",
        source=day.policy.source(WithCriticalCare),
    )
