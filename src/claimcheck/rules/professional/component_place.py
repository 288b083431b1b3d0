"""In a hospital, the technical component of a test is billed by the hospital.

## What it checks
On a professional claim, a line at a hospital (places of service 19, 21, 22, and 23 unless the policy says otherwise)
that bills a technical component: modifier TC, a technical-component-only code (PC/TC indicator 3), or a global test
(indicator 1 without 26, or indicator 4).

## Why payers deny it
The hospital bills the equipment, supplies, and staff; the physician bills the interpretation. Payers deny such a line
or pay it as if it had modifier 26, so this is a warning.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "71046", "units": 1, "charge": "60.00", "service_date": "2024-07-15"}
>>> claim = {"claim_type": "professional", "place_of_service": "21", "lines": [line, {**line, "modifiers": ["26"]}]}
>>> [(f.line_number, f.carc, f.message) for f in validate_claim(claim).findings if f.rule_id == "PRO102"]
[(1, '5', 'Technical component of 71046 billed at place of service 21: modifier 26 missing (PC/TC indicator 1)')]

## What it does not check
Other facilities, such as ambulatory surgical centers and nursing facilities. Independent laboratories, whose place of
service is 81. Whether the physician bought the test.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.professional import Components
from claimcheck.rules.facts import Line
from claimcheck.rules.professional.schedule import ATTACHMENT_A, indicators
from claimcheck.rules.remedies import add_modifier
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import FeeSchedule, NotCovered

REMEDY = add_modifier("Bill the professional component with modifier 26", "26")

OWNED_BY_THE_FACILITY = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "5", ("M77",), remedy=REMEDY)


@rule(
    id="PRO102",
    name="component-place",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifier_codes", "place_of_service", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=(OWNED_BY_THE_FACILITY,),
    parameters=(Components,),
    sources=(
        f"{ATTACHMENT_A}: PC/TC indicators 1, 3 and 4",
        "CMS, Medicare Claims Processing Manual, chapter 13, section 20: the technical component in hospitals",
    ),
)
def component_place(line: Line) -> Outcomes:
    """Warns about a technical component that belongs to the hospital."""
    place = line.place_of_service.text
    if not line.setting.professional or place not in line.policy[Components].facility_places:
        return
    if "26" in line.modifier_codes:
        return
    answer = indicators(line, _may_be_technical)
    if isinstance(answer, NotCovered):
        yield unchecked(answer)
    elif answer is not None and (what := _technical(answer.value, line.modifier_codes)) is not None:
        yield OWNED_BY_THE_FACILITY(
            f"Technical component of {answer.value.code} billed at place of service {place}: {what} "
            f"(PC/TC indicator {answer.value.pctc})",
            answer=answer,
            source=line.policy.source(Components, "facility_places"),
            code=answer.value.code,
            place_of_service=place,
            pctc_indicator=answer.value.pctc,
        )


def _may_be_technical(row: FeeSchedule, _: PolicyOn) -> bool:
    return row.pctc in {"1", "3", "4"}


def _technical(row: FeeSchedule, modifiers: frozenset[str]) -> str | None:
    """What would change it, if the line bills a technical component."""
    if row.pctc == "3" or (row.pctc == "1" and "TC" in modifiers):
        return "the facility bills it"
    if row.pctc == "1" and "26" in row.components:
        return "modifier 26 missing"
    return "its professional component has a code of its own" if row.pctc == "4" else None
