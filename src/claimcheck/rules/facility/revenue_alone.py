"""Some revenue codes without a procedure code are not paid.

## What it checks
On the outpatient bills that the policy names, a line without a procedure code whose revenue code is for services that
are excluded by statute, not covered, or part of another service. By default these are edits 50 (self-administered
drugs, 0637) and 111 (steps of cell and gene therapy, 0870 to 0873) of the Integrated Outpatient Code Editor. Such a
line needs no procedure code.

## Why payers deny it
Medicare's outpatient benefit does not cover drugs that patients usually take themselves, and the steps of a cell
therapy are paid with its product.

## Example
>>> from claimcheck import validate_claim
>>> line = {"units": 1, "charge": "80.00", "service_date": "2024-07-15"}
>>> lines = [{**line, "revenue_code": revenue_code} for revenue_code in ("0637", "0871")]
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": lines})
>>> [(finding.line_number, str(finding.disposition)) for finding in result.findings if finding.rule_id == "FAC110"]
[(1, 'rejected'), (2, 'denied')]

## What it does not check
Lines with a procedure code, which the editor's text does not name, unless the policy extends the exclusion to them. By
default 0760 and 099x, of which edit 9 names one in its text and the other in its program; a policy may name either as
not covered. Bills that the policy does not name.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import RevenueAlone
from claimcheck.rules.facility.revenue_sets import policy_when_received
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import not_paid
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_EXCLUDED = not_paid("Not covered: bill the patient, or the payer that covers it")
REMEDY_NON_COVERED = not_paid("Not covered")
REMEDY_BUNDLED = not_paid("Not paid separately: the payment is part of the product")

EXCLUDED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "96", ("N425",), remedy=REMEDY_EXCLUDED)
NON_COVERED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "96", ("N130",), remedy=REMEDY_NON_COVERED)
BUNDLED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "97", ("M15",), remedy=REMEDY_BUNDLED)


@rule(
    id="FAC110",
    name="revenue-alone",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "procedure", "revenue", "policy"),
    outcomes=(
        EXCLUDED.when("the revenue code is one of `facility.revenue_alone.excluded`"),
        NON_COVERED.when("the revenue code is one of `facility.revenue_alone.non_covered`"),
        BUNDLED.when("the revenue code is one of `facility.revenue_alone.bundled`"),
    ),
    parameters=(RevenueAlone,),
    sources=("CMS, Integrated Outpatient Code Editor, edits 9, 50 and 111",),
)
def revenue_alone(line: Line) -> Outcomes:
    """Rejects what is excluded by law; denies what is noncovered or bundled."""
    if not line.setting.institutional or not line.revenue:
        return
    policy, code = policy_when_received(line)[RevenueAlone], line.revenue.text
    source = policy_when_received(line).source(RevenueAlone)
    alone = line.procedure.missing
    lead = f"Revenue code {code} without a procedure code is"
    if code in policy.excluded and line.setting.is_one_of(policy.excluded_bills):
        if alone or policy.excluded_with_procedure:
            message = f"{lead if alone else f'Revenue code {code} is'} excluded by law"
            yield EXCLUDED(message, source=source, revenue_code=code)
    elif alone and code in policy.non_covered and line.setting.is_one_of(policy.non_covered_bills):
        yield NON_COVERED(f"{lead} not covered", source=source, revenue_code=code)
    elif alone and code in policy.bundled and line.setting.is_one_of(policy.bundled_bills):
        yield BUNDLED(f"{lead} bundled into other services", source=source, revenue_code=code)
