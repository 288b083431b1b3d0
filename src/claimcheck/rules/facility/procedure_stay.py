"""Long-term ventilation is billed on a stay that is long enough.

## What it checks
A hospital inpatient bill with ventilation for more than 96 consecutive hours (5A1955Z) must have at least five days
from the admission to the discharge, or to the last day of an interim bill, according to the Medicare Code Editor's own
list (edit 19).

## Why payers deny it
Either the hours or the dates of the stay are wrong.

## Example
>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "inpatient_procedure.csv"
>>> _ = path.write_text("code,effective,deletion,flags,sex\\n5A1955Z,,,long_stay,\\n")
>>> _ = add([path], path.parent / "tables")
>>> claim = {"claim_type": "institutional", "bill_type": "0111", "procedures": ["5A1955Z"]}
>>> claim = {**claim, "lines": [{"revenue_code": "0120", "service_date": "2024-07-10"}]}
>>> claim = {**claim, "statement_from": "2024-07-10", "statement_through": "2024-07-14"}
>>> result = validate_claim(claim, tables=Tables.open(path.parent / "tables"))
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC605"]
['Procedure 5A1955Z does not match the stay: 4 days, at least 5 expected']
>>> folder.cleanup()

## What it does not check
A stay whose dates are missing, and procedures on days that the list does not cover: not checked.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.facility import InpatientEdits
from claimcheck.rules.facility.stay import PROCEDURES, length_of, not_known, runs, stay_of
from claimcheck.rules.facts import WholeClaim, is_inpatient
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY = change_code("Correct the procedure code or the dates of the stay", documented=True)

SHORT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M67",), remedy=REMEDY)


@rule(
    id="FAC605",
    name="procedure-stay",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("claim", "setting", "diagnoses", "policy", "tables"),
    tables=(PROCEDURES,),
    outcomes=(SHORT,),
    parameters=(InpatientEdits,),
    needs=Needs(setting=is_inpatient),
    sources=("CMS, Definitions of Medicare Code Edits, edit 19: procedure inconsistent with length of stay",),
)
def procedure_stay(view: WholeClaim) -> Outcomes:
    """Returns a bill whose stay is too short for a procedure."""
    if not runs(19, view):
        return
    stay, days, least = stay_of(view), length_of(view), view.policy[InpatientEdits].long_stay
    yield from not_known(stay.procedures)
    for procedure in stay.procedures:
        if "long_stay" not in procedure.flags:
            continue
        if days is None:
            yield unchecked(Reason.MISSING_FIELD)
        elif days < least:
            message = f"Procedure {procedure.shown} does not match the stay: {days} days, at least {least} expected"
            yield SHORT(message, answer=procedure.found, code=procedure.shown, days=days, expected=least)
