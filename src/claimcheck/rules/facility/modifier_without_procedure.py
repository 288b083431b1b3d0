"""A modifier is billed with a procedure code.

## What it checks
A line of an institutional claim with a modifier must have a procedure code.

## Why payers deny it
In the 837, both are part of one element whose procedure code is required. A modifier alone does not say what was done.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0250", "modifiers": ["JZ"], "units": 1, "charge": "80.00", "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [finding.carc for finding in result.findings if finding.rule_id == "FAC106"]
['16']

## What it does not check
Whether the modifier is valid. A procedure code that is there but malformed.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Add the procedure code, or remove the modifier")

ALONE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M20",), remedy=REMEDY)


@rule(
    id="FAC106",
    name="modifier-without-procedure",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "procedure", "modifiers"),
    outcomes=(ALONE,),
    sources=(
        "X12 005010X223A3, SV202: the procedure code is required where the composite is sent",
        "Blue Cross NC, Revenue Codes Requiring Procedure Codes, Facility (06/2022): a modifier without a HCPCS code",
    ),
)
def modifier_without_procedure(line: Line) -> Outcomes:
    """Rejects modifiers without a procedure code."""
    if line.setting.institutional and line.procedure.missing and line.modifiers:
        shown = [field.text for field in line.modifiers if field.text is not None]
        yield ALONE("Procedure code missing on a line with a modifier", modifiers=shown)
