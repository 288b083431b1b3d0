"""A procedure code is well formed.

## What it checks
The procedure code must be a CPT code (Category I, II, or III, or a laboratory code), a HCPCS Level II code, or a CDT
code; under qualifier HP, a HIPPS rate code. The position of the letter decides: 0001U is CPT, U0001 is HCPCS Level II.
A code of the retired local Level III is identified as one, and a number below 00100, the first Category I code, is
reported as no code.

## Why payers deny it
A line whose procedure code cannot be read cannot be processed, and is returned.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"lines": [{"procedure_code": "A123F", "service_date": "2024-07-01"}]})
>>> finding = next(finding for finding in result.findings if finding.rule_id == "COD101")
>>> finding.message, finding.evidence["pattern"]
('Procedure code malformed: expected a digit at position 5', 'text of 5: A999A')

## What it does not check
Whether the code is valid on the date, which COD103 checks. A missing code, which COD102 and facility rules check.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.codes import ProcedureKind
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_MALFORMED = change_code("Correct the procedure code")
REMEDY_RETIRED = change_code("Bill the national code that replaced the local one")

MALFORMED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M51",), remedy=REMEDY_MALFORMED)
RETIRED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "181", ("N56",), remedy=REMEDY_RETIRED)
CHANGED = Outcome(Severity.INFO, Disposition.PAYABLE)


@rule(
    id="COD101",
    name="procedure-format",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("procedure", "kind"),
    outcomes=(
        MALFORMED.when("the code is malformed, or is not a procedure code"),
        RETIRED.when("the code is a local (HCPCS Level III) code"),
        CHANGED.when("the code was read in another spelling than billed"),
    ),
    sources=("AMA, CPT code set; CMS, HCPCS Level II coding; X12 005010X222A1, SV101",),
)
def procedure_format(line: Line) -> Outcomes:
    """Rejects a malformed procedure code."""
    procedure = line.procedure
    if procedure.wrong:
        yield MALFORMED(f"Procedure code malformed: {procedure.error}", pattern=procedure.shape)
    elif line.kind is ProcedureKind.LOCAL:
        yield RETIRED(
            f"Code {procedure.text} is a local (HCPCS Level III) code, retired 2003-12-31", code=procedure.text
        )
    elif line.kind is ProcedureKind.UNASSIGNED:
        yield MALFORMED(
            f"Code {procedure.text} is not a procedure code: CPT Category I starts at 00100", code=procedure.text
        )
    elif procedure.changed:
        yield CHANGED(f"Procedure code read as {procedure.text}", pattern=procedure.shape)
