"""A dental claim bills CDT codes.

## What it checks
The procedure code of every line of a dental claim must be a CDT code: the letter D and four digits.

## Why payers deny it
The dental transaction accepts no other code set; a CPT service is billed on a professional claim.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "units": 1, "charge": "90.00"}
>>> result = validate_claim({"claim_type": "dental", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD504"]
['Code 99213 is not a dental code; bill a CDT code (D and four digits)']

## What it does not check
Dental codes on professional and institutional claims, where they are part of HCPCS. Values that are not a procedure
code at all, which COD101 reports.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.codes import ProcedureKind
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_code("Bill a CDT code, or bill the service on a professional claim")

OTHER = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M51",), remedy=REMEDY)


@rule(
    id="COD504",
    name="dental-code",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "code", "kind"),
    outcomes=(OTHER,),
    sources=("X12 005010X224A2, SV301-1 (AD: American Dental Association codes) and SV301-2",),
)
def dental_code(line: Line) -> Outcomes:
    """Rejects a code of another code set."""
    if line.setting.dental and line.code is not None and line.kind is not ProcedureKind.DENTAL:
        yield OTHER(f"Code {line.code} is not a dental code; bill a CDT code (D and four digits)", code=line.code)
