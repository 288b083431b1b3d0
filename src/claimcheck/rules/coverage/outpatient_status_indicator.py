"""The status indicator of OPPS Addendum B says whether an outpatient facility is paid for a code.

## What it checks
The indicator that Addendum B of the outpatient prospective payment system gives the code on the service date, on
outpatient bills: inpatient-only procedures (C), what is not covered or not recognised (E1), what has no price (E2),
codes for which another code or bill type is used (B), what this contractor cannot be billed for (M), and durable
medical equipment, which goes to another contractor (Y). Packaged services (N) are said to be that: their payment is
in the services beside them. On which bills each holds, and whether for CPT Category II lines too, the policy says.

## Why payers deny it
The outpatient code editor's edits 9, 13, 18, 28, 50, 61, 62, 72 and 112 deny or reject the line, or return the claim.

## Example
The indicators come from Addendum B, which is not among the starter tables: without it, nothing is checked.

>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "27447", "revenue_code": "0360", "units": 1, "charge": "9000.00"}
>>> claim = {"claim_type": "institutional", "bill_type": "0131", "lines": [{**line, "service_date": "2024-07-15"}]}
>>> [(str(entry.reason), entry.table) for entry in validate_claim(claim).not_checked if entry.rule_id == "COV201"]
[('no_table', 'opps')]

## What it leaves alone
Bills for inpatients and professional claims. Codes that Addendum B does not hold. Which of its edits the editor would
give for E1: on hospitals' and skilled nursing facilities' outpatient bills each of them denies, on others only some do,
and Addendum B cannot say which, so that it is *not checked* there. The other lines of the day of an inpatient-only
procedure.
"""

from __future__ import annotations

from types import MappingProxyType

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.coverage import IndicatorClass, IndicatorMeans, OppsCategoryII, OppsStatus
from claimcheck.rules.facts import Line, Setting
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Raised, Scope, rule, unchecked
from claimcheck.tables import Absent, Found, NotCovered, Opps

NON_COVERED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "96", ("N130",))
INPATIENT_ONLY = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "96", ("N428",))
NOT_RECOGNISED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N56",))
OTHER_CONTRACTOR = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "109")
PACKAGED = Outcome(Severity.INFO, Disposition.PAYABLE)

_SAID = MappingProxyType(
    {
        IndicatorMeans.INPATIENT_ONLY: (
            INPATIENT_ONLY,
            "is an inpatient-only procedure, not paid on an outpatient bill",
        ),
        IndicatorMeans.NON_COVERED: (NON_COVERED, "is not covered or not recognized on an outpatient bill"),
        IndicatorMeans.NOT_PRICED: (NON_COVERED, "has no price and is not paid separately"),
        IndicatorMeans.NOT_RECOGNISED: (
            NOT_RECOGNISED,
            "is not recognized on this bill type; use another one",
        ),
        IndicatorMeans.NOT_BILLABLE: (OTHER_CONTRACTOR, "is not billable to this contractor"),
        IndicatorMeans.DME: (OTHER_CONTRACTOR, "must be billed to the DME contractor"),
        IndicatorMeans.PACKAGED: (PACKAGED, "is packaged into the payment of other services"),
    }
)


@rule(
    id="COV201",
    name="outpatient-status-indicator",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "is_category_ii", "revenue", "policy", "tables"),
    tables=("opps",),
    outcomes=(INPATIENT_ONLY, NON_COVERED, NOT_RECOGNISED, OTHER_CONTRACTOR, PACKAGED),
    parameters=(OppsStatus, OppsCategoryII),
    sources=(
        "CMS, Integrated Outpatient Code Editor: edits 9, 13, 18, 28, 50, 61, 62, 72 and 112",
        "CMS, Hospital Outpatient Prospective Payment System, Addendum B: status indicators",
    ),
)
def outpatient_status_indicator(line: Line) -> Outcomes:
    """Says what the indicator of the code means on this bill."""
    setting = line.setting
    if line.code is None or not setting.institutional or setting.inpatient:
        return
    if line.is_category_ii and not line.policy[OppsCategoryII].applies:
        return
    classes = [
        one
        for one in line.policy[OppsStatus].classes
        if setting.is_one_of(one.bills) and line.revenue.text not in one.except_revenue
    ]
    if not classes:
        return
    answer = line.tables.opps(line.code)
    if isinstance(answer, NotCovered):
        yield unchecked(answer)
    elif not isinstance(answer, Absent):
        met = [one for one in classes if answer.value.status_indicator in one.indicators]
        decided = [one for one in met if one.means is not IndicatorMeans.UNDECIDED]
        for one in decided:
            yield _say(one, answer, setting, line.policy.source(OppsStatus))
        if met and not decided:
            yield unchecked(Reason.NO_PARAMETER)


def _say(one: IndicatorClass, answer: Found[Opps], setting: Setting, source: str | None) -> Raised:
    outcome, meaning = _SAID[one.means]
    code, indicator = answer.value.code, answer.value.status_indicator
    return outcome(
        f"Code {code} {meaning} (OPPS status indicator {indicator})",
        answer=answer,
        source=source,
        code=code,
        status_indicator=indicator,
        bill_type=setting.facility_type,
    )
