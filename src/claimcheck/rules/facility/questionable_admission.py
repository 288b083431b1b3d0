"""Some principal diagnoses do not justify an inpatient admission.

## What it checks
On hospital inpatient bills, according to the Medicare Code Editor's own lists: the principal diagnosis must not be one
that is usually not enough for an admission to an acute care hospital, such as obesity (E66.9), and a delivery must be
billed with a diagnosis of its outcome (Z37), from 2018-10-01. Both are edit 8.

## Why payers deny it
Whether the patient had to be admitted is decided by manual review.

## Example
The list is the editor's definitions as published, or a list of one's own:

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "inpatient_diagnosis.csv"
>>> _ = path.write_text("code,effective,deletion,flags,age_min,age_max,sex\\nE669,,,questionable_admission,,,\\n")
>>> _ = add([path], path.parent / "tables")
>>> claim = {"claim_type": "institutional", "bill_type": "0111", "diagnoses": ["E66.9"]}
>>> claim = {**claim, "lines": [{"revenue_code": "0120", "service_date": "2024-07-15"}]}
>>> result = validate_claim(claim, tables=Tables.open(path.parent / "tables"))
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC601"]
['Admission questionable for principal diagnosis E66.9; manual review']
>>> folder.cleanup()

## What it does not check
Whether the medical record justifies the admission. Bills that the policy does not name. Without the lists, the claim is
not checked.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import InpatientEdits
from claimcheck.rules.facility.stay import DIAGNOSES, PROCEDURES, not_known, runs, stay_of
from claimcheck.rules.facts import WholeClaim, is_inpatient
from claimcheck.rules.remedies import bill_otherwise, change_code
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY = bill_otherwise("Send the documentation that the payer asks for")
REMEDY_DELIVERY = change_code("Add the diagnosis of the outcome of delivery (Z37)", documented=True)

QUESTIONABLE = Outcome(Severity.WARNING, Disposition.REVIEW, remedy=REMEDY)
DELIVERY = Outcome(Severity.WARNING, Disposition.REVIEW, "CO", "16", ("M64",), remedy=REMEDY_DELIVERY)


@rule(
    id="FAC601",
    name="questionable-admission",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("claim", "setting", "diagnoses", "policy", "tables"),
    tables=(DIAGNOSES, PROCEDURES),
    outcomes=(
        QUESTIONABLE.when("the principal diagnosis is on the list"),
        DELIVERY.when("a delivery has no outcome of delivery"),
    ),
    parameters=(InpatientEdits,),
    needs=Needs(setting=is_inpatient),
    sources=("CMS, Definitions of Medicare Code Edits, edit 8: questionable admission",),
)
def questionable_admission(view: WholeClaim) -> Outcomes:
    """Reports an admission that its diagnoses do not explain."""
    if not runs(8, view):
        return
    stay = stay_of(view)
    yield from not_known((*([stay.principal] if stay.principal else []), *stay.procedures))
    principal = stay.principal
    if principal is not None and "questionable_admission" in principal.flags:
        message = f"Admission questionable for principal diagnosis {principal.shown}; manual review"
        yield QUESTIONABLE(message, answer=principal.found, code=principal.shown)
    if any("delivery_outcome" in one.flags for one in stay.secondary):
        return
    for procedure in stay.procedures:
        if "delivery" in procedure.flags:
            message = f"Admission questionable for delivery {procedure.shown} without an outcome of delivery (Z37)"
            yield DELIVERY(message, answer=procedure.found, code=procedure.shown)
