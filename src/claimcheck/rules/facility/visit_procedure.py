"""A visit of a home health agency or a hospice is reported by a procedure code.

## What it checks
On the bills that the policy names (home health, 32x, and from 2010 hospice, 81x and 82x), a line of therapy, nursing,
social work, or aide visits (revenue codes 042x to 044x and 055x to 057x) must have a procedure code. The code says who
made the visit, in units of 15 minutes.

## Why payers deny it
The bill is paid by the period or the day, and the visits support the payment. A bill with a visit line without its code
is returned to the provider.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0551", "units": 4, "charge": "120.00", "service_date": "2024-07-15"}
>>> lines = [line, {**line, "procedure_code": "G0299"}]
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0811", "lines": lines})
>>> [(finding.line_number, finding.message) for finding in result.findings if finding.rule_id == "FAC401"]
[(1, 'Procedure code missing: required for a visit under revenue code 0551 on bill type 81x')]

## What it does not check
Which code it is. Other lines of these bills, and other bills.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import VisitProcedures
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct("Add the procedure code of the visit")

MISSING = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M20",), remedy=REMEDY)


@rule(
    id="FAC401",
    name="visit-procedure",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "procedure", "revenue", "policy"),
    outcomes=(MISSING,),
    parameters=(VisitProcedures,),
    sources=(
        "CMS, Change Request 6440: reporting of hospice visits by HCPCS code, for services from 2010-01-01",
        "CMS, Medicare Claims Processing Manual, chapter 10, section 40.2, and chapter 11, section 30.3",
    ),
)
def visit_procedure(line: Line) -> Outcomes:
    """Returns a visit without its procedure code."""
    policy = line.policy[VisitProcedures]
    code = line.revenue.text
    if not line.procedure.missing or code is None or code not in policy.revenue:
        return
    if line.setting.is_one_of(policy.bills):
        yield MISSING(
            f"Procedure code missing: required for a visit under revenue code {code} on bill type "
            f"{line.setting.facility_type}x",
            source=line.policy.source(VisitProcedures),
            revenue_code=code,
            bill_type=line.setting.facility_type,
        )
