"""Every institutional line has a revenue code that the payer accepts.

## What it checks
The revenue code must be there, have four digits, and be assigned; some ranges are reserved, and some are for the
payer's own use. On the outpatient bills that the policy names, the payer must know it: by default these are the codes
of edit 41 of the Integrated Outpatient Code Editor, by the date the claim was received (0892 from 2020-04-01, 0161 from
2022-07-01). Three digits are read with their leading zero, and the finding says so.

## Why payers deny it
The revenue code says which department gave the service. Without it, an institutional line cannot be processed.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99283", "units": 1, "charge": "80.00", "service_date": "2024-07-15"}
>>> claim = {"claim_type": "institutional", "bill_type": "0131"}
>>> for revenue_code in ("45X", "0459", "0458", "450"):
...     result = validate_claim({**claim, "lines": [{**line, "revenue_code": revenue_code}]})
...     print([finding.message for finding in result.findings if finding.rule_id == "FAC102"])
['Revenue code malformed: expected a digit at position 3']
[]
["Revenue code 0458 not on the payer's list"]
['Revenue code read as 0450']

## What it does not check
Professional claims. Whether the payer recognizes a revenue code for payment (FAC103), or needs a procedure code with it
(FAC101). On bills that the policy does not name, whether the payer knows it.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.claims.unreadable import not_given
from claimcheck.policies.parameters.facility import LaterRevenueCodes, RevenueCodes
from claimcheck.rules.facility.revenue_sets import is_known, policy_when_received
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY = correct("Correct the revenue code")

UNUSABLE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M50",), remedy=REMEDY)
PADDED = Outcome(Severity.INFO, Disposition.PAYABLE)

_X12 = "X12 005010X223A3, SV201"
_RESERVED = "Michigan Medicaid, revenue code table: reserved ranges"


@rule(
    id="FAC102",
    name="revenue-code",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "revenue", "policy", "problems"),
    outcomes=(
        UNUSABLE.when("the revenue code is missing, malformed, reserved, or not on the payer's list"),
        PADDED.when("the revenue code was read in another spelling than billed"),
    ),
    parameters=(RevenueCodes, LaterRevenueCodes),
    sources=(
        "CMS, Integrated Outpatient Code Editor, edit 41: invalid revenue code",
        _X12,
        _RESERVED,
    ),
)
def revenue_code(line: Line) -> Outcomes:
    """Rejects a line whose revenue code is missing, malformed, reserved, or unknown to the payer."""
    if not line.setting.institutional:
        return
    field = line.revenue
    if field.missing and not_given(line.problems, "revenue_code"):
        yield unchecked(Reason.MISSING_FIELD)
    elif field.missing:
        yield UNUSABLE("Revenue code missing: required on every institutional line", source=_X12)
    elif field.wrong:
        yield UNUSABLE(f"Revenue code malformed: {field.error}", source=_X12, pattern=field.shape)
    else:
        if field.value.is_reserved:
            yield UNUSABLE(
                f"Revenue code {field.text} not assigned (reserved)", source=_RESERVED, revenue_code=field.text
            )
        elif _unknown(line, field.value.text):
            message = f"Revenue code {field.text} not on the payer's list"
            yield UNUSABLE(
                message, source=policy_when_received(line).source(RevenueCodes, "valid"), revenue_code=field.text
            )
        if field.value.padded:
            yield PADDED(f"Revenue code read as {field.text}", source=_X12, revenue_code=field.text)


def _unknown(line: Line, code: str) -> bool:
    policy = policy_when_received(line)
    return line.setting.is_one_of(policy[RevenueCodes].bills) and not is_known(code, policy)
