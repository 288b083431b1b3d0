"""A problem visit with a preventive visit needs modifier 25.

## What it checks
A preventive visit (99381-99397) and a problem visit (99202-99215) on one day by one provider, on professional claims,
when the problem visit has no modifier 25: it is bundled into the preventive visit.

## Why payers deny it
A minor problem is part of the preventive visit. Significant, separate work is reported with modifier 25 on the problem
visit. NCCI has no pair for this.

## Example
>>> from claimcheck import validate_claim
>>> lines = [
...     {"procedure_code": code, "units": 1, "charge": "60.00", "service_date": "2024-07-15"}
...     for code in ("99396", "99213")
... ]
>>> result = validate_claim({"claim_type": "professional", "lines": lines}, policy="commercial")
>>> [(f.line_number, f.carc, f.message) for f in result.findings if f.rule_id == "PRO402"]
[(2, '97', 'Visit 99213 is bundled into preventive visit 99396 on the same day; no modifier 25 on the visit')]

## What it does not check
A preventive visit that is itself not covered, as under Medicare: the problem visit is paid. Another provider's visit.
"""

from __future__ import annotations

from claimcheck.policies.parameters.visits import WithPreventive
from claimcheck.rules.facts import Day, Line, is_professional
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.visits import accepted, said_of
from claimcheck.rules.remedies import add_modifier
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule
from claimcheck.rules.wording import alternatives

_OUTCOMES = outcomes(
    "97",
    "N20",
    remedy=add_modifier("Add modifier 25 to the problem visit", "25"),
    decided_by="visits.with_preventive.then",
)

_IS_PREVENTIVE, _IS_VISIT = listed(WithPreventive, "preventive"), listed(WithPreventive, "visits")


def _may_concern(one: Line, other: Line) -> bool:
    decided = one.policy[WithPreventive]
    return any(
        code in decided.preventive
        and visit.code in decided.visits
        and decided.modifiers.isdisjoint(visit.modifier_codes)
        for code, visit in ((one.code, other), (other.code, one))
    )


def _may_be_told_by_another_claim(line: Line) -> bool:
    if not line.setting.professional:
        return False
    return line.of_code(_IS_PREVENTIVE) or (
        line.of_code(_IS_VISIT) and line.policy[WithPreventive].modifiers.isdisjoint(line.modifier_codes)
    )


@rule(
    id="PRO402",
    name="visit-with-preventive",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "lines", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(WithPreventive,),
    needs=Needs(setting=is_professional, pair=_may_concern, of_pair=_may_be_told_by_another_claim),
    other_claims=_may_be_told_by_another_claim,
    sources=(
        "AMA CPT, preventive medicine services: modifier 25 on the visit that is billed with one",
        "Medicare Claims Processing Manual, chapter 12, section 30.6.2: both visits on one day",
    ),
)
def visit_with_preventive(day: Day) -> Outcomes:
    """Denies a visit on the day of a preventive one without a separating modifier."""
    decided = day.policy[WithPreventive]
    if not day.setting.professional:
        return
    preventive = accepted(day.lines, decided.preventive)
    yield from said_of(
        [line for line in accepted(day.lines, decided.visits) if not line.modifiers & decided.modifiers],
        preventive,
        _OUTCOMES[decided.then],
        f"Visit {{line}} is bundled into preventive visit {{beside}} on the same day; no modifier "
        f"{alternatives(decided.modifiers)} on the visit",
        source=day.policy.source(WithPreventive),
    )
