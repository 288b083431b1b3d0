"""Incident-to services are not paid to a physician in a hospital.

## What it checks
On a professional claim: a service incident to a physician's (PC/TC indicator 5, such as 96372 or 90471) at a hospital
(places of service 19, 21, 22, and 23), and the interpretation of an abnormal smear (indicator 8) at any place other
than an inpatient hospital.

## Why payers deny it
In a hospital, the hospital's own staff gives the service, and the hospital is paid for it.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "96372", "units": 1, "charge": "25.00", "service_date": "2024-07-15"}
>>> def at(place):
...     claim = {"claim_type": "professional", "place_of_service": place, "lines": [line]}
...     return [finding.message for finding in validate_claim(claim).findings if finding.rule_id == "PRO103"]
>>> at("11"), at("22")
([], ['Service 96372 not paid to a physician at place of service 22 (PC/TC indicator 5)'])

## What it does not check
Ambulatory surgical centers, which are not hospitals; skilled nursing facilities. Payers whose policy names no places.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.professional import Components
from claimcheck.rules.facts import Line
from claimcheck.rules.professional.schedule import ATTACHMENT_A, indicators
from claimcheck.rules.remedies import not_paid
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import FeeSchedule, NotCovered

REMEDY = not_paid("Not paid to a practitioner in this place of service")

NOT_PAID = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "5", ("M77",), remedy=REMEDY)


@rule(
    id="PRO103",
    name="incident-to-place",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "place_of_service", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=(NOT_PAID,),
    parameters=(Components,),
    sources=(f"{ATTACHMENT_A}: PC/TC indicators 5 and 8",),
)
def incident_to_place(line: Line) -> Outcomes:
    """Denies what is not paid to a physician at this place of service."""
    place = line.place_of_service.text
    policy = line.policy[Components]
    smears_elsewhere = place is not None and bool(policy.smear_places) and place not in policy.smear_places
    if not line.setting.professional or not (place in policy.incident_to_places or smears_elsewhere):
        return
    answer = indicators(line, _is_incident_to)
    if isinstance(answer, NotCovered):
        if place in policy.incident_to_places:
            yield unchecked(answer)
    elif answer is not None and (
        (answer.value.pctc == "5" and place in policy.incident_to_places)
        or (answer.value.pctc == "8" and smears_elsewhere)
    ):
        field = "smear_places" if answer.value.pctc == "8" else "incident_to_places"
        yield NOT_PAID(
            f"Service {answer.value.code} not paid to a physician at place of service {place} "
            f"(PC/TC indicator {answer.value.pctc})",
            answer=answer,
            source=line.policy.source(Components, field),
            code=answer.value.code,
            place_of_service=place,
            pctc_indicator=answer.value.pctc,
        )


def _is_incident_to(row: FeeSchedule, _: PolicyOn) -> bool:
    return row.pctc in {"5", "8"}
