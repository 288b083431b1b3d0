"""Every field of a claim is readable.

## What it checks
The fields of the claim apart from its lines, and of its codes, must be readable: a number where text belongs, an
impossible date, or an object where a code is expected is reported. The finding names the field and what is expected
there, never the value.

## Why payers deny it
A value that cannot be read cannot be processed. Treating it as missing, or replacing it, would check a different claim
from the one that was billed.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "birth_date": "31.12.1960", "condition_codes": [4.4]})
>>> for finding in result.findings:
...     if finding.rule_id == "STR106":
...         print(finding.message)
Field birth_date not readable: expected a date as YYYY-MM-DD or YYYYMMDD
Field condition_codes not readable: expected text

## What it does not check
Fields that have rules of their own: claim type, bill type, total charge, diagnoses, NPIs, taxonomy codes, tax ID, and
CLIA number. Missing fields.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Correct the field that the message names")

UNREADABLE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY)


@rule(
    id="STR106",
    name="readable-fields",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("unreadable",),
    outcomes=(UNREADABLE,),
    sources=("X12 005010X222A1 and 005010X223A2, loops 2000A to 2300",),
)
def readable_fields(view: Outline) -> Outcomes:
    """Rejects a claim for each unreadable field."""
    for field, expected in view.unreadable:
        yield UNREADABLE(f"Field {field} not readable: expected {expected}", field=field)
