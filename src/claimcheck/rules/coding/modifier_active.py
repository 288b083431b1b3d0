"""A modifier is valid on the service date.

## What it checks
Each modifier is looked up in the list for the service date. On outpatient facility claims, CPT modifiers that the
outpatient code editor does not know are reported too, as listed in the policy (1P, 2P, and 3P).

## Why payers deny it
A modifier that was never assigned, or has ended, has no meaning. The list cannot tell the two apart, because ended
modifiers are dropped from it some years later (such as 21, in CPT until 2008). Payers answer both the same way: the
modifier was invalid on the date of service.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "modifiers": ["ZZ"], "service_date": "2024-07-01"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [(finding.carc, finding.message) for finding in result.findings if finding.rule_id == "COD302"]
[('182', 'Modifier ZZ not valid on the service date: not in the 2024 list')]

## What it does not check
Ambulance origin and destination pairs, which no list holds; on codes other than ambulance they are *not checked*.
Malformed modifiers, which COD301 reports.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.coding import FacilityModifiers
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Raised, Scope, rule, unchecked
from claimcheck.tables import Absent, Found, HcpcsCode, NotCovered

REMEDY_NOT_FOR_FACILITIES = change_modifier("Remove the modifier")
REMEDY_INACTIVE = change_modifier("Remove the modifier, or report one that is valid on the service date")

NOT_FOR_FACILITIES = Outcome(
    Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M78", "N823"), remedy=REMEDY_NOT_FOR_FACILITIES
)
INACTIVE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "182", remedy=REMEDY_INACTIVE)


@rule(
    id="COD302",
    name="modifier-active",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("modifier_codes", "code", "revenue", "setting", "policy", "tables"),
    tables=("modifier",),
    outcomes=(
        NOT_FOR_FACILITIES.when("an outpatient facility bill has one of `coding.facility_modifiers.unknown`"),
        INACTIVE.when("the modifier is not valid on the service date"),
    ),
    parameters=(FacilityModifiers,),
    sources=(
        "CMS, HCPCS Level II file; AMA, CPT modifiers",
        "CMS, Integrated Outpatient Code Editor, edit 22",
        "CMS, Medicare Claims Processing Manual, chapter 15, section 30.A (ambulance)",
    ),
)
def modifier_active(line: Line) -> Outcomes:
    """Rejects a modifier that is not in force."""
    for modifier in sorted(line.modifier_codes):
        if _is_unknown_to_facilities(line, modifier):
            message = f"Modifier {modifier} not valid on outpatient facility claims"
            yield NOT_FOR_FACILITIES(message, source=line.policy.source(FacilityModifiers), modifier=modifier)
            continue
        match line.tables.modifier(modifier):
            case NotCovered(Reason.NOT_IN_TABLE) if _is_ambulance(line):
                pass
            case NotCovered() as answer:
                yield unchecked(answer)
            case Absent() as answer:
                message = f"Modifier {modifier} not valid on the service date: not in the {answer.edition.name} list"
                yield INACTIVE(message, answer=answer, modifier=modifier)
            case Found(value) as answer if not value.active:
                yield _inactive(value, answer)


def _inactive(value: HcpcsCode, answer: Found[HcpcsCode]) -> Raised:
    days = f"ended {value.terminated}" if value.terminated else f"effective {value.added}"
    message = f"Modifier {value.code} not valid on the service date: {days}"
    return INACTIVE(message, answer=answer, modifier=value.code)


def _is_unknown_to_facilities(line: Line, modifier: str) -> bool:
    outpatient = line.setting.institutional and not line.setting.inpatient
    return outpatient and modifier in line.policy[FacilityModifiers].unknown


def _is_ambulance(line: Line) -> bool:
    return (line.code or "").startswith("A0") or line.revenue.text == "0540"
