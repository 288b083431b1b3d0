"""An inpatient procedure matches the member's sex.

## What it checks
Until 2024-09-30, the ICD-10-PCS procedures of a hospital inpatient bill are compared with the member's sex, by the
Medicare Code Editor's own list (edit 5). A condition code that the policy names (45) says that the conflict is
intended.

## Why payers deny it
The procedure or the member is wrong, and the claim is returned.

## Example
>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "inpatient_procedure.csv"
>>> _ = path.write_text("code,effective,deletion,flags,sex\\n0UT90ZZ,,,,F\\n")
>>> _ = add([path], path.parent / "tables")
>>> claim = {"claim_type": "institutional", "bill_type": "0111", "sex": "M", "procedures": ["0UT90ZZ"]}
>>> claim = {**claim, "lines": [{"revenue_code": "0120", "service_date": "2024-07-15"}]}
>>> result = validate_claim(claim, tables=Tables.open(path.parent / "tables"))
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC607"]
["Sex conflict: procedure 0UT90ZZ is not for the member's sex"]
>>> folder.cleanup()

## What it does not check
Discharges from 2024-10-01, when CMS ended the edit. Diagnoses, which COD108 checks. A member whose sex is missing, and
procedures without the list: not checked.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.coding import AgeAndSex
from claimcheck.policies.parameters.facility import InpatientEdits
from claimcheck.rules.facility.stay import PROCEDURES, not_known, runs, stay_of
from claimcheck.rules.facts import WholeClaim, is_inpatient
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY = change_code("Correct the procedure code or the member's sex, or report condition code 45", "45")

CONFLICT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "7", remedy=REMEDY)


@rule(
    id="FAC607",
    name="procedure-sex",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("claim", "setting", "diagnoses", "policy", "tables"),
    tables=(PROCEDURES,),
    outcomes=(CONFLICT,),
    parameters=(InpatientEdits, AgeAndSex),
    needs=Needs(setting=is_inpatient),
    sources=("CMS, Definitions of Medicare Code Edits, edit 5: sex conflict (off from 2024-10-01)",),
)
def procedure_sex(view: WholeClaim) -> Outcomes:
    """Returns a bill with a procedure that does not fit the member's sex."""
    if not runs(5, view) or view.setting.condition_codes & view.policy[AgeAndSex].sex_condition_codes:
        return
    stay, given = stay_of(view), view.claim.sex
    own = given.upper() if isinstance(given, str) else None
    yield from not_known(stay.procedures)
    for procedure in stay.procedures:
        if procedure.sex and own not in ("F", "M"):
            yield unchecked(Reason.MISSING_FIELD)
        elif procedure.sex and own != procedure.sex:
            message = f"Sex conflict: procedure {procedure.shown} is not for the member's sex"
            yield CONFLICT(message, answer=procedure.found, code=procedure.shown)
