"""Mental health program services are billed on the program's bill.

## What it checks
Hospital outpatient bills without condition code 41 or 92 must not have services that are paid only in partial
hospitalization (edit 81) or, from 2024, only as intensive outpatient services (133). Both are edits of the Integrated
Outpatient Code Editor.

## Why payers deny it
The programs are paid by the day, and their services are not paid separately.

## Example
The editor's table is not among the starter tables. Without it, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0915", "procedure_code": "G0410", "units": 1, "charge": "90.00",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if "FAC513" in entry.rules]
['no_table']

## What it does not check
Claims with a day that an inpatient-only procedure denies. Lines that another edit denied. Bills of other facilities.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import OutpatientEdits
from claimcheck.rules.facility.edit import PROCEDURES, Edit, concerns, edited, outcomes_of, runs_editor
from claimcheck.rules.facts import Setting, WholeClaim
from claimcheck.rules.remedies import bill_otherwise
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY = bill_otherwise("Bill the service on the program's claim, with its condition code")

NOT_OF_THE_BILL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "282", remedy=REMEDY)

_DAY_DENIED = 49  #: of a line on the day of an inpatient-only procedure
_EDITS = (
    ("ph_not_mh", Edit(81, NOT_OF_THE_BILL, "12 13~41~89~92", "not payable outside partial hospitalization")),
    ("iop_not_mh", Edit(133, NOT_OF_THE_BILL, "13~41~89~92", "not payable outside intensive outpatient services")),
)


def _may_be_misplaced(setting: Setting) -> bool:
    return runs_editor(setting) and setting.facility_type in ("12", "13")


@rule(
    id="FAC513",
    name="program-elsewhere",
    scope=Scope.CLAIM,
    phase=Phase.FREQUENCY,  # after pairs and add-on codes: what they deny is not reported again
    reads=("setting", "lines", "days", "edited", "policy"),
    tables=(PROCEDURES,),
    outcomes=outcomes_of(edit for _, edit in _EDITS),
    parameters=(OutpatientEdits,),
    needs=Needs(setting=_may_be_misplaced, code_list=PROCEDURES, line=concerns(*(flag for flag, _ in _EDITS))),
    sources=("CMS, Integrated Outpatient Code Editor, edits 81 and 133",),
)
def program_elsewhere(view: WholeClaim) -> Outcomes:
    """Returns a mental health program service on another bill."""
    running = [(flag, edit) for flag, edit in _EDITS if edit.holds_for(view)]
    if not running:
        return
    lines, silent = edited(view)
    yield from silent
    if any(number == _DAY_DENIED for line in lines for number, _ in line.edits):
        return
    for line in lines:
        for flag, edit in running:
            if flag in line.flags and not line.denied:
                message = f"Code {line.code} {edit.says}"
                yield NOT_OF_THE_BILL(message, line=line.position, edit=edit.number, code=line.code)
