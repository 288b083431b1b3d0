"""Comprehensive observation needs a visit.

## What it checks
On hospital outpatient bills, observation of eight hours or more that began on January 1 must have a visit or a direct
referral on that day, or a visit on the day before, when there is no surgery and no comprehensive service on the claim.
A visit on the day before is on the prior year's claim, so the claim goes to review. This is edit 57 of the Integrated
Outpatient Code Editor.

## Why payers deny it
Without a visit, observation is packaged into other services.

## Example
The editor's table is not among the starter tables. Without it, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0762", "procedure_code": "G0378", "units": 12, "charge": "900.00",
...         "service_date": "2024-01-01"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if "FAC512" in entry.rules]
['no_table']

## What it does not check
Observation that began on another day, which is packaged without a visit and gets no finding. Mental health program
bills, and bills on which the editor does not run the edit.
"""

from __future__ import annotations

from datetime import date

from claimcheck.claims import Claim, Disposition, Severity
from claimcheck.policies.parameters.facility import Observation, OutpatientEdits
from claimcheck.rules.facility.edit import PROCEDURES, Edit, edited, runs_editor
from claimcheck.rules.facility.payment import GROUPS, PAIRS, REVENUE, hours_without_visit
from claimcheck.rules.facts import Line, Setting, WholeClaim
from claimcheck.rules.remedies import bill_otherwise
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY_NO_VISIT = bill_otherwise("Send the record of the visit that the payer asks for")

NO_VISIT = Outcome(Severity.WARNING, Disposition.REVIEW, remedy=REMEDY_NO_VISIT)

_VISIT = Edit(57, NO_VISIT, "12+W2 13~41~89~92", "without a visit of that day, dated January 1")


def _may_be_observed(setting: Setting) -> bool:
    return runs_editor(setting) and setting.facility_type in ("12", "13")


def _new_year(claim: Claim, on: date | None) -> date | None:
    """The claim's first date, if a line is on January 1: otherwise the rule does not apply."""
    days = [line.service_date for line in claim.lines]
    return on if any(map(_is_new_year, days)) else None


def _is_new_year(day: object) -> bool:
    return isinstance(day, date) and (day.month, day.day) == (1, 1)


def _are_hours(line: Line) -> bool:
    return line.code is not None and line.code in line.policy[Observation].hours


@rule(
    id="FAC512",
    name="observation-visit",
    scope=Scope.CLAIM,
    phase=Phase.FREQUENCY,
    reads=("setting", "lines", "days", "edited", "policy"),
    tables=(PROCEDURES, GROUPS, REVENUE, PAIRS),
    outcomes=(NO_VISIT,),
    parameters=(OutpatientEdits, Observation),
    needs=Needs(setting=_may_be_observed, code_list=PROCEDURES, line=_are_hours, of_claim=_new_year),
    sources=("CMS, Integrated Outpatient Code Editor, edit 57",),
)
def observation_visit(view: WholeClaim) -> Outcomes:
    """Sends observation on January 1 to review if its visit may be on another claim."""
    if not _VISIT.holds_for(view):
        return
    if not any(_is_new_year(day) for day in view.days):
        return
    lines, silent = edited(view)
    yield from silent
    hours = hours_without_visit(lines, view)
    if hours is not None and _is_new_year(hours.day):
        yield NO_VISIT(f"Observation {hours.code} {_VISIT.says}", line=hours.position, edit=57, code=hours.code)
