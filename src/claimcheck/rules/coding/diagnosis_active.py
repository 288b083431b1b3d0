"""A diagnosis is valid on the date, and coded to the highest specificity.

## What it checks
Each ICD-10-CM code is looked up in the table for the service date (the discharge date for inpatient claims). A code
that is not in the table is not valid on the date. A category or subcategory is in the table but is not billable: report
a code with all required characters. When only the seventh character or its placeholders are missing (W19.A for
W19.XXXA), the finding says so.

## Why payers deny it
A category code leaves out what the coding guidelines require, such as laterality, stage, or encounter. A deleted code
has no meaning on that date.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "units": 1, "charge": "90.00", "service_date": "2024-07-01"}
>>> result = validate_claim({"claim_type": "professional", "diagnoses": ["E11"], "lines": [line]})
>>> [str(entry) for entry in result.not_checked if entry.rule_id == "COD202"]  # the starter tables hold no diagnoses
['COD202: no_table (icd10cm)']

## What it does not check
ICD-9-CM codes, for which there is no table: *not checked*. Whether the diagnosis supports the service.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.codes import icd10cm
from claimcheck.rules.facts import ClaimDiagnosis
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Raised, Scope, rule, unchecked
from claimcheck.tables import Absent, Found, NotCovered

REMEDY_INACTIVE = change_code("Report a diagnosis that is valid on the date", documented=True)
REMEDY_INACTIVE_PRINCIPAL = change_code("Report a principal diagnosis that is valid on the date", documented=True)
REMEDY_HEADER = change_code("Code the diagnosis to the highest level of specificity", documented=True)

INACTIVE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "146", ("M64",), remedy=REMEDY_INACTIVE)
INACTIVE_PRINCIPAL = Outcome(
    Severity.ERROR, Disposition.REJECTED, "CO", "146", ("MA63",), remedy=REMEDY_INACTIVE_PRINCIPAL
)
HEADER = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M81", "M76"), remedy=REMEDY_HEADER)

_SEVENTH = "A01"  #: for injuries, pregnancies, and gout: codes that take a seventh character take one of these


@rule(
    id="COD202",
    name="diagnosis-active",
    scope=Scope.DIAGNOSIS,
    phase=Phase.ACTIVITY,
    reads=("code", "version", "role", "shown", "tables"),
    tables=("icd10cm",),
    outcomes=(
        INACTIVE.when("a diagnosis is not valid on the date"),
        INACTIVE_PRINCIPAL.when("the principal diagnosis is not valid on the date"),
        HEADER.when("more characters are required"),
    ),
    sources=(
        "CDC and CMS, ICD-10-CM order files; Official Guidelines, sections I.B.2 (level of detail) and I.A.5",
        "CMS, Integrated Outpatient Code Editor, edit 1; Medicare Code Editor, invalid diagnosis",
    ),
)
def diagnosis_active(diagnosis: ClaimDiagnosis) -> Outcomes:
    """Rejects a diagnosis that is not in force, or is a header."""
    if diagnosis.code is None:
        return
    if diagnosis.version != "ICD-10-CM":
        yield unchecked(NotCovered(Reason.NO_TABLE, "icd9cm"))
        return
    match diagnosis.tables.icd10cm(diagnosis.code):
        case NotCovered() as answer:
            yield unchecked(answer)
        case Absent() as answer:
            yield _absent(diagnosis, diagnosis.code, answer)
        case Found(value) as answer if not value.billable:
            lacks = "a seventh character" if _takes_seventh(diagnosis, diagnosis.code) else "more characters"
            yield HEADER(
                f"Diagnosis {diagnosis.shown} not billable: {lacks} required", answer=answer, code=diagnosis.shown
            )


def _absent(diagnosis: ClaimDiagnosis, code: str, answer: Absent) -> Raised:
    outcome = INACTIVE_PRINCIPAL if diagnosis.role == "principal" else INACTIVE
    whole = f"{code[:-1]:X<6}{code[-1]}"
    if len(code) < 7 and _is_billable(diagnosis, whole):
        message = f"Diagnosis {diagnosis.shown} lacks placeholders; did you mean {icd10cm.parse(whole).dotted}?"
    else:
        message = f"Diagnosis {diagnosis.shown} not valid on the service date"
    return outcome(message, answer=answer, code=diagnosis.shown)


def _takes_seventh(diagnosis: ClaimDiagnosis, code: str) -> bool:
    return len(code) < 7 and any(_is_billable(diagnosis, f"{code:X<6}{seventh}") for seventh in _SEVENTH)


def _is_billable(diagnosis: ClaimDiagnosis, code: str) -> bool:
    held = diagnosis.tables.icd10cm(code)
    return isinstance(held, Found) and held.value.billable
