"""A diagnosis is coded in the ICD version of its date.

## What it checks
Diagnoses must be coded in ICD-9-CM through 2015-09-30 and in ICD-10-CM from 2015-10-01, by service date (by discharge
date for inpatient claims).

## Why payers deny it
The other version was not in effect on the date.

## Example
>>> from claimcheck import validate_claim
>>> diagnosis = {"code": "250.00", "version": "ICD-9-CM", "role": "principal"}
>>> claim = {"claim_type": "professional", "diagnoses": [diagnosis]}
>>> result = validate_claim({**claim, "lines": [{"procedure_code": "99213", "service_date": "2015-10-01"}]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD203"]
['Diagnosis coded in ICD-9-CM; ICD-10-CM required on this date']

## What it does not check
A claim that mixes both versions, or gives an unknown version, which other rules reject. A claim without a date: *not
checked*.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.coding import IcdVersion
from claimcheck.rules.facts import ClaimDiagnosis
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY = change_code("Code the diagnosis in the ICD version of the date")

OTHER_VERSION = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "146", ("M76",), remedy=REMEDY)

_VERSIONS = ("ICD-10-CM", "ICD-9-CM")


@rule(
    id="COD203",
    name="icd-version",
    scope=Scope.DIAGNOSIS,
    phase=Phase.ACTIVITY,
    reads=("code", "version", "on", "policy"),
    outcomes=(OTHER_VERSION,),
    parameters=(IcdVersion,),
    sources=("CMS, remittance advice remark code N742: ICD-10 from 2015-10-01",),
)
def icd_version(diagnosis: ClaimDiagnosis) -> Outcomes:
    """Rejects a diagnosis in the wrong ICD version."""
    if diagnosis.code is None or diagnosis.version not in _VERSIONS:
        return
    if diagnosis.on is None:
        yield unchecked(Reason.NO_SERVICE_DATE)
        return
    asked = diagnosis.policy[IcdVersion].version
    if diagnosis.version != asked:
        message = f"Diagnosis coded in {diagnosis.version}; {asked} required on this date"
        source = diagnosis.policy.source(IcdVersion)
        yield OTHER_VERSION(message, source=source, version=diagnosis.version, expected=asked)
