"""An 837 claim has the elements that its guide requires.

## What it checks
Claims read from an 837. CLM05 must give the frequency (CLM05-3) and must not use another qualifier for the place of
service (CLM05-2); the first element of HI must be there, and on a professional or dental claim it must be the principal
diagnosis (ABK or BK); the member and the payer must have an identifier of a known type (NM108 and NM109 of loops 2010BA
and 2010BB). Elements that say how the claim is paid rather than what is billed share one warning: signature,
assignment, and release (CLM06 to CLM09) and, on a bill that is not inpatient, admission type and patient status (CL1).

## Why payers deny it
A file without a required element does not pass a clearinghouse (SNIP level 2) and is returned with a 999 or a 277CA.

## Example
>>> from claimcheck import Claim, validate_claim
>>> from claimcheck.claims import Problem
>>> claim = Claim(claim_type="professional", problems=[Problem("missing_element", field="CLM05-3")])
>>> [finding.message for finding in validate_claim(claim).findings if finding.rule_id == "STR511"]
['Element CLM05-3 missing: claim frequency code required']

## What it does not check
Claims that were not read from an 837, and payer-to-payer claims (X298, X299, X300). The value of the frequency code,
and fields that the policy requires, which other rules check; among these is CL1 on an inpatient bill.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_FREQUENCY = correct("Give the claim frequency code (CLM05-3)")
REMEDY_PLACE = correct("Send the place of service with qualifier B (CLM05-2)")
REMEDY_PRINCIPAL = correct("Send the principal diagnosis as the first element of HI (ABK)")
REMEDY_MEMBER = correct("Give the member ID and its qualifier (NM108, NM109 of loop 2010BA)")
REMEDY_PAYER = correct("Give the payer ID and its qualifier (NM108, NM109 of loop 2010BB)")
REMEDY_INDICATORS = correct("Give the elements that the message names")

FREQUENCY = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA30",), remedy=REMEDY_FREQUENCY)
PLACE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M77",), remedy=REMEDY_PLACE)
PRINCIPAL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA63",), remedy=REMEDY_PRINCIPAL)
MEMBER = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N382",), remedy=REMEDY_MEMBER)
PAYER = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M56",), remedy=REMEDY_PAYER)
INDICATORS = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("MA130",), remedy=REMEDY_INDICATORS)

_ELEMENTS = {
    "CLM05-3": (FREQUENCY, "claim frequency code"),
    "CLM05-2": (PLACE, "B for place of service"),
    "HI01": (PRINCIPAL, "principal diagnosis"),
    "HI01-1": (PRINCIPAL, "principal diagnosis qualifier (ABK or BK)"),
    "NM108 of the subscriber": (MEMBER, "member identifier qualifier"),
    "NM108 of the payer": (PAYER, "payer identifier qualifier"),
    "NM109 of the payer": (PAYER, "payer identifier"),
}
_WRONG = {"missing_element": "missing", "unknown_value": "not valid in an 837"}


@rule(
    id="STR511",
    name="claim-elements",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("problems", "setting"),
    outcomes=(
        FREQUENCY.when("the claim frequency code is missing"),
        PLACE.when("the qualifier of the place of service is missing or not valid"),
        PRINCIPAL.when("the principal diagnosis or its qualifier is missing or not valid"),
        MEMBER.when("the member ID or its qualifier is missing or not valid"),
        PAYER.when("the payer ID or its qualifier is missing or not valid"),
        INDICATORS.when("another required element of the claim is missing or not valid"),
    ),
    sources=(
        "X12 005010X222A1, 005010X223A2 and 005010X224A2: required elements of loops 2010BA, 2010BB and 2300",
        "NUBC, type of bill (frequency)",
    ),
)
def claim_elements(view: Outline) -> Outcomes:
    """Rejects an 837 claim for each required element that is missing or unknown, and warns about indicators."""
    indicators = []
    for problem in view.problems:
        if problem.kind == "missing_indicator":
            if problem.field != "CL1" or not view.setting.inpatient:
                indicators.append(problem.field)
        elif problem.kind in _WRONG and problem.field in _ELEMENTS:
            outcome, what = _ELEMENTS[problem.field]
            yield outcome(f"Element {problem.field} {_WRONG[problem.kind]}: {what} required", element=problem.field)
    if indicators:
        named = ", ".join(map(str, indicators))
        yield INDICATORS(f"Required elements missing or not valid in an 837: {named}", elements=named)
