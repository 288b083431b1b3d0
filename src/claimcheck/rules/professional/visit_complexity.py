"""Visit complexity (G2211) is not paid with a visit that has modifier 25.

## What it checks
G2211 (or another code that the policy names) on a professional claim, when an office visit of the day by the same
provider has modifier 25. From 2025 it is paid anyway when a preventive service, an annual wellness visit, or a vaccine
administration is billed on the same day.

## Why payers deny it
Medicare pays the code for the complexity of ongoing care, and not on a day when a visit is billed with a procedure.
Since 2025, its own preventive services are an exception.

## Example
>>> from claimcheck import validate_claim
>>> lines = [
...     {"procedure_code": code, "modifiers": modifiers, "units": 1, "charge": "60.00", "service_date": "2024-07-15"}
...     for code, modifiers in (("99214", ["25"]), ("G2211", []), ("20610", []))
... ]
>>> result = validate_claim({"claim_type": "professional", "lines": lines})
>>> [(f.line_number, f.carc, f.message) for f in result.findings if f.rule_id == "PRO401"]
[(2, '97', 'Add-on code G2211 not paid with visit 99214 of the same day, which has modifier 25')]

## What it does not check
The code without a visit, which NCCI301 reports. A preventive service on a later claim, which does not change an earlier
denial.
"""

from __future__ import annotations

from claimcheck.policies.parameters.visits import Complexity
from claimcheck.rules.facts import Day, Line, is_professional
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.visits import accepted, said_of
from claimcheck.rules.remedies import not_paid
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule
from claimcheck.rules.wording import alternatives

_OUTCOMES = outcomes(
    "97", "N20", remedy=not_paid("Not paid with a visit that has modifier 25"), decided_by="visits.complexity.then"
)

_IS_ADD_ON, _IS_VISIT = listed(Complexity, "codes"), listed(Complexity, "visits")


def _may_concern(one: Line, other: Line) -> bool:
    decided = one.policy[Complexity]
    return any(
        code in decided.codes
        and visit.code in decided.visits
        and not decided.modifiers.isdisjoint(visit.modifier_codes)
        for code, visit in ((one.code, other), (other.code, one))
    )


def _may_be_told_by_another_claim(line: Line) -> bool:
    return line.setting.professional and (line.of_code(_IS_ADD_ON) or line.of_code(_IS_VISIT))


@rule(
    id="PRO401",
    name="visit-complexity",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "lines", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Complexity,),
    needs=Needs(setting=is_professional, pair=_may_concern, of_pair=_may_be_told_by_another_claim),
    other_claims=_may_be_told_by_another_claim,
    sources=(
        "CMS, MLN MM13473: G2211 is not paid where the visit is billed with modifier 25",
        "CMS, Transmittal 13015: paid from 2025 with an annual wellness visit, a vaccine or a preventive service",
    ),
)
def visit_complexity(day: Day) -> Outcomes:
    """Denies the add-on code on the day of a visit with modifier 25."""
    decided = day.policy[Complexity]
    if not day.setting.professional or not decided.codes or accepted(day.lines, decided.allowed_with):
        return
    visits = [line for line in accepted(day.lines, decided.visits) if line.modifiers & decided.modifiers]
    yield from said_of(
        accepted(day.lines, decided.codes),
        visits,
        _OUTCOMES[decided.then],
        f"Add-on code {{line}} not paid with visit {{beside}} of the same day, which has modifier "
        f"{alternatives(decided.modifiers)}",
        source=day.policy.source(Complexity),
    )
