"""An inpatient diagnosis specifies the side or site.

## What it checks
From 2022-04-01, no diagnosis of a hospital inpatient bill may leave the side or site unspecified when there are codes
that name it, according to the Medicare Code Editor's own list (edit 20).

## Why payers deny it
In a hospital, the side of a condition is hardly ever unknown. The claim is returned, unless its billing note says why
the side could not be determined.

## Example
>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "inpatient_diagnosis.csv"
>>> _ = path.write_text("code,effective,deletion,flags,age_min,age_max,sex\\nC3400,,,unspecified,,,\\n")
>>> _ = add([path], path.parent / "tables")
>>> claim = {"claim_type": "institutional", "bill_type": "0111", "diagnoses": ["C34.00"]}
>>> claim = {**claim, "lines": [{"revenue_code": "0120", "service_date": "2024-07-15"}]}
>>> result = validate_claim(claim, tables=Tables.open(path.parent / "tables"))
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC606"]
['Diagnosis C34.00 leaves the side or site unspecified']
>>> folder.cleanup()

## What it does not check
The billing note of the claim, which claimcheck does not read. Outpatient and professional claims. Without the list, the
claim is not checked.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import InpatientEdits
from claimcheck.rules.facility.stay import DIAGNOSES, not_known, runs, stay_of
from claimcheck.rules.facts import WholeClaim, is_inpatient
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_code(
    "Report the side or site, or say in the billing note why it could not be determined (UNABLE TO DET LAT 1 or 2)",
    documented=True,
)

UNSPECIFIED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M81", "M76"), remedy=REMEDY)


@rule(
    id="FAC606",
    name="unspecified-diagnosis",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("claim", "setting", "diagnoses", "policy", "tables"),
    tables=(DIAGNOSES,),
    outcomes=(UNSPECIFIED,),
    parameters=(InpatientEdits,),
    needs=Needs(setting=is_inpatient),
    sources=(
        "CMS, Definitions of Medicare Code Edits, edit 20: unspecified code",
        "CMS, Change Request 12471 (MLN Matters MM12471)",
    ),
)
def unspecified_diagnosis(view: WholeClaim) -> Outcomes:
    """Returns a bill with a diagnosis that leaves the side unspecified."""
    if not runs(20, view):
        return
    stay = stay_of(view)
    yield from not_known(stay.diagnoses)
    for diagnosis in stay.diagnoses:
        if "unspecified" in diagnosis.flags:
            message = f"Diagnosis {diagnosis.shown} leaves the side or site unspecified"
            yield UNSPECIFIED(message, answer=diagnosis.found, code=diagnosis.shown)
