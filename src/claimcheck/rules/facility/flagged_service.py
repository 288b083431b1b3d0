"""Some services need manual review, or are not allowed on this type of bill.

## What it checks
According to the outpatient code editor's own table of procedures: services of questionable coverage (edit 12), drugs
without a code and a price (66), services that a health center is not paid for (91), opioid treatment program services
on other bills (116), telehealth modifiers on a critical access hospital's service that is not telehealth (126),
services not paid on an inpatient Part B bill (127), items billed to another contractor (61), items not allowed with
modifier PN (101), and codes bundled into a biologic (111). Until 2023-06-30, services whose coinsurance modifier CS
does not waive (114); from 2022-04-01 to 2024-12-31, pass-through drugs with the 340B modifier JG (122). All are edits
of the Integrated Outpatient Code Editor.

## Why payers deny it
Whether such a service is paid, and by whom, depends on the type of bill; some need manual review.

## Example
The editor's table is not among the starter tables. Without it, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0636", "procedure_code": "C9399", "units": 1, "charge": "300.00",
...         "service_date": "2024-06-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if "FAC502" in entry.rules]
['no_table']

## What it does not check
Bills on which the editor does not run the edit. Lines that another edit denied, by the edits that ask for manual
review. On a bill of an inpatient's Part B services condition code W2, vaccines, and nuclear medicine drugs of revenue
codes 0240 and 0636 together, from 2025 on.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import Observation, OutpatientEdits
from claimcheck.rules.facility.edit import (
    ALL_BILLS,
    PROCEDURES,
    Edit,
    Edited,
    Lines,
    concerns,
    edited,
    flags_of,
    lacking,
    runs_editor,
)
from claimcheck.rules.facility.payment import GROUPS, PAIRS, REVENUE, pays_for_all
from claimcheck.rules.facts import Line, WholeClaim
from claimcheck.rules.remedies import bill_otherwise, change_modifier, not_paid
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule
from claimcheck.tables import Found

REMEDY_QUESTIONABLE = bill_otherwise("Send the documentation that the payer asks for")
REMEDY_NOT_OF_A_CENTER = not_paid("Not paid to this kind of center")
REMEDY_ANOTHER_BILL = bill_otherwise("Bill the service on the type of bill that it belongs to")
REMEDY_NO_TELEHEALTH = change_modifier("Remove the telehealth modifier, or bill a telehealth service")
REMEDY_NOT_PART_B = not_paid("Not paid on a bill for an inpatient's Part B services")
REMEDY_IN_THE_BIOLOGICAL = not_paid("Included in the payment for the biological")
REMEDY_ANOTHER_CONTRACTOR = bill_otherwise("Bill the contractor that processes this item")
REMEDY_NO_WAIVER = change_modifier("Remove modifier CS, or bill the COVID-19 service that it belongs to")
REMEDY_NO_DISCOUNT = change_modifier("Remove modifier JG: the 340B payment does not apply to a pass-through drug")
REMEDY_OFF_CAMPUS = change_modifier("Remove modifier PN if the department is excepted; otherwise bill the clinic visit")

QUESTIONABLE = Outcome(Severity.WARNING, Disposition.REVIEW, remedy=REMEDY_QUESTIONABLE)
NOT_OF_A_CENTER = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "96", ("N130",), remedy=REMEDY_NOT_OF_A_CENTER)
ANOTHER_BILL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "282", remedy=REMEDY_ANOTHER_BILL)
NO_TELEHEALTH = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "4", ("N519",), remedy=REMEDY_NO_TELEHEALTH)
NOT_PART_B = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "282", remedy=REMEDY_NOT_PART_B)
IN_THE_BIOLOGICAL = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "97", ("M15",), remedy=REMEDY_IN_THE_BIOLOGICAL)
ANOTHER_CONTRACTOR = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "109", remedy=REMEDY_ANOTHER_CONTRACTOR)
OFF_CAMPUS = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "4", ("N519",), remedy=REMEDY_OFF_CAMPUS)
NO_WAIVER = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "4", ("N519",), remedy=REMEDY_NO_WAIVER)
NO_DISCOUNT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "4", ("N519",), remedy=REMEDY_NO_DISCOUNT)

_TELEHEALTH = frozenset({"95", "GT", "GQ"})
_VACCINE = "L"
EQUIPMENT = "dmerc_billable_only"  #: the flag for items billed to the DME contractor
_WAIVED, _DISCOUNTED = "CS", "JG"  #: modifiers of COVID-19 services without coinsurance, and of drugs bought under 340B
_PASSED_ON = "G"  #: the status indicator of drugs of pass-through status
_OFF_CAMPUS, _MAY_BE_VISITS, _CLINIC_VISIT, _PROGRAM = "PN", "J2", "G0463", "P"
_NOT_OF_A_CENTER = ("029", "054")  #: equipment and ambulance services, which are never paid to a health center


@attrs.frozen
class Flagged:
    """An edit, and the lines it applies to: by a flag of their code, or by what `holds` for them."""

    edit: Edit
    holds: Callable[[Edited, Lines, WholeClaim], bool]
    of_denied: bool = False  #: whether it also applies to a line that another edit denied


def _flag(name: str) -> Callable[[Edited, Lines, WholeClaim], bool]:
    return lambda line, _lines, _view: name in line.flags


def is_not_of_a_center(line: Edited) -> bool:
    """Whether the line is never paid to a health center, by its code or revenue code."""
    return "fqhc_non_covered" in line.flags or (line.revenue or "")[:3] in _NOT_OF_A_CENTER


def _is_no_telehealth(line: Edited, _lines: Lines, _view: WholeClaim) -> bool:
    return line.known and "telehealth" not in line.flags and bool(line.modifiers & _TELEHEALTH)


def _is_not_waived(line: Edited, _lines: Lines, _view: WholeClaim) -> bool:
    return line.known and _WAIVED in line.modifiers and "coinsurance_deductible_waiver_eligible" not in line.flags


def is_discounted(line: Edited) -> bool:
    """Whether a drug of pass-through status is billed as bought under 340B."""
    return line.status == _PASSED_ON and _DISCOUNTED in line.modifiers


def _is_not_part_b(line: Edited, lines: Lines, view: WholeClaim) -> bool:
    if line.code is None or not line.values or "part_b_billable" in line.flags or line.status == _VACCINE:
        return False
    if line.revenue is None or _is_payable_part_b(line, view):
        return False
    together = view.policy[OutpatientEdits].part_b_together
    return not (line.revenue in together and {one.revenue for one in lines} >= {*together})


def _is_equipment(line: Edited, lines: Lines, view: WholeClaim) -> bool:
    """Whether the equipment is billed to another contractor: not if a comprehensive service pays for it."""
    return EQUIPMENT in line.flags and pays_for_all(lines, view) is None


def _is_visit_off_campus(line: Edited, lines: Lines, view: WholeClaim) -> bool:
    """Whether an off-campus visit is neither a clinic visit nor paid as comprehensive observation."""
    if _OFF_CAMPUS not in line.modifiers or line.status != _MAY_BE_VISITS or line.code == _CLINIC_VISIT:
        return False
    primary = pays_for_all(lines, view)
    return primary is None or primary.status != _MAY_BE_VISITS


def _is_program_off_campus(line: Edited, _lines: Lines, _view: WholeClaim) -> bool:
    return _OFF_CAMPUS in line.modifiers and line.status == _PROGRAM


def _is_payable_part_b(line: Edited, view: WholeClaim) -> bool:
    """Whether the revenue code is, as of receipt, payable on a Part B inpatient bill."""
    answer = line.line.tables.code_list(REVENUE, line.revenue or "")
    if not isinstance(answer, Found):
        return not view.tables.tables.has_code_list(REVENUE)
    return "part_b_billable_inpatient" in flags_of(answer.value.get("flags"))


EDITS = (
    Flagged(Edit(12, QUESTIONABLE, ALL_BILLS, "is of questionable coverage"), _flag("questionable")),
    Flagged(
        Edit(91, NOT_OF_A_CENTER, "71~92 77", "is not payable to a health center"),
        lambda line, _lines, _view: is_not_of_a_center(line),
        of_denied=True,
    ),
    Flagged(
        Edit(
            *(116, ANOTHER_BILL, "12 13~89 14 22 23 32 34 71 72 73 74 75 76 77~65 78 81 82 83 84 85~89 89"),
            "is for opioid treatment programs",
        ),
        _flag("opioid_treatment_program"),
        of_denied=True,
    ),
    Flagged(
        Edit(
            *(111, IN_THE_BIOLOGICAL, "12 13~89 22 23 32 34 71 72 74 75 76 77~65 78 81 82 83 84 85~89"),
            "is included in the cost of the biological",
        ),
        _flag("bundled_in_biological"),
        of_denied=True,
    ),
    Flagged(
        Edit(126, NO_TELEHEALTH, "85", "not on the list of telehealth services; telehealth modifier not allowed"),
        _is_no_telehealth,
        of_denied=True,
    ),
    Flagged(
        Edit(127, NOT_PART_B, "12~W2", "is not payable on an inpatient Part B bill"),
        _is_not_part_b,
        of_denied=True,
    ),
    Flagged(
        Edit(
            *(114, NO_WAIVER, ALL_BILLS.replace("14 ", "")),
            "does not qualify for the coinsurance waiver; modifier CS not allowed",
        ),
        _is_not_waived,
        of_denied=True,
    ),
    Flagged(
        Edit(122, NO_DISCOUNT, "12 13 76", "is a pass-through drug; 340B modifier JG not allowed"),
        lambda line, _lines, _view: is_discounted(line),
        of_denied=True,
    ),
    # After what denies a line on this bill: such a line is not priced.
    Flagged(
        Edit(66, QUESTIONABLE, "12 13~89", "is an unclassified drug; manual pricing required"),
        _flag("unclassified_drug"),
    ),
    Flagged(
        Edit(
            *(61, ANOTHER_CONTRACTOR, ALL_BILLS.replace("32 34 ", "").replace("81 82 ", "")),
            "must be billed to the DME contractor",
        ),
        _is_equipment,
        of_denied=True,
    ),
    Flagged(
        Edit(101, OFF_CAMPUS, "13~89", "is not allowed off campus (modifier PN)"), _is_visit_off_campus, of_denied=True
    ),
    Flagged(
        Edit(101, OFF_CAMPUS, "76", "is not allowed off campus (modifier PN)"), _is_program_off_campus, of_denied=True
    ),
)


_has_a_flag = concerns(
    *("questionable", "unclassified_drug", "opioid_treatment_program", "bundled_in_biological"),
    EQUIPMENT,
    modifiers=[*_TELEHEALTH, _OFF_CAMPUS, _WAIVED, _DISCOUNTED],
)


_is_not_covered_of_a_center = concerns("fqhc_non_covered")


def _may_be_flagged(line: Line) -> bool:
    if line.setting.facility_type == "12" and line.code is not None:
        return True  # not paid for an inpatient is everything that no list names
    if line.setting.facility_type in ("71", "77"):
        of_revenue = (line.revenue.text or "")[:3] in _NOT_OF_A_CENTER
        return of_revenue or _is_not_covered_of_a_center(line) or _has_a_flag(line)
    return _has_a_flag(line)


@rule(
    id="FAC502",
    name="flagged-service",
    scope=Scope.CLAIM,
    phase=Phase.BUNDLING,  # after what denies a line by itself: that line is not checked again
    reads=("setting", "lines", "days", "edited", "policy", "tables"),
    tables=(PROCEDURES, GROUPS, REVENUE, PAIRS),
    outcomes=(
        QUESTIONABLE.when("coverage is questionable, or a drug has no code of its own"),
        NOT_OF_A_CENTER.when("a health center is never paid for the service"),
        ANOTHER_BILL.when("the service is for opioid treatment programs"),
        IN_THE_BIOLOGICAL.when("the service is a step of making a biological"),
        NO_TELEHEALTH.when("a telehealth modifier is on a service that is not telehealth"),
        NOT_PART_B.when("the service is not payable on an inpatient Part B bill"),
        ANOTHER_CONTRACTOR.when("another contractor processes the item"),
        OFF_CAMPUS.when("modifier PN is on a service that is not allowed off campus"),
        NO_WAIVER.when("modifier CS is on a service without a coinsurance waiver"),
        NO_DISCOUNT.when("modifier JG is on a pass-through drug"),
    ),
    parameters=(OutpatientEdits, Observation),
    needs=Needs(setting=runs_editor, code_list=PROCEDURES, line=_may_be_flagged),
    sources=("CMS, Integrated Outpatient Code Editor, edits 12, 61, 66, 91, 101, 111, 114, 116, 122, 126 and 127",),
)
def flagged_service(view: WholeClaim) -> Outcomes:
    """Applies the editor's flags for services on this bill."""
    running = [flagged for flagged in EDITS if flagged.edit.holds_for(view)]
    if not running:
        return
    lines, silent = edited(view)
    yield from (*silent, *lacking(view, GROUPS, REVENUE, PAIRS))
    for line in lines:
        denied = line.denied
        for flagged in running:
            if flagged.holds(line, lines, view) and (flagged.of_denied or not denied):
                edit = flagged.edit
                denied = denied or edit.outcome.disposition is Disposition.DENIED
                what = f"Revenue code {line.revenue}" if line.code is None else f"Code {line.code}"
                message = f"{what} {edit.says}: bill type {view.setting.facility_type}x"
                yield edit.outcome(
                    message, line=line.position, edit=edit.number, code=line.code, revenue_code=line.revenue
                )
