"""A transplant or heart assist device is covered only under certain conditions.

## What it checks
The ICD-10-PCS procedures of a hospital inpatient bill, on the Medicare Code Editor's own list (edit 17): transplants of
heart, lung, liver, kidney, pancreas and intestine, and heart assist devices, are reviewed. Until 2022-03-31 so was a
total artificial heart in a clinical trial.

## Why payers deny it
Medicare covers them only in approved hospitals and for certain conditions.

## Example
>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "inpatient_procedure.csv"
>>> _ = path.write_text("code,effective,deletion,flags,sex\\n02YA0Z0,,,limited_coverage,\\n")
>>> _ = add([path], path.parent / "tables")
>>> claim = {"claim_type": "institutional", "bill_type": "0111", "procedures": ["02YA0Z0"]}
>>> claim = {**claim, "lines": [{"revenue_code": "0120", "service_date": "2024-07-15"}]}
>>> result = validate_claim(claim, tables=Tables.open(path.parent / "tables"))
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC603"]
['Coverage limited for procedure 02YA0Z0; manual review']
>>> folder.cleanup()

## What it does not check
Whether the hospital is approved for it. A procedure that is not covered at all (FAC602). Without the list, the
procedures are not checked.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import InpatientEdits
from claimcheck.rules.facility.noncovered_procedure import is_artificial_heart, is_in_trial, is_not_covered
from claimcheck.rules.facility.stay import DIAGNOSES, PROCEDURES, Coded, Stay, not_known, runs, stay_of
from claimcheck.rules.facts import WholeClaim, is_inpatient
from claimcheck.rules.remedies import bill_otherwise
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY = bill_otherwise("Send the documentation that the payer asks for")

LIMITED = Outcome(Severity.WARNING, Disposition.REVIEW, remedy=REMEDY)


@rule(
    id="FAC603",
    name="limited-coverage",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("claim", "setting", "diagnoses", "frame", "aged_on", "policy", "tables"),
    tables=(PROCEDURES, DIAGNOSES),
    outcomes=(LIMITED,),
    parameters=(InpatientEdits,),
    needs=Needs(setting=is_inpatient),
    sources=("CMS, Definitions of Medicare Code Edits, edit 17: limited coverage",),
)
def limited_coverage(view: WholeClaim) -> Outcomes:
    """Sends a procedure with limited coverage to review."""
    if not runs(17, view):
        return
    stay = stay_of(view)
    yield from not_known(stay.procedures)
    for procedure in stay.procedures:
        if _is_limited(procedure, stay) and not is_not_covered(procedure, stay, view):
            message = f"Coverage limited for procedure {procedure.shown}; manual review"
            yield LIMITED(message, answer=procedure.found, code=procedure.shown)


def _is_limited(procedure: Coded, stay: Stay) -> bool:
    if "limited_coverage" in procedure.flags:
        return True
    return "artificial_heart" in procedure.flags and is_artificial_heart(stay) and is_in_trial(stay)
