"""A diagnosis is not billed as a procedure code.

## What it checks
A value in the procedure code field that is not a procedure code but an ICD-10-CM diagnosis, either written with its
decimal point or found in the table for the date. Also a code that is well formed as HCPCS Level II (E1165 could be
either), is not in the HCPCS file of the date, and is in the diagnosis table.

This finding is a hint; that the code is malformed or unknown is the error of another rule.

## Why payers deny it
A diagnosis says why a service was given; it cannot be billed as one.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "lines": [{"procedure_code": "E11.65"}]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD104"]
['ICD-10-CM diagnosis found in the procedure code field']

## What it does not check
A code that is in its own table, whatever else it looks like.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.codes import ProcedureKind, icd10cm
from claimcheck.rules.facts import Line
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule
from claimcheck.tables import Absent, Found

DIAGNOSIS = Outcome(Severity.INFO, Disposition.PAYABLE)


@rule(
    id="COD104",
    name="diagnosis-as-procedure",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("as_diagnosis", "procedure", "code", "kind", "tables"),
    tables=("hcpcs", "icd10cm"),
    outcomes=(DIAGNOSIS,),
    sources=("X12 005010X222A1, SV101 and HI; CDC and CMS, ICD-10-CM; CMS, HCPCS Level II file",),
)
def diagnosis_as_procedure(line: Line) -> Outcomes:
    """Reports that the procedure code is a diagnosis."""
    if line.as_diagnosis is not None:
        if "." in line.procedure.shape or isinstance(line.tables.icd10cm(line.as_diagnosis), Found):
            yield DIAGNOSIS("ICD-10-CM diagnosis found in the procedure code field", pattern=line.procedure.shape)
    elif line.kind is ProcedureKind.LEVEL_II and line.code is not None and icd10cm.is_valid(line.code):
        unknown, diagnosis = line.tables.hcpcs(line.code), line.tables.icd10cm(line.code)
        if isinstance(unknown, Absent) and isinstance(diagnosis, Found):
            message = f"Code {line.code} is not a HCPCS code; it is an ICD-10-CM diagnosis"
            yield DIAGNOSIS(message, answer=diagnosis, code=line.code)
