"""All codes of a claim are in one ICD version.

## What it checks
The diagnoses and inpatient procedures of a claim must all be ICD-9-CM or all be ICD-10.

## Why payers deny it
The date of the claim determines the version; a claim with both cannot be grouped, priced, or edited in either.

## Example
>>> from claimcheck import validate_claim
>>> diagnoses = [{"code": "I10", "role": "principal"}, {"code": "401.9", "version": "ICD-9-CM"}]
>>> result = validate_claim({"claim_type": "professional", "diagnoses": diagnoses, "lines": []})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR602"]
['ICD-9-CM and ICD-10 codes mixed on one claim']

## What it does not check
Which of the two versions is right for the date, which COD203 checks.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_code("Code the claim in one ICD version")

MIXED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M76",), remedy=REMEDY)

_ICD_10 = ("ICD-10-CM", "ICD-10-PCS")


@rule(
    id="STR602",
    name="icd-versions",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("versions", "procedures"),
    outcomes=(MIXED,),
    sources=("X12 005010X222A1 and 005010X223A2, qualifiers of HI; ICD-10-CM Official Guidelines",),
)
def icd_versions(view: Outline) -> Outcomes:
    """Rejects a claim coded in both ICD versions."""
    versions = {*view.versions, *(str(version) for _, version, _ in view.procedures)}
    if "ICD-9-CM" in versions and not versions.isdisjoint(_ICD_10):
        yield MIXED("ICD-9-CM and ICD-10 codes mixed on one claim")
