"""An 837 claim has the elements that its guide requires.

## What it checks
Claims that were read from an 837. That CLM05 says the claim's frequency (CLM05-3), and does not call its place of
service anything else (CLM05-2); that the first element of HI is there, and on a professional or dental claim is the
principal diagnosis (ABK, BK); that member and payer are named by an identifier of a known kind (NM108, NM109 of loops
2010BA and 2010BB). For what says how the claim is to be paid rather than for what, it gets one warning: signature,
assignment and release (CLM06 to CLM09), and on a bill that is not for an inpatient, admission type and patient status
(CL1).

## Why payers deny it
A file that lacks a required element does not pass a clearinghouse (SNIP level 2): it comes back with a 999 or a 277CA.

## Example
>>> from claimcheck import Claim, validate_claim
>>> from claimcheck.claims import Problem
>>> claim = Claim(claim_type="professional", problems=[Problem("missing_element", field="CLM05-3")])
>>> [finding.message for finding in validate_claim(claim).findings if finding.rule_id == "STR511"]
['Element CLM05-3 missing: claim frequency code required']

## What it leaves alone
Claims that were not read from an 837, and those of a payer (X298, X299, X300). The value of a frequency code, and
fields that the policy wants, which are rules of their own: among these CL1 of a bill for an inpatient.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Outline
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

FREQUENCY = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA30",))
PLACE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M77",))
PRINCIPAL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA63",))
MEMBER = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N382",))
PAYER = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M56",))
INDICATORS = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("MA130",))

_ELEMENTS = {
    "CLM05-3": (FREQUENCY, "claim frequency code"),
    "CLM05-2": (PLACE, "B for place of service"),
    "HI01": (PRINCIPAL, "the principal diagnosis first"),
    "HI01-1": (PRINCIPAL, "the qualifier of the principal diagnosis first"),
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
    outcomes=(FREQUENCY, PLACE, PRINCIPAL, MEMBER, PAYER, INDICATORS),
    sources=(
        "X12 005010X222A1, 005010X223A2 and 005010X224A2: required elements of loops 2010BA, 2010BB and 2300",
        "NUBC, type of bill (frequency)",
    ),
)
def claim_elements(view: Outline) -> Outcomes:
    """Rejects a claim of an 837 for each required element that is missing or unknown, and warns of indicators."""
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
