"""A new-patient visit is billed for a patient not seen in three years.

## What it checks
A new-patient visit (99202-99205, 99381-99387, 99341-99345, 92002, 92004) on a professional claim, when the same
provider had a visit with the patient, or operated on the patient, within the three years before it, on this claim or
an earlier one: the patient is established. Under `medicare`, physicians of one group and specialty count as one
provider.

## Why payers deny it
A patient is new only if neither the physician nor another one of the same group and specialty has provided a
face-to-face professional service in the past three years.

## Example
>>> from claimcheck import validate_claim
>>> lines = [
...     {"procedure_code": code, "units": 1, "charge": "60.00", "service_date": day}
...     for code, day in (("99213", "2024-07-01"), ("99203", "2024-07-15"))
... ]
>>> result = validate_claim({"claim_type": "professional", "lines": lines})
>>> [(f.line_number, f.carc, f.message) for f in result.findings if f.rule_id == "PRO404"]
[(2, 'B16', 'New-patient visit 99203 billed after 99213 on an earlier day; the patient is established')]

## What it does not check
Services on the same day. Services other than visits and surgery: an interpretation alone does not make a patient
established, and face-to-face tests or treatments, which do, are not looked for. Services that were denied.
"""

from __future__ import annotations

from datetime import date

from claimcheck.dates import months_later
from claimcheck.policies import CodeSpans, PolicyOn
from claimcheck.policies.parameters.visits import NewPatients
from claimcheck.rules.facts import Day, DayLine, Line, is_professional
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.visits import accepted
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import DateWindow, Needs, OtherDays, Outcomes, Phase, Scope, rule

_OUTCOMES = outcomes(
    "B16",
    remedy=change_code("Bill the visit of an established patient", documented=True),
    decided_by="visits.new_patients.then",
)

_IS_FOR_NEW_PATIENTS = listed(NewPatients, "codes")


_THREE_YEARS = 36  #: in months
_IN_DAYS = 3 * 365 + 1


def _is_for_new_patients(line: Line) -> bool:
    return line.setting.professional and line.of_code(_IS_FOR_NEW_PATIENTS)


def _other_days(line: Line) -> OtherDays | None:
    return OtherDays(line.policy[NewPatients].established_by, before=_IN_DAYS) if _is_for_new_patients(line) else None


def _codes(policy: PolicyOn) -> CodeSpans:
    return policy[NewPatients].codes


@rule(
    id="PRO404",
    name="new-patient",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "day", "lines", "claim_lines", "other_days", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(NewPatients,),
    needs=Needs(setting=is_professional, line=_is_for_new_patients, several_days=True),
    other_claims=_is_for_new_patients,
    window=DateWindow(of_line=_other_days, codes=_codes, days=_IN_DAYS),
    sources=(
        "Medicare Claims Processing Manual, chapter 12, section 30.6.7: no professional service within three years",
    ),
)
def new_patient(day: Day) -> Outcomes:
    """Denies a new patient visit after an earlier visit."""
    decided, today = day.policy[NewPatients], day.day
    if not day.setting.professional or today is None:
        return
    new = [line for line in accepted(day.lines, decided.codes) if not line.other_claim]
    visits = accepted((*day.claim_lines, *day.other_days), decided.established_by) if new else []
    earlier = [line for line in visits if _is_within_three_years(line, today)]
    for line in new if earlier else ():
        yield _OUTCOMES[decided.then](
            f"New-patient visit {line.code} billed after {earlier[0].code} on an earlier day; "
            "the patient is established",
            line=line.position,
            related=tuple(one.position for one in earlier if one.position is not None),
            source=day.policy.source(NewPatients),
            code=line.code,
            earlier=earlier[0].code,
            on_another_claim=all(one.other_claim for one in earlier),
        )


def _is_within_three_years(visit: DayLine, today: date) -> bool:
    """Whether a visit was before the day, and less than three years ago."""
    if visit.last is None or visit.last >= today:
        return False
    return visit.last.year > date.max.year - 4 or months_later(visit.last, _THREE_YEARS) > today
