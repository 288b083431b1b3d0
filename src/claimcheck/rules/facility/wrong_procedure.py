"""A wrong operation is not billed for payment.

## What it checks
No diagnosis of a hospital inpatient bill may say that the wrong operation was performed, or on the wrong patient or
body part (Y65.51, Y65.52, Y65.53), according to the Medicare Code Editor's own list (edit 18).

## Why payers deny it
Medicare does not pay for such a stay. The hospital reports it on a no-payment bill (110), and bills covered services of
the stay separately.

## Example
>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "inpatient_diagnosis.csv"
>>> _ = path.write_text("code,effective,deletion,flags,age_min,age_max,sex\\nY6551,,,wrong_procedure,,,\\n")
>>> _ = add([path], path.parent / "tables")
>>> claim = {"claim_type": "institutional", "bill_type": "0111", "diagnoses": ["K35.80", "Y65.51"]}
>>> claim = {**claim, "lines": [{"revenue_code": "0120", "service_date": "2024-07-15"}]}
>>> result = validate_claim(claim, tables=Tables.open(path.parent / "tables"))
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC604"]
['Wrong procedure reported by diagnosis Y65.51: stay not paid']
>>> folder.cleanup()

## What it does not check
A no-payment bill (110), where such a diagnosis belongs. Outpatient and professional claims. Without the list, the claim
is not checked.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import InpatientEdits
from claimcheck.rules.facility.stay import DIAGNOSES, not_known, pays_nothing, runs, stay_of
from claimcheck.rules.facts import WholeClaim, is_inpatient
from claimcheck.rules.remedies import bill_otherwise
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY = bill_otherwise("Bill the erroneous operation on a non-payment bill (type of bill 110)")

WRONG = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "233", remedy=REMEDY)


@rule(
    id="FAC604",
    name="wrong-procedure",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("claim", "setting", "diagnoses", "policy", "tables"),
    tables=(DIAGNOSES,),
    outcomes=(WRONG,),
    parameters=(InpatientEdits,),
    needs=Needs(setting=is_inpatient),
    sources=(
        "CMS, Definitions of Medicare Code Edits, edit 18: wrong procedure performed",
        "CMS, Medicare Claims Processing Manual, chapter 32, section 230: wrong surgical errors",
    ),
)
def wrong_procedure(view: WholeClaim) -> Outcomes:
    """Returns a bill that reports a wrong operation."""
    if not runs(18, view) or pays_nothing(view):
        return
    stay = stay_of(view)
    yield from not_known(stay.diagnoses)
    for diagnosis in stay.diagnoses:
        if "wrong_procedure" in diagnosis.flags:
            message = f"Wrong procedure reported by diagnosis {diagnosis.shown}: stay not paid"
            yield WRONG(message, answer=diagnosis.found, code=diagnosis.shown)
