"""The total-charge line belongs to the paper form, and is no service line.

## What it checks
A line of revenue code 0001. On paper it is the last line, and its charge is the sum of the others; an electronic claim
gives the total beside its lines.

## Why payers deny it
Taken for a service, the total would be charged twice.

## Example
>>> from claimcheck import validate_claim
>>> lines = [{"revenue_code": "0450", "procedure_code": "99283", "units": 1, "charge": "80.00"},
...          {"revenue_code": "0001", "charge": "80.00"}]
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": lines})
>>> [finding.line_number for finding in result.findings if finding.rule_id == "FAC104"]
[2]

## What it leaves alone
Claims of a payer whose policy accepts the line, because they are read from paper forms.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import TotalLine
from claimcheck.rules.facts import Line
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

TOTAL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M50",))


@rule(
    id="FAC104",
    name="total-line",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "revenue", "policy"),
    outcomes=(TOTAL,),
    parameters=(TotalLine,),
    sources=(
        "CMS, Medicare Claims Processing Manual, chapter 25, form locator 42",
        "Wisconsin PES manual: revenue code 0001 is not submitted on electronic claims",
    ),
)
def total_line(line: Line) -> Outcomes:
    """Rejects the total as a service line."""
    is_total = line.setting.institutional and line.revenue and line.revenue.value.is_total
    if is_total and not line.policy[TotalLine].accepted:
        message = "revenue code 0001 is the total of a paper form, and no service line"
        yield TOTAL(message, source=line.policy.source(TotalLine), revenue_code="0001")
