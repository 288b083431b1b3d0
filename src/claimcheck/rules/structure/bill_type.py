"""An institutional claim has a type of bill, and one frequency code.

## What it checks
The type of bill must be there and well formed: facility, classification, and frequency (0131, or 131, or 13 with the
frequency in its own field, as in an 837I). Where a claim gives its frequency twice, both must agree.

## Why payers deny it
The bill type determines the payment system and the edits that apply.

## Example
>>> from claimcheck import validate_claim
>>> claim = {"claim_type": "institutional", "bill_type": "0137", "frequency_code": "1", "lines": []}
>>> [finding.message for finding in validate_claim(claim).findings if finding.rule_id == "STR506"]
['Frequency codes differ: 7 in the bill type, 1 on the claim']

## What it does not check
Which facilities and classifications exist. Professional claims, which have none.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Setting
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Correct the type of bill")

WRONG = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA30",), remedy=REMEDY)


@rule(
    id="STR506",
    name="bill-type",
    scope=Scope.SETTING,
    phase=Phase.STRUCTURE,
    reads=("institutional", "bill_type", "says_frequency"),
    outcomes=(WRONG,),
    sources=("X12 005010X223A2, CLM05; NUBC, UB-04 form locator 4",),
)
def bill_type(setting: Setting) -> Outcomes:
    """Rejects an institutional claim without a bill type, and a claim with two frequency codes."""
    if setting.bill_type.wrong:
        yield WRONG(f"Bill type malformed: {setting.bill_type.error}", pattern=setting.bill_type.shape)
    elif setting.bill_type.missing and setting.institutional:
        yield WRONG("Bill type missing")
    elif len(setting.says_frequency) > 1:
        own, stated = setting.says_frequency
        yield WRONG(f"Frequency codes differ: {stated} in the bill type, {_shown(own)} on the claim")


def _shown(frequency: str) -> str:
    return frequency if len(frequency) == 1 and frequency.isascii() and frequency.isalnum() else "another"
