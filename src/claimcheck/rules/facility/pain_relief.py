"""Medicare pays for a limited number of non-opioid pain relief items on a claim.

## What it checks
On the bills that the editor names, more than two different non-opioid devices for pain relief (OPPS status indicator
H1) or more than three such drugs (K1). These are edits 137 and 138 of the Integrated Outpatient Code Editor, from 2025,
which only inform.

## Why payers deny it
Payment for each is limited.

## Example
The editor's table is not among the starter tables. Without it, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0278", "procedure_code": "C9804", "units": 1, "charge": "300.00",
...         "service_date": "2025-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if "FAC510" in entry.rules]
['no_table']

## What it does not check
What is paid for each. Bills on which the editor does not run the edits.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import OutpatientEdits
from claimcheck.rules.facility.edit import PAYABLE, PROCEDURES, Edit, concerns, edited, runs_editor
from claimcheck.rules.facts import Setting, WholeClaim
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

MORE = Outcome(Severity.INFO, Disposition.PAYABLE)

#: For each edit: the status indicator, and how many different codes are paid.
_LIMITS = (
    (Edit(137, MORE, "12 13~41~89~92", "non-opioid pain relief devices"), "H1", 2),
    (Edit(138, MORE, "12 13~89 76", "non-opioid pain relief drugs"), "K1", 3),
)


def _may_relieve(setting: Setting) -> bool:
    return runs_editor(setting) and setting.facility_type in ("12", "13", "76")


@rule(
    id="FAC510",
    name="pain-relief",
    scope=Scope.CLAIM,
    phase=Phase.FREQUENCY,
    reads=("setting", "lines", "days", "edited", "policy"),
    tables=(PROCEDURES,),
    outcomes=(MORE,),
    parameters=(OutpatientEdits,),
    needs=Needs(
        setting=_may_relieve, code_list=PROCEDURES, line=concerns(statuses=[status for _, status, _ in _LIMITS])
    ),
    sources=("CMS, Integrated Outpatient Code Editor, edits 137 and 138",),
)
def pain_relief(view: WholeClaim) -> Outcomes:
    """Reports more pain relief devices and drugs than are paid."""
    running = [limit for limit in _LIMITS if limit[0].holds_for(view)]
    if not running:
        return
    lines, silent = edited(view)
    yield from silent
    if not any(line.status in PAYABLE and not line.denied for line in lines):
        return  # nothing pays for any of them, which another rule reports
    for edit, status, most in running:
        of_status = [line for line in lines if line.status == status]
        codes = list(dict.fromkeys(line.code for line in of_status))
        for line in of_status:
            if line.code in codes[most:]:
                message = f"{edit.says[:1].upper()}{edit.says[1:]} exceed {most}: {len(codes)} different codes billed"
                yield MORE(message, line=line.position, edit=edit.number, code=line.code)
