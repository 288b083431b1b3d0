"""Major surgery is rarely performed in an office.

## What it checks
On a professional claim, a procedure with a 90-day global period that the physician fee schedule marks as rarely or
never performed outside facilities (NA in the non-facility column), at an office (place of service 11). Care before and
after the operation, billed with 55 or 56, is given there.

## Why payers deny it
Usually the place of service is wrong, and with it the payment: the office rate is higher than the facility rate.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "27447", "units": 1, "charge": "4000.00", "service_date": "2024-07-15"}
>>> claim = {"claim_type": "professional", "place_of_service": "11", "lines": [line]}
>>> [(finding.carc, finding.message) for finding in validate_claim(claim).findings if finding.rule_id == "PRO203"]
[('5', 'Procedure 27447 rarely or never performed at place of service 11 (non-facility NA, global days 090)')]

## What it does not check
Minor procedures. Tests that the schedule marks as rarely performed in facilities, where the facility bills them. Other
places, unless the policy names them. NA does not mean "not payable", so this is a warning.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.professional import NotPerformed
from claimcheck.rules.facts import Line
from claimcheck.rules.professional.schedule import ATTACHMENT_A, indicators
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import FeeSchedule, NotCovered

REMEDY = correct("Check the place of service")

RARELY = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "5", ("M77",), remedy=REMEDY)

_CARE = frozenset({"55", "56"})  #: of the operation, care after and before it alone


@rule(
    id="PRO203",
    name="not-performed",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifier_codes", "place_of_service", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=(RARELY,),
    parameters=(NotPerformed,),
    sources=(f"{ATTACHMENT_A}: non-facility NA indicator",),
)
def not_performed(line: Line) -> Outcomes:
    """Warns about an operation at a place where it is rarely or never performed."""
    policy, place = line.policy[NotPerformed], line.place_of_service.text
    if not line.setting.professional or place not in policy.places or not line.modifier_codes.isdisjoint(_CARE):
        return
    answer = indicators(line, _is_rare)
    if isinstance(answer, NotCovered):
        yield unchecked(answer)
    elif answer is not None:
        row = answer.value
        yield RARELY(
            f"Procedure {row.code} rarely or never performed at place of service {place} "
            f"(non-facility NA, global days {row.global_days})",
            answer=answer,
            source=line.policy.source(NotPerformed),
            code=row.code,
            place_of_service=place,
            global_days=row.global_days,
        )


def _is_rare(row: FeeSchedule, policy: PolicyOn) -> bool:
    return bool(row.nonfacility_na) and row.global_days in policy[NotPerformed].global_days
