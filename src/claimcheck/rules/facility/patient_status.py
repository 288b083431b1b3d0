"""The patient status is assigned, and matches the frequency code.

## What it checks
The patient status of an institutional claim must be a code that the National Uniform Billing Committee has assigned,
and on a hospital inpatient bill (11x) one that the policy names for those: from 2013-10-01, none of outpatients (09) or
hospices (40 to 42). On an inpatient bill, "still a patient" (30) must not be on an admit-through-discharge claim or on
the last claim of a series, and an interim claim must have it.

## Why payers deny it
The status determines whether a stay is paid as a discharge or a transfer. A reserved status, or one that contradicts
the frequency code, returns the claim.

## Example
>>> from claimcheck import validate_claim
>>> for bill_type, status in (("0111", "99"), ("0111", "30"), ("0112", "30")):
...     claim = {"claim_type": "institutional", "bill_type": bill_type, "patient_status": status}
...     print([finding.message for finding in validate_claim(claim).findings if finding.rule_id == "FAC301"])
['Patient status 99 not assigned']
['Patient status 30 (still a patient) conflicts with frequency code 1: bill covers the discharge']
[]

## What it does not check
A claim without a patient status, which STR105 asks for. Whether the status is true. The frequency of outpatient, home
health, and hospice bills.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.claims.unreadable import shape
from claimcheck.policies.parameters.claim_codes import PatientStatus
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule
from claimcheck.rules.wording import alternatives

REMEDY_NOT_ASSIGNED = correct("Correct the patient status")
REMEDY_CONTRADICTED = correct("Correct the patient status or the frequency of the bill")

NOT_ASSIGNED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA43",), remedy=REMEDY_NOT_ASSIGNED)
CONTRADICTED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA43",), remedy=REMEDY_CONTRADICTED)

_HOSPITAL = "11"  #: facility and classification of hospital inpatient bills


@rule(
    id="FAC301",
    name="patient-status",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "patient_status", "policy"),
    outcomes=(
        NOT_ASSIGNED.when("the patient status is malformed, not assigned, or not for this type of bill"),
        CONTRADICTED.when("the patient status conflicts with the frequency code"),
    ),
    parameters=(PatientStatus,),
    sources=(
        "CMS, Medicare Claims Processing Manual, chapter 25, section 75.2: form locator 17, patient discharge status",
        "CMS, Medicare Claims Processing Manual, chapter 3, section 50: interim bills of inpatients",
        "CMS, Medicare Code Editor, edit 16: invalid discharge status",
    ),
)
def patient_status(view: Outline) -> Outcomes:
    """Returns a claim whose patient status is reserved, or contradicts its frequency code."""
    status, setting, policy = view.patient_status, view.setting, view.policy[PatientStatus]
    source = view.policy.source(PatientStatus)
    if status is None or not setting.institutional:
        return
    if policy.valid and status not in policy.valid:
        shown = status if len(status) == 2 and status.isdigit() else None
        message = (
            "Patient status malformed: expected two digits" if shown is None else f"Patient status {shown} not assigned"
        )
        yield NOT_ASSIGNED(message, source=source, patient_status=shown, pattern=None if shown else shape(status))
    elif setting.facility_type == _HOSPITAL and policy.of_hospital_stays and status not in policy.of_hospital_stays:
        message = f"Patient status {status} not valid on a hospital inpatient bill"
        yield NOT_ASSIGNED(message, source=source, patient_status=status)
    elif setting.inpatient and status in policy.still_patient and setting.frequency in policy.discharged:
        yield CONTRADICTED(
            f"Patient status {status} (still a patient) conflicts with frequency code {setting.frequency}: "
            "bill covers the discharge",
            source=source,
            patient_status=status,
            frequency=setting.frequency,
        )
    elif setting.inpatient and status not in policy.still_patient and setting.frequency in policy.interim:
        yield CONTRADICTED(
            f"Patient status {status} conflicts with frequency code {setting.frequency} (interim bill); "
            f"expected {alternatives(policy.still_patient)} (still a patient)",
            source=source,
            patient_status=status,
            frequency=setting.frequency,
        )
