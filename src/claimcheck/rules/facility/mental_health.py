"""A mental health program bill has the program's diagnosis and services.

## What it checks
On partial hospitalization bills (condition code 41, or a community mental health center's) and intensive outpatient
bills (92): a mental health principal diagnosis (edit 29), or a code-first diagnosis with a mental health diagnosis
second (109); a primary service on each day of services (191, 190); three services a day (131, 128, which only inform);
and no service that the program does not cover (80, 132). Until 2023, a day of partial hospitalization with fewer than
three services, or without a primary one, is denied (30). All are edits of the Integrated Outpatient Code Editor; those
for intensive outpatient services start in 2024.

## Why payers deny it
The programs are paid by the day, for days with several services for a mental illness.

## Example
The editor's tables are not among the starter tables. Without them, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0915", "procedure_code": "G0410", "units": 1, "charge": "90.00",
...         "service_date": "2024-07-15"}
>>> claim = {"claim_type": "institutional", "bill_type": "0131", "condition_codes": ["41"], "lines": [line]}
>>> [str(entry.reason) for entry in validate_claim(claim).not_checked if "FAC507" in entry.rules]
['no_table']

## What it does not check
The hours per week, which FAC511 checks. Claims with a day that an inpatient-only procedure denies. Lines that another
edit denied.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import OutpatientEdits
from claimcheck.rules.facility.edit import PROCEDURES, Edit, Edited, by_day, edited, runs_editor
from claimcheck.rules.facts import ClaimDiagnosis, Setting, WholeClaim
from claimcheck.rules.facts.diagnosis import flagged
from claimcheck.rules.remedies import bill_otherwise, change_code, correct
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import Found, NotCovered

REMEDY_NOT_MENTAL_HEALTH = change_code(
    "Report the mental health diagnosis that the services treat as the principal", documented=True
)
REMEDY_NO_SECOND = change_code("Add the mental health diagnosis as the second one", documented=True)
REMEDY_NOT_OF_THE_BILL = bill_otherwise("Bill the service on the type of bill that it belongs to")
REMEDY_DAY_DENIED = correct("Add the services of the day that are missing; a day needs three, one of them primary")
REMEDY_NO_PRIMARY = change_code("Add the primary service of the day", documented=True)

NOT_MENTAL_HEALTH = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "11", remedy=REMEDY_NOT_MENTAL_HEALTH)
NO_SECOND = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M64",), remedy=REMEDY_NO_SECOND)
NOT_OF_THE_BILL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "282", remedy=REMEDY_NOT_OF_THE_BILL)
NO_PRIMARY = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "107", remedy=REMEDY_NO_PRIMARY)
DAY_DENIED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "272", remedy=REMEDY_DAY_DENIED)
TOO_FEW = Outcome(Severity.INFO, Disposition.PAYABLE)

_DIAGNOSIS = Edit(29, NOT_MENTAL_HEALTH, "13+41 13+92 76", "Principal diagnosis not related to mental health")
_SECOND = Edit(109, NO_SECOND, "13+41 13+92 76", "First secondary diagnosis not related to mental health")


@attrs.frozen
class Program:
    """A program: the flags of its primary, other, and add-on services, and its edits."""

    primary: str
    service: str
    add_on: str
    without: Edit
    too_few: Edit | None
    revenue: str | None = None  #: the revenue code of its services, if the bill has others too


_PROGRAMS = (
    Program(
        *("ph_primary", "ph_service", "ph_addon"),
        Edit(191, NO_PRIMARY, "13+41 76~92", "Partial hospitalization service billed without a primary service"),
        Edit(131, TOO_FEW, "13+41 76~92", "Fewer than 3 partial hospitalization services"),
    ),
    Program(
        *("iop_primary", "iop_service", "iop_addon"),
        Edit(190, NO_PRIMARY, "13+92 76+92", "Intensive outpatient service billed without a primary service"),
        Edit(128, TOO_FEW, "13+92 76+92", "Fewer than 3 intensive outpatient services"),
    ),
    Program(
        *("iop_primary", "iop_service", "iop_addon"),
        Edit(190, NO_PRIMARY, "71+92", "Intensive outpatient service billed without a primary service"),
        None,
        "0905",
    ),
)
#: Services that are not for a bill, by their flag.
_MISPLACED = (
    ("mh_not_ph", Edit(80, NOT_OF_THE_BILL, "76~92", "not approved for partial hospitalization")),
    ("mh_not_iop", Edit(132, NOT_OF_THE_BILL, "76+92", "not approved for intensive outpatient services")),
)
#: Before its successors of 2024 (131, 191): CMS, Medicare Claims Processing Manual, chapter 4, section 260.
_DAY = Edit(30, DAY_DENIED, "13+41 76", "Fewer than 3 partial hospitalization services, or no primary one, on one day")
_ALL = (
    *(_DIAGNOSIS, _SECOND, _DAY),
    *(edit for program in _PROGRAMS for edit in (program.without, program.too_few) if edit is not None),
    *(edit for _, edit in _MISPLACED),
)
_DAY_DENIED = 49  #: of a line on the day of an inpatient-only procedure
_ENOUGH = 3
_CONDITIONS = frozenset({"41", "92"})  #: of partial hospitalization, and of intensive outpatient services
_OF_DENIED = frozenset({132})  #: edits that also apply to a line that another edit denied


def is_of_a_program(setting: Setting) -> bool:
    """Whether the bill may be a mental health program's."""
    if setting.facility_type == "76":
        return runs_editor(setting)
    return (
        setting.facility_type in ("13", "71") and bool(setting.condition_codes & _CONDITIONS) and runs_editor(setting)
    )


@rule(
    id="FAC507",
    name="mental-health-program",
    scope=Scope.CLAIM,
    phase=Phase.FREQUENCY,  # after pairs and add-on codes: what they deny is not a service of the day
    reads=("setting", "diagnoses", "lines", "days", "edited", "policy"),
    tables=(PROCEDURES, "outpatient_diagnosis"),
    outcomes=(
        NOT_MENTAL_HEALTH.when("the principal diagnosis is not related to mental health"),
        NO_SECOND.when("a condition coded first is not followed by a mental health diagnosis"),
        NOT_OF_THE_BILL.when("the service is not approved for the program"),
        NO_PRIMARY.when("a day has no primary service of the program"),
        DAY_DENIED.when("a day of partial hospitalization does not qualify, while edit 30 is in force"),
        TOO_FEW.when("a day has fewer than three services"),
    ),
    parameters=(OutpatientEdits,),
    needs=Needs(setting=is_of_a_program, code_list=PROCEDURES),
    sources=("CMS, Integrated Outpatient Code Editor, edits 29, 30, 80, 109, 128, 131, 132, 190 and 191",),
)
def mental_health_program(view: WholeClaim) -> Outcomes:
    """Returns a program's bill without its diagnosis or its services."""
    if not any(edit.holds_for(view) for edit in _ALL):
        return
    lines, silent = edited(view)
    yield from silent
    if any(number == _DAY_DENIED for line in lines for number, _ in line.edits):
        return
    yield from _of_the_diagnosis(view)
    open_lines = tuple(line for line in lines if not line.denied)
    for flag, edit in _MISPLACED:
        for line in lines if edit.number in _OF_DENIED else open_lines:
            if flag in line.flags and edit.holds_for(view):
                message = f"Code {line.code} {edit.says}"
                yield NOT_OF_THE_BILL(message, line=line.position, edit=edit.number, code=line.code)
    for program in _PROGRAMS:
        for _, lot in by_day(open_lines):
            yield from _of_a_day(program, lot, view)
    if _DAY.holds_for(view):
        for _, lot in by_day(lines):
            yield from _of_a_denied_day(_PROGRAMS[0], lot)


def _of_the_diagnosis(view: WholeClaim) -> Outcomes:
    if not _DIAGNOSIS.holds_for(view):
        return
    principal = next((one for one in view.diagnoses if one.role == "principal"), None)
    if principal is None or principal.code is None:
        return
    first = flagged(principal, "code_first")
    if isinstance(first, NotCovered):
        yield unchecked(first)
    elif isinstance(first, Found):
        second = next((one for one in view.diagnoses if one.role == "other"), None)
        if not (second is not None and _is_of_mental_health(second)):
            yield NO_SECOND(f"{_SECOND.says}: {principal.shown} is coded first", edit=109, code=principal.shown)
    elif not _is_of_mental_health(principal):
        yield NOT_MENTAL_HEALTH(f"{_DIAGNOSIS.says}: {principal.shown}", edit=29, code=principal.shown)


def _is_of_mental_health(diagnosis: ClaimDiagnosis) -> bool:
    return diagnosis.code is not None and isinstance(flagged(diagnosis, "mental_health"), Found)


def _of_a_day(program: Program, lot: Sequence[Edited], view: WholeClaim) -> Outcomes:
    if program.revenue is not None:
        lot = [line for line in lot if line.revenue == program.revenue]
    primary = [line for line in lot if program.primary in line.flags]
    services = [line for line in lot if program.service in line.flags]
    if services and not primary and program.without.holds_for(view):
        yield NO_PRIMARY(
            f"{program.without.says} on the same day", edit=program.without.number, related=_positions(services)
        )
    counted = _counted(program, lot)
    units = sum(line.units for line in counted)
    if program.too_few is not None and units < _ENOUGH and program.too_few.holds_for(view):
        for line in counted:
            if program.add_on not in line.flags:
                message = f"{program.too_few.says} on one day: {units} billed"
                yield TOO_FEW(message, line=line.position, edit=program.too_few.number, code=line.code)


def _counted(program: Program, lot: Sequence[Edited]) -> list[Edited]:
    """The services of a day that make it a day of the program: all but add-on services."""
    services = [line for line in lot if line.flags & {program.primary, program.service}]
    return [line for line in services if program.add_on not in line.flags or program.primary in line.flags]


def _of_a_denied_day(program: Program, lot: Sequence[Edited]) -> Outcomes:
    """A day of too few services is denied as a whole, but for add-on services; a denied line is no service of it."""
    counted = [line for line in _counted(program, lot) if not line.denied]
    units = sum(line.units for line in counted)
    if units >= _ENOUGH and any(program.primary in line.flags for line in counted):
        return
    for line in lot:
        if line.flags & {program.primary, program.service} and program.add_on not in line.flags:
            yield DAY_DENIED(f"{_DAY.says}: {units} billed", line=line.position, edit=_DAY.number, code=line.code)


def _positions(lines: Sequence[Edited]) -> tuple[int, ...]:
    return tuple(line.position for line in lines)
