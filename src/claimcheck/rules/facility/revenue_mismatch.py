"""Some revenue codes allow certain procedure codes only.

## What it checks
On the outpatient bills that the policy names, a line whose revenue code has a list of procedure codes in the policy
must have one of them. By default this is edit 79 of the Integrated Outpatient Code Editor: packed red cells (0381) and
whole blood (0382) are billed with a HCPCS code for that product.

## Why payers deny it
The revenue code and the procedure code name different products, so the line cannot be priced.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0381", "units": 1, "charge": "300.00", "service_date": "2024-07-15"}
>>> lines = [{**line, "procedure_code": code} for code in ("P9016", "P9010")]
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": lines})
>>> [(finding.line_number, finding.carc) for finding in result.findings if finding.rule_id == "FAC111"]
[(2, '199')]

## What it does not check
Revenue codes without a list. Malformed procedure codes. Bills that the policy does not name.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import RevenueProcedures
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_code("Correct the revenue code or the procedure code")

MISMATCH = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "199", remedy=REMEDY)


@rule(
    id="FAC111",
    name="revenue-mismatch",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "procedure", "code", "revenue", "policy"),
    outcomes=(MISMATCH,),
    parameters=(RevenueProcedures,),
    sources=("CMS, Integrated Outpatient Code Editor, edit 79: incorrect revenue code for the HCPCS code",),
)
def revenue_mismatch(line: Line) -> Outcomes:
    """Rejects a line whose revenue code requires another procedure code."""
    if not line.setting.institutional or not line.revenue or line.procedure.wrong:
        return
    policy, revenue_code = line.policy[RevenueProcedures], line.revenue.text
    wanted = [one for one in policy.listed if revenue_code in one.revenue]
    if not wanted or not line.setting.is_one_of(policy.bills) or any(line.code in one.codes for one in wanted):
        return
    borne = "no procedure code" if line.code is None else line.code
    yield MISMATCH(
        f"Revenue code {revenue_code} requires a code for {wanted[0].name}; {borne} billed",
        source=line.policy.source(RevenueProcedures),
        revenue_code=revenue_code,
        code=line.code,
        expected=tuple(wanted[0].codes),
    )
