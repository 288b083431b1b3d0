"""An external cause is not the principal diagnosis.

## What it checks
The principal diagnosis must not be an external cause: V00 to Y99 in ICD-10-CM, or an E code in ICD-9-CM.

## Why payers deny it
An external cause says how an injury happened. It is reported together with the code for the injury.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "diagnoses": ["W19.XXXA", "S72.001A"], "lines": []})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD205"]
['External cause code W19.XXXA not allowed as principal diagnosis']

## What it does not check
External causes in any other role, such as reason for visit, which neither published editor restricts.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import ClaimDiagnosis
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_code("Report the injury or condition as the principal diagnosis", documented=True)

PRINCIPAL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA63",), remedy=REMEDY)

_FIRST_LETTERS = {"ICD-10-CM": "VWXY", "ICD-9-CM": "E"}


def is_external_cause(diagnosis: ClaimDiagnosis) -> bool:
    """Whether a diagnosis says how an injury happened."""
    return diagnosis.code is not None and diagnosis.code[0] in _FIRST_LETTERS.get(diagnosis.version, "")


@rule(
    id="COD205",
    name="external-cause",
    scope=Scope.DIAGNOSIS,
    phase=Phase.ACTIVITY,
    reads=("code", "version", "role", "shown"),
    outcomes=(PRINCIPAL,),
    sources=(
        "CDC and CMS, ICD-10-CM Official Guidelines, section I.C.20.a.6",
        "CMS, Integrated Outpatient Code Editor, edit 5; Medicare Code Editor, external cause as principal",
    ),
)
def external_cause(diagnosis: ClaimDiagnosis) -> Outcomes:
    """Rejects an external cause as first diagnosis."""
    if not is_external_cause(diagnosis):
        return
    if diagnosis.role == "principal":
        message = f"External cause code {diagnosis.shown} not allowed as principal diagnosis"
        yield PRINCIPAL(message, code=diagnosis.shown)
