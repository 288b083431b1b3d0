"""An inpatient-only procedure on an outpatient bill denies the services of its day.

## What it checks
On the day of a procedure with OPPS status indicator C, all other services are denied with it (edit 49). A procedure on
the editor's list of separate procedures does so only when no surgery (T) on its day and no comprehensive service (J1)
can be paid; when one can, only its own line is denied (45). Modifier CA says that the patient died or was transferred
before admission: the procedure is then paid on one line with one unit (60), with a patient status that says so (70),
and noncovered items on the claim are denied (121). All are edits of the Integrated Outpatient Code Editor; COV201 gives
edit 18 itself, except for separate procedures, where this rule does.

## Why payers deny it
Medicare pays for the procedure, and for everything else on that day, only when the patient is an inpatient.

## Example
Addendum B is not among the starter tables. Without it this rule finds nothing, and COV201 reports *not checked*.

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0360", "units": 1, "charge": "900.00", "service_date": "2024-07-15"}
>>> lines = [{**line, "procedure_code": code} for code in ("22558", "C1713")]
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": lines})
>>> [finding for finding in result.findings if finding.rule_id == "FAC505"]
[]

## What it does not check
Lines without a date. Inpatient bills. Bills on which the editor does not run the edits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from claimcheck.claims import Claim, Disposition, Reason, Severity
from claimcheck.policies.parameters.claim_codes import PatientStatus
from claimcheck.policies.parameters.facility import OutpatientEdits
from claimcheck.rules.facility.edit import PROCEDURES, Edit, Edited, by_day, edited
from claimcheck.rules.facts import Line, Setting, WholeClaim, is_outpatient
from claimcheck.rules.remedies import add_modifier, bill_otherwise, correct, not_paid
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Raised, Scope, rule, unchecked
from claimcheck.tables import Found

REMEDY_INPATIENT_ONLY = bill_otherwise("Bill an inpatient claim for a patient who was admitted", documented=True)
REMEDY_NOT_PAID_APART = not_paid("Not paid separately: the payment is part of the other procedure")
REMEDY_MORE_THAN_ONE = add_modifier("Report modifier CA on one line with one unit", "CA")
REMEDY_PATIENT_LIVES = correct("Correct the patient status, or remove modifier CA")
REMEDY_NOT_COVERED = not_paid("Not covered on a claim with modifier CA")

INPATIENT_ONLY = Outcome(
    Severity.ERROR, Disposition.DENIED, "CO", "96", ("N428",), closes=True, remedy=REMEDY_INPATIENT_ONLY
)
NOT_PAID_APART = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "97", ("M15",), remedy=REMEDY_NOT_PAID_APART)
MORE_THAN_ONE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "4", ("N519",), remedy=REMEDY_MORE_THAN_ONE)
PATIENT_LIVES = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA43",), remedy=REMEDY_PATIENT_LIVES)
NOT_COVERED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "96", ("N130",), closes=True, remedy=REMEDY_NOT_COVERED)

SEPARATE = "separate_procedure"  #: the editor's list of procedures that are only done with another one
_INPATIENT, _SURGERY, _COMPREHENSIVE = "C", "T", "J1"
_CA = "CA"
_OPPS = "12 13~89 76"

_DENIED = Edit(18, INPATIENT_ONLY, _OPPS, "is an inpatient-only procedure, not paid on an outpatient bill")
_DAY = Edit(49, INPATIENT_ONLY, _OPPS, "billed on the day of an inpatient-only procedure")
_SEPARATE = Edit(45, NOT_PAID_APART, _OPPS, "is not paid separately from the surgery of its day")
_ONCE = Edit(60, MORE_THAN_ONE, "12+W2 13~41~89~92", "Modifier CA allowed on one line and one unit of a claim")
_STATUS = Edit(70, PATIENT_LIVES, "12+W2 13~41~89~92", "Modifier CA requires a patient status of death or transfer")
_BESIDE = Edit(
    *(121, NOT_COVERED, "12+W2 13~41~89~92"), "not covered on the claim of a patient who died or was transferred"
)
_ALL = (_DENIED, _DAY, _SEPARATE, _ONCE, _STATUS, _BESIDE)
_NOT_COVERED = frozenset({"B", "C", "E1", "E2", "M"})


def is_for_the_dying(line: Line) -> bool:
    """Whether modifier CA makes an inpatient-only procedure payable on this bill, or returned for what it lacks."""
    return _CA in line.modifier_codes and _ONCE.holds_for(line)


def _may_be_under_opps(setting: Setting) -> bool:
    return is_outpatient(setting) and setting.facility_type in ("12", "13", "76")


def _is_inpatient_only(line: Line) -> bool:
    if line.code is None or not is_outpatient(line.setting) or not _DAY.holds_for(line):
        return False
    answer = line.tables.opps(line.code)
    return isinstance(answer, Found) and answer.value.status_indicator == _INPATIENT


def _status_of_patient(claim: Claim, _on: date | None) -> str | None:
    return claim.patient_status if isinstance(claim.patient_status, str) else None


@rule(
    id="FAC505",
    name="inpatient-only",
    scope=Scope.CLAIM,
    phase=Phase.BUNDLING,
    reads=("claim", "setting", "lines", "days", "edited", "policy"),
    tables=("opps", PROCEDURES),
    outcomes=(
        INPATIENT_ONLY.when("an inpatient-only procedure, or another service of its day, is on an outpatient bill"),
        NOT_PAID_APART.when("the inpatient-only procedure is one that is done with the surgery of its day"),
        MORE_THAN_ONE.when("modifier CA is on two lines or units"),
        PATIENT_LIVES.when("modifier CA is billed for a patient who neither died nor was transferred"),
        NOT_COVERED.when("the service is not covered on a claim with modifier CA"),
    ),
    parameters=(OutpatientEdits, PatientStatus),
    needs=Needs(
        setting=_may_be_under_opps,
        code_list="opps",
        other_lists=(PROCEDURES,),
        line=_is_inpatient_only,
        of_claim=_status_of_patient,
    ),
    sources=(
        "CMS, Integrated Outpatient Code Editor, edits 18, 45, 49, 60, 70 and 121",
        "CMS, Medicare Claims Processing Manual, chapter 4, section 180.7: inpatient-only services",
    ),
)
def inpatient_only(view: WholeClaim) -> Outcomes:
    """Denies the day of an inpatient-only procedure, or reports what prevents payment for it."""
    lines, _ = edited(view)
    inpatient = [line for line in lines if _status(line) == _INPATIENT]
    comprehensive = any(_status(line) == _COMPREHENSIVE for line in lines)
    surgery = {line.day for line in lines if _status(line) == _SURGERY}
    dying = [line for line in inpatient if is_for_the_dying(line.line)]
    dying = [line for line in dying if not (_is_separate(line) and (comprehensive or line.day in surgery))]
    if dying:
        yield from _of_the_dying(dying, lines, view)
        return  # the claim is paid by the procedure with CA
    for day, lot in by_day(lines):
        if day is None or not any(line in inpatient for line in lot):
            continue
        alone: list[Edited] = []
        paid = comprehensive or day in surgery
        for line in (line for line in lot if line in inpatient):
            separate = _is_separate(line)
            if separate is None and paid:
                yield unchecked(Reason.NO_TABLE, lines=(line.position,))
            elif separate and paid:
                yield _found(_SEPARATE, line)
            else:
                alone.append(line)
                if separate:
                    yield _found(_DENIED, line)
        if alone:
            for line in lot:
                if line not in alone:
                    yield _found(_DAY, line, tuple(one.position for one in alone))


def _status(line: Edited) -> str:
    answer = line.line.tables.opps(line.code) if line.code is not None else None
    return answer.value.status_indicator if isinstance(answer, Found) else ""


def _is_separate(line: Edited) -> bool | None:
    """Whether the editor's list of separate procedures has the code; None if the list is not loaded."""
    return SEPARATE in line.flags if line.edition is not None else None


def _found(edit: Edit, line: Edited, related: tuple[int, ...] = ()) -> Raised:
    what = f"Revenue code {line.revenue}" if line.code is None else f"Code {line.code}"
    message = f"{what} {edit.says}"
    return edit.outcome(message, line=line.position, related=related, edit=edit.number, code=line.code)


def _of_the_dying(dying: Sequence[Edited], lines: Sequence[Edited], view: WholeClaim) -> Outcomes:
    """The procedure on one line with one unit, a patient status for death or transfer, and nothing noncovered."""
    status, units = view.claim.patient_status, sum(line.units for line in dying)
    gone = view.policy[PatientStatus].died_or_transferred
    for line in dying:
        if units > 1:
            yield MORE_THAN_ONE(f"{_ONCE.says}: {units} billed", line=line.position, edit=60, code=line.code)
        if not isinstance(status, str) or status not in gone:
            yield PATIENT_LIVES(_STATUS.says, line=line.position, edit=70, code=line.code)
    for line in lines:
        if line not in dying and _status(line) in _NOT_COVERED and _BESIDE.holds_for(view):
            yield _found(_BESIDE, line, tuple(one.position for one in dying))
