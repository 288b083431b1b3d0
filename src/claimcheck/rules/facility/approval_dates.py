"""A service is billed within its approval dates.

## What it checks
According to the outpatient code editor's own table, a service whose approval, first marketing, or coverage begins or
ends within a quarter must not be billed before or after that date: edits 67 (FDA approval), 68 and 83 (national
coverage determination), 69 and 134 (approval period), 110 (first marketing date), 136 (ACIP recommendation of a
vaccine), and 124 (codes that ended with the public health emergency) of the Integrated Outpatient Code Editor, and 123
(modifier CS after the emergency).

## Why payers deny it
A code can be valid for the whole quarter before the item it describes may be paid.

## Example
The editor's table is not among the starter tables. Without it, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0636", "procedure_code": "90684", "units": 1, "charge": "300.00",
...         "service_date": "2024-06-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if "FAC501" in entry.rules]
['no_table']

## What it does not check
Bills of religious institutions (43x), of health centers with condition code 65 where the editor's text says so, and
lines without a day. Lines that another edit denied.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import OutpatientEdits
from claimcheck.rules.facility.edit import ALL_BILLS, PROCEDURES, Edit, concerns, edited, runs_editor
from claimcheck.rules.facts import WholeClaim
from claimcheck.rules.remedies import change_code, change_date, change_modifier
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY_NOT_APPROVED = change_date("Correct the service date; not paid before the approval")
REMEDY_NOT_COVERED = change_date("Correct the service date; not covered on this date")
REMEDY_NOT_IN_FORCE = change_date("Correct the service date; the code is not payable on this date")
REMEDY_ENDED = change_code("Bill the code that is valid on the service date")
REMEDY_MODIFIER_ENDED = change_modifier("Remove the modifier")

NOT_APPROVED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "114", remedy=REMEDY_NOT_APPROVED)
NOT_COVERED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "96", ("N386",), remedy=REMEDY_NOT_COVERED)
NOT_IN_FORCE = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "181", remedy=REMEDY_NOT_IN_FORCE)
ENDED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "181", remedy=REMEDY_ENDED)
MODIFIER_ENDED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "182", remedy=REMEDY_MODIFIER_ENDED)

_BUT_77_65 = ALL_BILLS.replace("77", "77~65")

EDITS = (
    Edit(67, NOT_APPROVED, _BUT_77_65, "its FDA approval"),
    Edit(68, NOT_COVERED, _BUT_77_65, "the start of national coverage (NCD)"),
    Edit(69, NOT_COVERED, ALL_BILLS, "its approval period"),
    Edit(83, NOT_COVERED, _BUT_77_65, "the end of national coverage (NCD)"),
    Edit(110, NOT_IN_FORCE, ALL_BILLS, "its first marketing date"),
    Edit(134, NOT_IN_FORCE, ALL_BILLS, "its approval period"),
    Edit(136, NOT_IN_FORCE, _BUT_77_65, "its ACIP recommendation"),
)
_CODES_ENDED = Edit(124, ENDED, _BUT_77_65, "ended with the public health emergency")
_MODIFIER_ENDED = Edit(123, MODIFIER_ENDED, _BUT_77_65, "ended with the public health emergency")
_OF_THE_EMERGENCY = "CS"

_may_be_dated = concerns(
    *(f"dated_{edit.number}" for edit in EDITS), "cms_mid_quarter_termination", modifiers=[_OF_THE_EMERGENCY]
)


@rule(
    id="FAC501",
    name="approval-dates",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("setting", "lines", "days", "edited", "policy"),
    tables=(PROCEDURES,),
    outcomes=(
        NOT_APPROVED.when("the service is before FDA approval"),
        NOT_COVERED.when("the service is outside its approval period or its national coverage (NCD)"),
        NOT_IN_FORCE.when("a vaccine or drug is before its recommendation, marketing, or approval"),
        ENDED.when("the code ended with the public health emergency"),
        MODIFIER_ENDED.when("modifier CS ended with the public health emergency"),
    ),
    parameters=(OutpatientEdits,),
    needs=Needs(setting=runs_editor, code_list=PROCEDURES, line=_may_be_dated),
    sources=("CMS, Integrated Outpatient Code Editor, edits 67, 68, 69, 83, 110, 123, 124, 134 and 136",),
)
def approval_dates(view: WholeClaim) -> Outcomes:
    """Denies services billed before approval, or after it ended."""
    running = {f"dated_{edit.number}": edit for edit in EDITS if edit.holds_for(view)}
    lines, silent = edited(view)
    yield from silent
    codes_ended, modifier_ended = _CODES_ENDED.holds_for(view), _MODIFIER_ENDED.holds_for(view)
    for line in lines:
        if line.day is None:
            continue
        if "outside" in line.values:
            for flag in sorted(line.flags & running.keys()):
                edit = running[flag]
                message = f"Code {line.code} billed {line.values['outside']} {edit.says}"
                yield edit.outcome(message, line=line.position, edit=edit.number, code=line.code)
        if codes_ended and "cms_mid_quarter_termination" in line.flags:
            message = f"Code {line.code} {_CODES_ENDED.says}"
            yield ENDED(message, line=line.position, edit=_CODES_ENDED.number, code=line.code)
        if modifier_ended and _OF_THE_EMERGENCY in line.modifiers:
            message = f"Modifier {_OF_THE_EMERGENCY} {_MODIFIER_ENDED.says}"
            yield MODIFIER_ENDED(message, line=line.position, edit=_MODIFIER_ENDED.number, modifier=_OF_THE_EMERGENCY)
