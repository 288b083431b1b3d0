"""Room and board is not billed on an outpatient claim.

## What it checks
Accommodation revenue codes (010x to 021x) must not be on the outpatient bills that the policy names.

## Why payers deny it
An outpatient bill has no room and board: either the bill type or the revenue code is wrong.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0120", "units": 1, "charge": "900.00", "service_date": "2024-07-15"}
>>> for bill_type in ("0131", "0111"):
...     claim = {"claim_type": "institutional", "bill_type": bill_type, "lines": [line]}
...     print([finding.carc for finding in validate_claim(claim).findings if finding.rule_id == "FAC105"])
['282']
[]

## What it does not check
Inpatient, skilled nursing, swing bed, and hospice bills, and inpatient stays billed to Part B (12x, 22x). Unknown
revenue codes, which FAC102 rejects.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import Accommodations, LaterRevenueCodes, RevenueCodes
from claimcheck.rules.facility.revenue_sets import is_known, policy_when_received
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Correct the revenue code or the type of bill")

OUTPATIENT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "282", remedy=REMEDY)


@rule(
    id="FAC105",
    name="accommodation",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "revenue", "policy"),
    outcomes=(OUTPATIENT,),
    parameters=(Accommodations, RevenueCodes, LaterRevenueCodes),
    sources=(
        "CMS, Medicare Claims Processing Manual, chapter 25, form locator 42: room and board, 010x to 021x",
        "X12, Claim Adjustment Reason Code 282: the revenue code is inconsistent with the type of bill",
    ),
)
def accommodation(line: Line) -> Outcomes:
    """Rejects room and board on an outpatient bill."""
    if (
        not line.setting.institutional
        or not line.revenue
        or not is_known(line.revenue.value.text, policy_when_received(line))
    ):
        return
    accommodations = line.policy[Accommodations]
    if line.revenue.text in accommodations.codes and line.setting.is_one_of(accommodations.bills):
        yield OUTPATIENT(
            f"Room and board (revenue code {line.revenue.text}) not allowed on outpatient bill type "
            f"{line.setting.facility_type}x",
            source=line.policy.source(Accommodations),
            revenue_code=line.revenue.text,
            bill_type=line.setting.facility_type,
        )
