"""The OPPS status indicator of a code says whether an outpatient facility is paid for it.

## What it checks
On outpatient bills, the status indicator that Addendum B of the outpatient prospective payment system gives the code on
the service date: inpatient-only procedures (C), items not covered or not recognized (E1), items without a price (E2),
codes for which another code or bill type is used (B), codes that cannot be billed to this contractor (M), and durable
medical equipment, which is billed to another contractor (Y). Packaged services (N) get an informational finding: their
payment is part of other services. The policy says on which bills each applies, and whether it applies to CPT Category
II lines.

## Why payers deny it
Edits 9, 13, 18, 28, 50, 61, 62, 72, and 112 of the outpatient code editor deny or reject the line, or return the claim.

## Example
The indicators come from Addendum B, which is not among the starter tables: without it, nothing is checked.

>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "27447", "revenue_code": "0360", "units": 1, "charge": "9000.00"}
>>> claim = {"claim_type": "institutional", "bill_type": "0131", "lines": [{**line, "service_date": "2024-07-15"}]}
>>> [(str(entry.reason), entry.table) for entry in validate_claim(claim).not_checked if entry.rule_id == "COV201"]
[('no_table', 'opps')]

## What it does not check
Inpatient bills and professional claims. Codes that are not in Addendum B. For E1, only the editor's own table tells
which edit applies (not covered, excluded by statute, reporting only, another code, or none). Without that table, E1
denies on outpatient bills of hospitals and skilled nursing facilities, where nearly every such code is denied, and is
*not checked* on others. Inpatient-only procedures with modifier CA, separate procedures, and the other lines of their
day, which FAC505 checks.
"""

from __future__ import annotations

from types import MappingProxyType

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.coverage import IndicatorClass, IndicatorMeans, OppsCategoryII, OppsStatus
from claimcheck.policies.parameters.facility import OutpatientEdits
from claimcheck.rules.facility.edit import ALL_BILLS, PROCEDURES, Edit, flags_of
from claimcheck.rules.facility.inpatient_only import SEPARATE, is_for_the_dying
from claimcheck.rules.facts import Line, Setting
from claimcheck.rules.remedies import bill_otherwise, change_code, not_paid
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Raised, Scope, rule, unchecked
from claimcheck.tables import Absent, Found, NotCovered, Opps

REMEDY_NON_COVERED = not_paid("Not covered by the payer")
REMEDY_INPATIENT_ONLY = bill_otherwise("Bill an inpatient claim for a patient who was admitted", documented=True)
REMEDY_NOT_RECOGNISED = change_code(
    "Bill the code or type of bill that the payer uses for this service", documented=True
)
REMEDY_OTHER_CONTRACTOR = bill_otherwise("Bill the contractor that processes this item")
REMEDY_EXCLUDED = not_paid("Excluded by statute")
REMEDY_OTHER_CODE = change_code("Bill the code that the payer uses for this service", documented=True)
REMEDY_REPORTING_ONLY = not_paid("Nothing has to change: the code is for reporting only")

NON_COVERED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "96", ("N130",), remedy=REMEDY_NON_COVERED)
INPATIENT_ONLY = Outcome(
    Severity.ERROR, Disposition.DENIED, "CO", "96", ("N428",), closes=True, remedy=REMEDY_INPATIENT_ONLY
)
NOT_RECOGNISED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N56",), remedy=REMEDY_NOT_RECOGNISED)
OTHER_CONTRACTOR = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "109", remedy=REMEDY_OTHER_CONTRACTOR)
PACKAGED = Outcome(Severity.INFO, Disposition.PAYABLE)
EXCLUDED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "96", ("N425",), remedy=REMEDY_EXCLUDED)
OTHER_CODE = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "16", ("N56",), remedy=REMEDY_OTHER_CODE)
REPORTING_ONLY = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "246", ("N620",), remedy=REMEDY_REPORTING_ONLY)

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
    reads=("setting", "code", "is_category_ii", "modifier_codes", "revenue", "policy", "tables"),
    tables=("opps", PROCEDURES),
    outcomes=(
        *(
            INPATIENT_ONLY.when("the procedure is inpatient only"),
            NON_COVERED.when("the code is not covered, or has no price"),
            NOT_RECOGNISED.when("the code is not recognized on this type of bill"),
            OTHER_CONTRACTOR.when("another contractor processes the item, such as equipment"),
            PACKAGED.when("the code is packaged"),
        ),
        *(
            EXCLUDED.when("the code is excluded by law"),
            OTHER_CODE.when("Medicare recognizes another code for the service"),
            REPORTING_ONLY.when("the code is for reporting only"),
        ),
    ),
    parameters=(OppsStatus, OppsCategoryII, OutpatientEdits),
    sources=(
        "CMS, Integrated Outpatient Code Editor: edits 9, 13, 18, 28, 50, 61, 62, 72 and 112",
        "CMS, Hospital Outpatient Prospective Payment System, Addendum B: status indicators",
    ),
)
def outpatient_status_indicator(line: Line) -> Outcomes:
    """Applies what the code's status indicator means on this bill."""
    setting = line.setting
    if not setting.institutional or setting.inpatient or line.code is None:
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
        held = line.tables.code_list(PROCEDURES, line.code)
        if isinstance(held, Found):
            flags = flags_of(held.value.get("flags"))
            yield from _by_flags(flags, line, answer)
            met = [one for one in met if not _is_decided_elsewhere(one, flags, line)]
        if is_for_the_dying(line):
            met = [one for one in met if one.means is not IndicatorMeans.INPATIENT_ONLY]
        decided = [one for one in met if one.means is not IndicatorMeans.UNDECIDED]
        for one in decided:
            yield _say(one, answer, setting, line.policy.source(OppsStatus))
        if met and not decided:
            yield unchecked(Reason.NO_PARAMETER)


#: What the editor's table says of a code, first what ends the look: the edit, the flag, and what is said.
_FLAGGED = (
    (Edit(112, REPORTING_ONLY, ALL_BILLS, "is for reporting only"), "information_only"),
    (Edit(9, NON_COVERED, ALL_BILLS, "is not covered under any outpatient benefit"), "non_covered"),
    (Edit(50, EXCLUDED, ALL_BILLS, "is excluded by law"), "statutory_exclusion"),
    (
        Edit(28, OTHER_CODE, "12 13~89 14 22 23 85~89", "is not recognized by Medicare; use another code"),
        "not_recognized_mcare",
    ),
)
_EQUIPMENT = 61  #: the edit that another rule gives, for the rest of the claim may pay for the equipment
_BY_FLAGS = (IndicatorMeans.NON_COVERED, IndicatorMeans.UNDECIDED)


def _by_flags(flags: frozenset[str], line: Line, answer: Found[Opps]) -> Outcomes:
    """Which of its edits the editor gives, where its own table is loaded. What is denied is looked at no more."""
    for edit, flag in _FLAGGED:
        if flag in flags and edit.holds_for(line):
            yield edit.outcome(
                f"Code {line.code} {edit.says}",
                answer=answer,
                edit=edit.number,
                code=line.code,
                status_indicator=answer.value.status_indicator,
                bill_type=line.setting.facility_type,
            )
            if edit.outcome.disposition is Disposition.DENIED:
                return


def _is_decided_elsewhere(one: IndicatorClass, flags: frozenset[str], line: Line) -> bool:
    """Whether more than the indicator decides: what E1 means, and what becomes of an inpatient procedure of a list."""
    if one.means is IndicatorMeans.INPATIENT_ONLY:
        return SEPARATE in flags
    if one.means is IndicatorMeans.DME:
        return "dmerc_billable_only" in flags and _EQUIPMENT in line.policy[OutpatientEdits].edits
    if one.means is IndicatorMeans.NOT_RECOGNISED:
        return "bundled_in_biological" in flags
    return one.means in _BY_FLAGS


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
