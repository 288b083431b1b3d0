"""Inpatient procedures are ICD-10-PCS codes, valid on the discharge date.

## What it checks
Each procedure reported for the claim as a whole (not on a line) must have seven characters in ICD-10-PCS format, or be
an ICD-9-CM procedure where it gives that version, and must be in the ICD-10-PCS table on the date. Such procedures on a
claim that is not inpatient get a warning.

## Why payers deny it
The procedures determine how an inpatient claim is grouped and paid. Outpatient and professional claims bill CPT and
HCPCS.

## Example
>>> from claimcheck import validate_claim
>>> claim = {"claim_type": "institutional", "bill_type": "0111", "procedures": ["0DTI4ZZ"], "lines": []}
>>> [finding.message for finding in validate_claim(claim).findings if finding.rule_id == "COD208"]
['ICD procedure malformed: expected a digit or a letter (not I or O) at position 4']

## What it does not check
Whether an ICD-9-CM procedure was valid, for which there is no table: *not checked*. Values that are no procedure at
all, which another rule reports.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity, Unreadable
from claimcheck.codes import icd9cm, icd10pcs
from claimcheck.rules.facts import Outline
from claimcheck.rules.facts.code import read_code
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.remedies import change_code, correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import Absent, NotCovered

REMEDY_WRONG = change_code("Correct the ICD-10-PCS code")
REMEDY_WRONG_PRINCIPAL = change_code("Correct the ICD-10-PCS code of the principal procedure")
REMEDY_MISPLACED = correct("Remove the inpatient procedures, or correct the type of bill")

WRONG = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M67",), remedy=REMEDY_WRONG)
WRONG_PRINCIPAL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA66",), remedy=REMEDY_WRONG_PRINCIPAL)
MISPLACED = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("M67",), remedy=REMEDY_MISPLACED)


@rule(
    id="COD208",
    name="inpatient-procedures",
    scope=Scope.OUTLINE,
    phase=Phase.ACTIVITY,
    reads=("procedures", "setting", "tables"),
    tables=("icd10pcs",),
    outcomes=(
        WRONG.when("a procedure is malformed, or not valid on the discharge date"),
        WRONG_PRINCIPAL.when("the principal procedure is malformed, missing its code, or not valid on that date"),
        MISPLACED.when("the claim is not an inpatient claim"),
    ),
    sources=("CMS, ICD-10-PCS order file; X12 005010X223A2, HI (BBR, BBQ) of loop 2300",),
)
def inpatient_procedures(view: Outline) -> Outcomes:
    """Rejects a malformed inpatient procedure, and warns about one on a claim that should not have it."""
    if view.procedures and not view.setting.inpatient:
        yield MISPLACED("ICD procedure codes allowed on inpatient claims only")
    for role, version, code in view.procedures:
        yield from _judge(role, version, code, view.tables)


def _judge(role: object, version: object, code: str | Unreadable | None, tables: TablesOn) -> Outcomes:
    outcome, which = (WRONG_PRINCIPAL, "Principal procedure") if role == "principal" else (WRONG, "ICD procedure")
    field = read_code(icd9cm.parse_procedure if version == "ICD-9-CM" else icd10pcs.parse, code)
    if field.missing:
        yield outcome(f"{which} code missing")
    elif field.text is None:
        yield outcome(f"{which} malformed: {field.error}", pattern=field.shape)
    elif version == "ICD-9-CM":
        yield unchecked(NotCovered(Reason.NO_TABLE, "icd9cm"))
    else:
        match tables.icd10pcs(field.text):
            case NotCovered() as answer:
                yield unchecked(answer)
            case Absent() as answer:
                message = f"{which} {field.text} not valid on the discharge date"
                yield outcome(message, answer=answer, code=field.text)
