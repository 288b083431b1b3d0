"""An incentive for a Category II code requires a visit on the claim.

## What it checks
Where the payer's program pays an incentive for listed CPT Category II codes only together with an outpatient visit, one
of the program's visit codes (such as 99202 to 99215) must be on the claim and be accepted. A visit that is denied or
rejected, such as one with a deleted code, does not count.

## Why payers deny it
The report is accepted, but the incentive is for what was reported at a visit.

## Example
>>> from claimcheck import validate_claim
>>> def claim(*codes):
...     lines = [{"procedure_code": code, "units": 1, "charge": "20", "service_date": "2024-07-15"} for code in codes]
...     claim = {"claim_type": "professional", "diagnoses": ["J44.9"], "lines": lines}
...     return str(validate_claim(claim, policy="anthem_ohio_medicaid_2024").lines[0].disposition)
>>> claim("3023F", "99213"), claim("3023F", "99201"), claim("3023F")
('payable', 'report_only', 'report_only')

## What it does not check
Codes that the program does not list, lines that report the action as not performed, and programs without this
condition.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.money import ZERO
from claimcheck.policies.parameters.category_ii import Incentives
from claimcheck.rules.category_ii.listed import accepted, is_listed, listed_lines
from claimcheck.rules.facts import WholeClaim
from claimcheck.rules.remedies import bill_otherwise
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY = bill_otherwise("Bill the code with an outpatient visit of the program's list", documented=True)

NO_VISIT = Outcome(Severity.WARNING, Disposition.REPORT_ONLY, "CO", "107", remedy=REMEDY)


@rule(
    id="CAT401",
    name="companion-visit",
    scope=Scope.CLAIM,
    phase=Phase.ADD_ON,
    reads=("lines", "standing"),
    outcomes=(NO_VISIT,),
    parameters=(Incentives,),
    needs=Needs(line=is_listed),
    sources=(
        "Anthem Blue Cross and Blue Shield Ohio Medicaid, CPT Category II code additional reimbursements, 2024-04-10",
    ),
)
def companion_visit(claim: WholeClaim) -> Outcomes:
    """Withholds the incentive for a listed code without a visit."""
    for position, line, _ in listed_lines(claim):
        visits = line.policy[Incentives].visits
        if visits and not any(other.code in visits for other in accepted(claim)):
            yield NO_VISIT(
                f"Incentive for {line.code} requires a payable visit on the claim ({', '.join(visits)}); "
                "reported only, not paid",
                line=position,
                scheduled=ZERO,
                source=line.policy.source(Incentives),
                code=line.code,
                visits=tuple(visits),
            )
