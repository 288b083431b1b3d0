"""A patient who was seen before is no new patient.

## What it checks
A new-patient visit (99202-99205, 99381-99387, 99341-99345, 92002, 92004) on a professional claim that also bills a
visit by the same provider on an earlier day: the patient is established.

## Why payers deny it
A patient is new to whom neither the physician nor another one of the same group and specialty has given a professional
service face to face within three years.

## Example
>>> from claimcheck import validate_claim
>>> lines = [
...     {"procedure_code": code, "units": 1, "charge": "60.00", "service_date": day}
...     for code, day in (("99213", "2024-07-01"), ("99203", "2024-07-15"))
... ]
>>> result = validate_claim({"claim_type": "professional", "lines": lines})
>>> [(f.line_number, f.carc, f.message) for f in result.findings if f.rule_id == "PRO404"]
[(2, 'B16', 'New-patient visit 99203 billed after 99213 on an earlier day; the patient is established')]

## What it leaves alone
What stands on other claims of the member: that a patient was seen in the three years before is not looked for. Visits
of one day, and services without a visit: a mere reading makes nobody an established patient.
"""

from __future__ import annotations

from claimcheck.policies.parameters.visits import NewPatients
from claimcheck.rules.facts import Day, Line
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.visits import accepted, is_professional
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, reads_no_other_claim, rule

_OUTCOMES = outcomes("B16", remedy=change_code("Bill the visit of an established patient", documented=True))


def _is_for_new_patients(line: Line) -> bool:
    return line.setting.professional and line.code in line.policy[NewPatients].codes


@rule(
    id="PRO404",
    name="new-patient",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "day", "lines", "claim_lines", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(NewPatients,),
    needs=Needs(setting=is_professional, line=_is_for_new_patients),
    other_claims=reads_no_other_claim,
    sources=(
        "Medicare Claims Processing Manual, chapter 12, section 30.6.7: no professional service within three years",
    ),
)
def new_patient(day: Day) -> Outcomes:
    """Denies a new-patient visit after an earlier visit on the claim."""
    decided, today = day.policy[NewPatients], day.day
    if not day.setting.professional or today is None:
        return
    earlier = [
        line
        for line in accepted(day.claim_lines, decided.established_by)
        if line.last is not None and line.last < today
    ]
    for line in accepted(day.lines, decided.codes) if earlier else ():
        if not line.other_claim:
            yield _OUTCOMES[decided.then](
                f"New-patient visit {line.code} billed after {earlier[0].code} on an earlier day; "
                "the patient is established",
                line=line.position,
                related=tuple(one.position for one in earlier if one.position is not None),
                source=day.policy.source(NewPatients),
                code=line.code,
                earlier=earlier[0].code,
            )
