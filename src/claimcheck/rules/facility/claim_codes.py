"""Condition, occurrence and value codes are assigned codes, with their dates and amounts.

## What it checks
Each condition, occurrence, and value code of an institutional claim must be two letters or digits, and each condition
code must be one that the National Uniform Billing Committee has assigned. An occurrence code must have its date, an
occurrence span must not end before it begins, and a value code must have its amount, which is not negative.

## Why payers deny it
The codes report special circumstances of the bill, such as an accident, a prior payment, or a review. A claim with a
code that cannot be read, or lacks what belongs to it, is returned.

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
Professional claims. Whether an occurrence or value code is assigned, and whether its date or amount is right, or an
occurrence span has an end. Values that are not text, which STR106 reports.
"""

from __future__ import annotations

import regex

from claimcheck.claims import Disposition, Severity
from claimcheck.claims.unreadable import shape
from claimcheck.policies.parameters.claim_codes import ConditionCodes
from claimcheck.rules.facts import CodeFlag, Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_CONDITION = correct("Correct the condition code")
REMEDY_OCCURRENCE = correct("Correct the occurrence code")
REMEDY_VALUE = correct("Correct the value code")
REMEDY_DATE = correct("Give the date of the occurrence code")
REMEDY_SPAN = correct("Correct the dates of the occurrence span")
REMEDY_AMOUNT = correct("Give the amount of the value code")

CONDITION = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M44",), remedy=REMEDY_CONDITION)
OCCURRENCE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M45",), remedy=REMEDY_OCCURRENCE)
VALUE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M49",), remedy=REMEDY_VALUE)

NO_DATE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N299",), remedy=REMEDY_DATE)
SPAN = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N300",), remedy=REMEDY_SPAN)
AMOUNT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M49",), remedy=REMEDY_AMOUNT)

_LACKS = (
    (CodeFlag.OCCURRENCE_WITHOUT_DATE, NO_DATE, "Occurrence date missing"),
    (CodeFlag.OCCURRENCE_REVERSED, SPAN, "Occurrence span ends before it begins"),
    (CodeFlag.VALUE_WITHOUT_AMOUNT, AMOUNT, "Value code amount missing"),
    (CodeFlag.VALUE_NEGATIVE, AMOUNT, "Value code amount is negative"),
)
_CODE = regex.compile("[0-9A-Za-z]{2}")


@rule(
    id="FAC108",
    name="claim-codes",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "condition_codes", "occurrence_codes", "value_codes", "code_flags", "policy"),
    outcomes=(
        CONDITION.when("a condition code is malformed or not assigned"),
        OCCURRENCE.when("an occurrence code is malformed"),
        VALUE.when("a value code is malformed"),
        NO_DATE.when("an occurrence code has no date"),
        SPAN.when("an occurrence span ends before it begins"),
        AMOUNT.when("a value code has no amount, or a negative one"),
    ),
    parameters=(ConditionCodes,),
    sources=(
        "NUBC, UB-04 form locators 18-28, 31-36 and 39-41: codes of two characters",
        "X12 005010X223A2, HI*BH, HI*BI and HI*BE of loop 2300: dates and amounts are required",
        "CMS, remittance advice remark codes M44, M45, M49, N299 and N300",
    ),
)
def claim_codes(view: Outline) -> Outcomes:
    """Rejects a claim with a malformed condition, occurrence, or value code, or one that lacks its date or amount."""
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
    for flag, outcome, message in _LACKS:
        if flag in view.code_flags:
            yield outcome(message)
    assigned = view.policy[ConditionCodes].valid
    for code in view.condition_codes:
        if assigned and _CODE.fullmatch(code) and code.upper() not in assigned:
            yield CONDITION(
                f"Condition code {code.upper()} not assigned",
                source=view.policy.source(ConditionCodes),
                code=code.upper(),
            )
