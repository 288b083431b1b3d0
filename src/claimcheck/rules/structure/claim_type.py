"""A claim is professional, institutional or dental.

## What it checks
`claim_type` must be "professional" (837P, CMS-1500), "institutional" (837I, UB-04), or "dental" (837D, ADA claim form).
It is never guessed from the lines, because it determines which tables and edits apply.

## Why payers deny it
Payers accept each type in its own transaction, and cannot process one in another's.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "vision", "lines": [{"procedure_code": "V2020"}]})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR104"]
['Claim type not recognized; expected professional, institutional or dental']

## What it does not check
Whether the lines fit the claim type.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Setting
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Give the claim type: professional, institutional, or dental")

MISSING = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY)
UNKNOWN = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY)


@rule(
    id="STR104",
    name="claim-type",
    scope=Scope.SETTING,
    phase=Phase.STRUCTURE,
    reads=("claim_type", "claim_type_wrong"),
    outcomes=(MISSING.when("the claim type is missing"), UNKNOWN.when("the claim type is not one of the three")),
    sources=("X12 005010X222A1 (837P), 005010X223A2 (837I) and 005010X224A2 (837D)",),
)
def claim_type(setting: Setting) -> Outcomes:
    """Rejects a claim without a known type."""
    if setting.claim_type_wrong:
        yield UNKNOWN("Claim type not recognized; expected professional, institutional or dental")
    elif setting.claim_type is None:
        yield MISSING("Claim type missing; expected professional, institutional or dental")
