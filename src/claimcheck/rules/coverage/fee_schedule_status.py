"""The physician fee schedule's status code says whether a code is paid.

## What it checks
On professional claims, the status code that the physician fee schedule gives the procedure on the service date. Bundled
(B) is never paid separately; 99024, a postoperative visit within a global period, is accepted as a report. A supply
bundled into a physician's service (P) is not paid either, unless a supplier bills it or it is delivered to the home.
Non-covered (N) is not paid. Not valid (I, formerly G) must be billed with another code: if the schedule is the payer's
own the line is denied, otherwise the finding is informational. Reporting only (M, formerly Q) is accepted and paid
nothing. Restricted (R) is paid only under the payer's special coverage instructions. Contractor-priced (C) is paid at a
price the contractor sets, with or without a review of each claim. The policy says what each status means to the payer.

Where the schedule has a separate row for the code with modifier 26, TC, or 53, a line with that modifier has the status
of that row: 83020 is excluded (X), and its interpretation, 83020-26, is active (A).

## Why payers deny it
The payer pays by the status alone, whatever other values the row has: 97010 has relative values and is bundled. 80053
is excluded from this schedule (X) because the laboratory fee schedule pays it.

## Example
>>> from claimcheck import validate_claim
>>> def status(code):
...     line = {"procedure_code": code, "units": 1, "charge": "40.00", "service_date": "2024-07-15"}
...     result = validate_claim({"claim_type": "professional", "lines": [line]}).lines[0]
...     return str(result.disposition), result.deciding and result.deciding.carc
>>> status("97010"), status("G8427"), status("80053"), status("99213")
(('denied', '97'), ('report_only', '246'), ('payable', None), ('payable', None))

## What it does not check
CPT Category II lines, where both M and I mean "not paid by Medicare" and never that the code is invalid; they are
priced as the policy says. Status A, and E, X, and J, which are paid under this or another schedule. Status T, which
depends on the other services of the day (COV301). A code that is not on the schedule, which COD103 checks. Facility
claims.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.codes import ProcedureKind
from claimcheck.money import ZERO
from claimcheck.policies.parameters.coverage import FeeScheduleStatus
from claimcheck.rules.coverage.billed_row import billed_row, billed_status
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import bill_otherwise, change_code, not_paid
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import Found, NotCovered

REMEDY_BUNDLED = not_paid("Not paid separately: the payment is part of other services")
REMEDY_NON_COVERED = not_paid("Not covered by the payer")
REMEDY_NOT_VALID = change_code("Bill the code that the payer uses for this service", documented=True)
REMEDY_REPORTED = not_paid("Nothing has to change: the report is accepted")
REMEDY_RESTRICTED = bill_otherwise("Follow the payer's coverage instructions for the code")
REMEDY_CONTRACTOR_REVIEWED = bill_otherwise("Send the documentation that the contractor asks for")

BUNDLED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "97", ("M15",), remedy=REMEDY_BUNDLED)
NON_COVERED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "96", ("N130",), remedy=REMEDY_NON_COVERED)
NOT_VALID = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "16", ("N56",), remedy=REMEDY_NOT_VALID)
NOT_VALID_FOR_MEDICARE = Outcome(Severity.INFO, Disposition.PAYABLE)
REPORTED = Outcome(Severity.INFO, Disposition.REPORT_ONLY, "CO", "246", ("N620",), remedy=REMEDY_REPORTED)
RESTRICTED = Outcome(Severity.WARNING, Disposition.PAYABLE, remedy=REMEDY_RESTRICTED)
CONTRACTOR_PRICED = Outcome(Severity.INFO, Disposition.PAYABLE)
CONTRACTOR_REVIEWED = Outcome(Severity.INFO, Disposition.REVIEW, remedy=REMEDY_CONTRACTOR_REVIEWED)

Said = tuple[Outcome, str, str]
#: The kinds of code on the schedule.
_LISTED = frozenset({ProcedureKind.CATEGORY_I, ProcedureKind.CATEGORY_III, ProcedureKind.LEVEL_II})


@rule(
    id="COV101",
    name="fee-schedule-status",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "kind", "modifier_codes", "place_of_service", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=(
        BUNDLED.when("the code is bundled (B), or bundled into a physician's service (P)"),
        NON_COVERED.when("the code is not covered (N)"),
        NOT_VALID.when("the code is not valid (I), and `coverage.fee_schedule_status.not_valid_denies` is true"),
        NOT_VALID_FOR_MEDICARE.when(
            "the code is not valid (I), and `coverage.fee_schedule_status.not_valid_denies` is false"
        ),
        REPORTED.when("the code is for reporting only (M), or one of `coverage.fee_schedule_status.reported`"),
        RESTRICTED.when("the code has restricted coverage (R)"),
        CONTRACTOR_PRICED.when("the contractor prices the code (C)"),
        CONTRACTOR_REVIEWED.when(
            "the contractor prices the code (C), and `coverage.fee_schedule_status.contractor_priced_review` is true"
        ),
    ),
    parameters=(FeeScheduleStatus,),
    sources=("CMS, National Physician Fee Schedule Relative Value File: status code",),
)
def fee_schedule_status(line: Line) -> Outcomes:
    """Applies what the code's status means to the payer."""
    policy = line.policy[FeeScheduleStatus]
    if line.kind not in _LISTED:
        return
    if line.setting.claim_type not in policy.claim_types:
        if line.setting.claim_type is None:
            yield unchecked(Reason.MISSING_FIELD)
        return
    status = billed_status(line)
    if isinstance(status, NotCovered):
        yield unchecked(status)
    elif status is not None and (said := _said(status, policy, line)) is not None:
        yield from _judge(line, said)


def _is_supplied(line: Line, policy: FeeScheduleStatus) -> bool:
    """Whether the item is not part of a physician's service."""
    return line.setting.provider_kind in policy.suppliers or line.place_of_service.text in policy.supplied_at


def _judge(line: Line, said: Said) -> Outcomes:
    answer = billed_row(line, line.code or "")
    if not isinstance(answer, Found):
        return
    code, status = answer.value.code, answer.value.status
    outcome, meaning, field = said
    price = ZERO if outcome is REPORTED else None
    yield outcome(
        f"Code {code} {meaning} (fee schedule status {status})",
        answer=answer,
        scheduled=price,
        source=line.policy.source(FeeScheduleStatus, field),
        code=code,
        status=status,
        has_relative_value=answer.value.has_rvu,
    )


def _said(status: str, policy: FeeScheduleStatus, line: Line) -> Said | None:
    """The outcome for a status, its meaning in words, and the policy field that decides.

    None if the code is paid, here or elsewhere.
    """
    bundled = "is bundled into other services and never paid separately"
    if status in policy.bundled and line.code in policy.reported:
        return REPORTED, "is reported only: accepted, $0.00 allowed", "reported"
    if status in policy.bundled:
        return BUNDLED, bundled, "bundled"
    if status in policy.incident_to and not _is_supplied(line, policy):
        return BUNDLED, bundled, "incident_to"
    if status in policy.non_covered:
        return NON_COVERED, "is not covered", "non_covered"
    if status in policy.not_valid and policy.not_valid_denies:
        return NOT_VALID, "is not valid for this payer; bill the code that it uses instead", "not_valid_denies"
    if status in policy.not_valid:
        meaning = "is not valid for Medicare; confirm that this payer accepts it"
        return NOT_VALID_FOR_MEDICARE, meaning, "not_valid"
    if status in policy.reporting_only:
        return REPORTED, "is reported only: accepted, $0.00 allowed", "reporting_only"
    if status in policy.restricted:
        return RESTRICTED, "has restricted coverage; check the payer's instructions", "restricted"
    if status in policy.contractor_priced:
        if policy.contractor_priced_review:
            return CONTRACTOR_REVIEWED, "is priced by the contractor; manual review", "contractor_priced_review"
        return CONTRACTOR_PRICED, "is priced by the contractor", "contractor_priced"
    return None
