"""A diagnosis is a well-formed ICD code with a known role.

## What it checks
A diagnosis must be three to seven characters in ICD-10-CM format, with or without the decimal point, or an ICD-9-CM
code where the diagnosis gives that version. A procedure code in a diagnosis field is identified as one. The version and
the role must be known values.

## Why payers deny it
A diagnosis that cannot be read supports no service.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "diagnoses": ["99213", "E1.19"], "lines": []})
>>> for finding in result.findings:
...     if finding.rule_id == "COD201":
...         print(finding.rarcs, finding.message)
('MA63',) Principal diagnosis holds a procedure code; expected ICD-10-CM
('M76',) Diagnosis malformed (ICD-10-CM): expected a digit, A or B at position 3

## What it does not check
Whether the code is valid and billable on the date, which COD202 checks.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import ClaimDiagnosis, State
from claimcheck.rules.remedies import change_code, correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_MALFORMED = change_code("Correct the diagnosis code")
REMEDY_MALFORMED_PRINCIPAL = change_code("Correct the principal diagnosis code")
REMEDY_NO_VERSION = correct("Give the ICD version of the diagnosis")
REMEDY_NO_ROLE = correct("Give the role of the diagnosis")

MALFORMED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M76",), remedy=REMEDY_MALFORMED)
MALFORMED_PRINCIPAL = Outcome(
    Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA63",), remedy=REMEDY_MALFORMED_PRINCIPAL
)
NO_VERSION = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M76",), remedy=REMEDY_NO_VERSION)
NO_ROLE = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("M76",), remedy=REMEDY_NO_ROLE)

_VERSIONS = ("ICD-10-CM", "ICD-9-CM")
_ROLES = ("principal", "admitting", "reason_for_visit", "external_cause", "other")


@rule(
    id="COD201",
    name="diagnosis-format",
    scope=Scope.DIAGNOSIS,
    phase=Phase.STRUCTURE,
    reads=("field", "role", "version", "as_procedure"),
    outcomes=(
        MALFORMED.when("a diagnosis other than the principal one is missing its code or malformed"),
        MALFORMED_PRINCIPAL.when("the principal diagnosis is missing its code or malformed"),
        NO_VERSION.when("the ICD version is not ICD-10-CM or ICD-9-CM"),
        NO_ROLE.when("the role of the diagnosis is not recognized"),
    ),
    sources=("CDC and CMS, ICD-10-CM and its Official Guidelines, sections I.A.4 and I.A.5; X12 005010X222A1, HI",),
)
def diagnosis_format(diagnosis: ClaimDiagnosis) -> Outcomes:
    """Rejects a malformed diagnosis."""
    field = diagnosis.field
    principal = diagnosis.role == "principal"
    outcome, which = (MALFORMED_PRINCIPAL, "Principal diagnosis") if principal else (MALFORMED, "Diagnosis")
    if field.state is State.UNREADABLE:
        yield outcome(f"{which} not readable: {field.error}", pattern=field.shape)
    elif diagnosis.version not in _VERSIONS:
        yield NO_VERSION(f"Diagnosis version not valid; expected {' or '.join(_VERSIONS)}", expected=_VERSIONS)
    elif field.missing:
        yield outcome(f"{which} code missing")
    elif diagnosis.as_procedure is not None:
        yield outcome(f"{which} holds a procedure code; expected {diagnosis.version}", pattern=field.shape)
    elif field.wrong:
        yield outcome(f"{which} malformed ({diagnosis.version}): {field.error}", pattern=field.shape)
    if diagnosis.role not in _ROLES:
        yield NO_ROLE(
            f"Diagnosis role not recognized; expected {', '.join(_ROLES[:-1])} or {_ROLES[-1]}", expected=_ROLES
        )
