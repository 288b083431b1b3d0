"""A HIPPS rate code is billed with its revenue code, and only there.

## What it checks
Lines of revenue code 0022, 0023, or 0024 must have a HIPPS rate code, under qualifier HP where there is a qualifier. No
line of another revenue code may have qualifier HP.

## Why payers deny it
The rate code sets the payment of such a line. Under another qualifier it is taken for a procedure code.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0022", "procedure_code": "1AFKS", "code_qualifier": "HC", "units": 5, "charge": "0.00"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0211", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC107"]
['HIPPS rate code with revenue code 0022 requires qualifier HP']

## What it does not check
Whether the rate code is right for the stay. A line without a qualifier whose code could be a rate code, which the
revenue code then decides. The findings rest on the qualifier list of the transaction, so they are warnings.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_MISSING = correct("Add the HIPPS rate code with qualifier HP")
REMEDY_MISPLACED = correct("Correct the qualifier or the revenue code")

MISSING = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("M20",), remedy=REMEDY_MISSING)
MISPLACED = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("M51",), remedy=REMEDY_MISPLACED)


@rule(
    id="FAC107",
    name="rate-code",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "procedure", "revenue", "qualifier"),
    outcomes=(
        MISSING.when("the revenue code has no rate code"),
        MISPLACED.when("the revenue code, the rate code, and qualifier HP do not agree"),
    ),
    sources=("X12 005010X223A3, SV202-01: HP, Health Insurance Prospective Payment System (HIPPS) rate code",),
)
def rate_code(line: Line) -> Outcomes:
    """Warns about a payment line without its rate code, and about rate codes elsewhere."""
    if not line.setting.institutional or not line.revenue:
        return
    revenue = line.revenue.value
    if revenue.carries_hipps:
        if line.procedure.missing:
            yield MISSING(
                f"HIPPS rate code missing: required with revenue code {revenue.text}", revenue_code=revenue.text
            )
        elif line.qualifier not in (None, "HP"):
            yield MISPLACED(
                f"HIPPS rate code with revenue code {revenue.text} requires qualifier HP",
                revenue_code=revenue.text,
            )
    elif line.qualifier == "HP":
        yield MISPLACED(
            f"Qualifier HP (HIPPS rate code) not allowed with revenue code {revenue.text}",
            revenue_code=revenue.text,
        )
