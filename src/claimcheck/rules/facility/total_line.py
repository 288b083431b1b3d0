"""The total line (revenue code 0001) is not a service line.

## What it checks
A line of revenue code 0001. On a paper claim it is the last line, and its charge is the sum of the others. Claims that
CMS and payers store, and data made from them (research files, Blue Button, the Tuva Project's tables), have it too:
there the line is accepted for reporting only, so that no sum counts it twice. An 837 gives the total in CLM02, and a
total line in it is rejected.

## Why payers deny it
Processed as a service, the total would be charged twice.

## Example
>>> from claimcheck import Claim, ServiceLine, validate_claim
>>> from claimcheck.claims import Problem
>>> visit = ServiceLine("99283", revenue_code="0450", units=1, charge="80.00")
>>> total = ServiceLine(revenue_code="0001", charge="80.00")
>>> result = validate_claim(Claim(claim_type="institutional", bill_type="0131", lines=[visit, total]))
>>> [(found.line_number, str(found.disposition)) for found in result.findings if found.rule_id == "FAC104"]
[(2, 'report_only')]
>>> total = ServiceLine(revenue_code="0001", charge="80.00", problems=[Problem("total_as_line", field="SV201")])
>>> result = validate_claim(Claim(claim_type="institutional", bill_type="0131", lines=[visit, total]))
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC104"]
['Total line (revenue code 0001) not allowed in an 837; send the total in CLM02']

## What it does not check
A payer whose policy accepts the line in an 837, because its claims are read from paper forms.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import TotalLine
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct, not_paid
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_AS_SERVICE = correct("Remove the total line; an 837 carries the total in CLM02")
REMEDY_TOTAL = not_paid("Nothing has to change: the line is the total of the others")

AS_SERVICE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M50",), remedy=REMEDY_AS_SERVICE)
TOTAL = Outcome(Severity.INFO, Disposition.REPORT_ONLY, remedy=REMEDY_TOTAL)


@rule(
    id="FAC104",
    name="total-line",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "revenue", "policy", "problems"),
    outcomes=(AS_SERVICE.when("the line is in an 837"), TOTAL.when("the claim comes from any other source")),
    parameters=(TotalLine,),
    sources=(
        "CMS, Medicare Claims Processing Manual, chapter 25, form locator 42",
        "Wisconsin PES manual: revenue code 0001 is not submitted on electronic claims",
        "ResDAC, Revenue Center Code (REV_CNTR): 0001 is the total charge of all revenue centers",
    ),
)
def total_line(line: Line) -> Outcomes:
    """Separates the total from the service lines, and rejects it if an 837 sends it as one."""
    if not (line.setting.institutional and line.revenue and line.revenue.value.is_total):
        return
    in_837 = any(problem.kind == "total_as_line" for problem in line.problems)
    if in_837 and not line.policy[TotalLine].accepted:
        message = "Total line (revenue code 0001) not allowed in an 837; send the total in CLM02"
        yield AS_SERVICE(message, source=line.policy.source(TotalLine), revenue_code="0001")
    else:
        message = "Total line (revenue code 0001) is not a service line; not counted"
        yield TOTAL(message, revenue_code="0001")
