"""A claim with diagnoses names the principal one.

## What it checks
A claim with diagnoses must identify the principal one. Without it, an institutional claim is rejected; a professional
claim gets a warning, and its first diagnosis is used. On a professional claim the principal diagnosis must come first,
because diagnosis pointers count from it. An inpatient claim without an admitting diagnosis gets a warning.

## Why payers deny it
The principal diagnosis says why the patient came, and determines how an inpatient claim is grouped.

## Example
>>> from claimcheck import validate_claim
>>> claim = {"claim_type": "institutional", "bill_type": "0131", "diagnoses": [{"code": "I10", "role": "other"}]}
>>> [finding.message for finding in validate_claim(claim).findings if finding.rule_id == "COD204"]
['Principal diagnosis missing']

## What it does not check
A claim without any diagnosis, and a claim with two principal diagnoses, which other rules report.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_MISSING = correct("Identify the principal diagnosis")
REMEDY_NOT_SAID = correct("List the principal diagnosis first")
REMEDY_NO_ADMITTING = correct("Add the admitting diagnosis")

MISSING = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA63",), remedy=REMEDY_MISSING)
NOT_SAID = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("MA63",), remedy=REMEDY_NOT_SAID)
NO_ADMITTING = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("MA65",), remedy=REMEDY_NO_ADMITTING)


@rule(
    id="COD204",
    name="principal-diagnosis",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("roles", "setting"),
    outcomes=(
        MISSING.when("an institutional claim has no principal diagnosis"),
        NOT_SAID.when("a professional claim does not list one first"),
        NO_ADMITTING.when("an inpatient claim has no admitting diagnosis"),
    ),
    sources=("X12 005010X222A1, HI01 (ABK); 005010X223A2, HI (ABK, ABJ) of loop 2300",),
)
def principal_diagnosis(view: Outline) -> Outcomes:
    """Reports that the principal or admitting diagnosis is missing."""
    roles = view.roles
    if not roles:
        return
    if "principal" not in roles:
        outcome = MISSING if view.setting.institutional else NOT_SAID
        yield outcome("Principal diagnosis missing")
    elif roles[0] != "principal" and view.setting.professional:
        yield NOT_SAID("Principal diagnosis must be listed first")
    if view.setting.inpatient and "admitting" not in roles:
        yield NO_ADMITTING("Admitting diagnosis missing on an inpatient claim")
