"""A revenue code needs a procedure code unless it is packaged or exempt.

## What it checks
On the outpatient bills that the policy names, a line without a procedure code is accepted only when its revenue code is
packaged or exempt. By default the revenue codes, bill types, and condition codes are those of edit 48 of the Integrated
Outpatient Code Editor: 13x without condition code 89; 74x, 75x, and 76x; 12x and 14x without condition code 41. Charge,
units, and modifiers do not matter.

## Why payers deny it
Outpatient services are paid by procedure code. Without one the line cannot be priced, and the claim is returned.

## Example
>>> from claimcheck import validate_claim
>>> lines = [{"revenue_code": code, "units": 1, "charge": "80.00", "service_date": "2024-07-15"}
...          for code in ("0450", "0250")]
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": lines})
>>> [(finding.line_number, finding.carc, finding.rarcs) for finding in result.findings if finding.rule_id == "FAC101"]
[(1, '16', ('M20',))]

## What it does not check
Bills that the policy does not name, such as inpatient, hospice, and critical access hospital bills. Revenue codes that
the payer does not know, and the total line. Whether the procedure code on a line is valid.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import LaterRevenueCodes, RevenueCodes, RevenueNeedsProcedure
from claimcheck.rules.facility.revenue_sets import is_known, policy_when_received
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Add the procedure code, or correct the revenue code")

MISSING = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M20",), remedy=REMEDY)


@rule(
    id="FAC101",
    name="revenue-needs-procedure",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "procedure", "revenue", "policy"),
    outcomes=(MISSING,),
    parameters=(RevenueNeedsProcedure, RevenueCodes, LaterRevenueCodes),
    sources=("CMS, Integrated Outpatient Code Editor, edit 48: revenue center requires HCPCS",),
)
def revenue_needs_procedure(line: Line) -> Outcomes:
    """Rejects a line that requires a procedure code and has none."""
    if not line.setting.institutional or not line.procedure.missing or not line.revenue:
        return
    policy = policy_when_received(line)
    needs = policy[RevenueNeedsProcedure]
    code = line.revenue.value
    if not line.setting.is_one_of(needs.bills) or code.is_total or not is_known(code.text, policy):
        return
    if code.text in needs.required or (
        needs.others and code.text not in needs.packaged and code.text not in needs.exempt
    ):
        yield MISSING(
            f"Procedure code missing: required with revenue code {code.text} on bill type "
            f"{line.setting.facility_type}x",
            source=policy.source(RevenueNeedsProcedure),
            revenue_code=code.text,
            bill_type=line.setting.facility_type,
        )
