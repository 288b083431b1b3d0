"""A line whose revenue code the payer does not recognize is not paid.

## What it checks
On the outpatient bills that the policy names, a revenue code that is valid but that the payer does not recognize, with
or without a procedure code. By default these are the codes of edit 65 of the Integrated Outpatient Code Editor, by the
date the claim was received (0905 is recognized from 2024-01-01).

## Why payers deny it
Some departments give services that Medicare does not pay on outpatient bills, such as alternative therapies (210x),
adult care (310x), and general intermediate care (1000 to 1006).

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "2101", "procedure_code": "97810", "units": 1, "charge": "80.00"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "statement_from": "2024-07-15",
...                          "statement_through": "2024-07-15", "lines": [line]})
>>> result.lines[0].disposition, [finding.message for finding in result.findings if finding.rule_id == "FAC103"]
(<Disposition.DENIED: 'denied'>, ['Revenue code 2101 not recognized by the payer'])

## What it does not check
Bills that the policy does not name, and revenue codes that are not valid. Payers that recognize all of them, whose
policy says so.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import UnrecognizedRevenueCodes
from claimcheck.rules.facility.revenue_sets import policy_when_received
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = change_code("Bill the revenue code of the department that gave the service, if it is another one")

UNRECOGNIZED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "16", ("M50",), remedy=REMEDY)


@rule(
    id="FAC103",
    name="revenue-unrecognized",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "revenue", "policy"),
    outcomes=(UNRECOGNIZED,),
    parameters=(UnrecognizedRevenueCodes,),
    sources=("CMS, Integrated Outpatient Code Editor, edit 65: revenue code not recognized by Medicare",),
)
def revenue_unrecognized(line: Line) -> Outcomes:
    """Denies a line whose revenue code the payer does not recognize."""
    if not line.setting.institutional or not line.revenue:
        return
    unrecognized = policy_when_received(line)[UnrecognizedRevenueCodes]
    if line.setting.is_one_of(unrecognized.bills) and line.revenue.text in unrecognized.codes:
        yield UNRECOGNIZED(
            f"Revenue code {line.revenue.text} not recognized by the payer",
            source=policy_when_received(line).source(UnrecognizedRevenueCodes),
            revenue_code=line.revenue.text,
            bill_type=line.setting.facility_type,
        )
