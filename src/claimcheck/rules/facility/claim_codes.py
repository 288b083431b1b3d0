"""Condition, occurrence and value codes are assigned codes.

## What it checks
Each condition, occurrence, and value code of an institutional claim must be two letters or digits, and each condition
code must be one that the National Uniform Billing Committee has assigned.

## Why payers deny it
The codes report special circumstances of the bill, such as an accident, a prior payment, or a review. A claim with a
code that cannot be read is returned.

## Example
>>> from claimcheck import validate_claim
>>> claim = {"claim_type": "institutional", "bill_type": "0131", "condition_codes": ["G0", "G00"]}
>>> result = validate_claim({**claim, "value_codes": [{"code": "A", "amount": "10.00"}]})
>>> for finding in result.findings:
...     if finding.rule_id == "FAC108":
...         print(*finding.rarcs, finding.message)
M44 Condition code malformed: expected two letters or digits
M49 Value code malformed: expected two letters or digits

## What it does not check
Professional claims. Whether an occurrence or value code is assigned, and whether its date or amount is right. Values
that are not text, which STR106 reports.
"""

from __future__ import annotations

import regex

from claimcheck.claims import Disposition, Severity
from claimcheck.claims.unreadable import shape
from claimcheck.policies.parameters.claim_codes import ConditionCodes
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_CONDITION = correct("Correct the condition code")
REMEDY_OCCURRENCE = correct("Correct the occurrence code")
REMEDY_VALUE = correct("Correct the value code")

CONDITION = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M44",), remedy=REMEDY_CONDITION)
OCCURRENCE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M45",), remedy=REMEDY_OCCURRENCE)
VALUE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M49",), remedy=REMEDY_VALUE)

_CODE = regex.compile("[0-9A-Za-z]{2}")


@rule(
    id="FAC108",
    name="claim-codes",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "condition_codes", "occurrence_codes", "value_codes", "policy"),
    outcomes=(CONDITION, OCCURRENCE, VALUE),
    parameters=(ConditionCodes,),
    sources=(
        "NUBC, UB-04 form locators 18-28, 31-36 and 39-41: codes of two characters",
        "CMS, remittance advice remark codes M44, M45 and M49",
    ),
)
def claim_codes(view: Outline) -> Outcomes:
    """Rejects a claim with a malformed condition, occurrence, or value code."""
    if not view.setting.institutional:
        return
    given = (
        (CONDITION, "Condition", view.condition_codes),
        (OCCURRENCE, "Occurrence", view.occurrence_codes),
        (VALUE, "Value", view.value_codes),
    )
    for outcome, name, codes in given:
        for code in codes:
            if _CODE.fullmatch(code) is None:
                yield outcome(f"{name} code malformed: expected two letters or digits", pattern=shape(code))
    assigned = view.policy[ConditionCodes].valid
    for code in view.condition_codes:
        if assigned and _CODE.fullmatch(code) and code.upper() not in assigned:
            yield CONDITION(
                f"Condition code {code.upper()} not assigned",
                source=view.policy.source(ConditionCodes),
                code=code.upper(),
            )
