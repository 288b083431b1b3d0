"""Some services are paid only together with another service, and some are never paid together.

## What it checks
According to the outpatient code editor's own tables, some services must be billed with another one: a blood product
with a transfusion (edit 43), a product with a skin substitute application (87), a device with a device-intensive
procedure (92), a specific device with some procedures (135), a cornea transplant with corneal tissue (93), an implant
procedure with a device or radiation source (38), the right procedure with a pass-through device (98, and 105 from its
approval date), a payable service with a drug (99), the donor line with a stem cell transplant (100), a colorectal
procedure with modifier PT (120), another mental health service with training (35), and, until 2023-06-30, the COVID-19
test with its add-on code U0005 (115). Services that are part of intensity-modulated radiation planning must not be
billed with it (125). All are edits of the Integrated Outpatient Code Editor.

## Why payers deny it
The service is paid only as part of, or because of, the other one; without it the claim is returned.

## Example
The editor's tables are not among the starter tables. Without them, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0391", "procedure_code": "36430", "units": 1, "charge": "300.00",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if "FAC503" in entry.rules]
['no_table']

## What it does not check
Discontinued procedures (52, 73, 74) where the editor's text says so. Bills on which the editor does not run the edit.
Lines that another edit denied, and services on other claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import Observation, OutpatientEdits
from claimcheck.policies.parameters.ncci import BillTypes
from claimcheck.rules.facility.edit import (
    ALL_BILLS,
    PAIRS,
    PAYABLE,
    PROCEDURES,
    Edit,
    Edited,
    by_day,
    concerns,
    edited,
    lacking,
    paired,
    runs_editor,
)
from claimcheck.rules.facility.payment import GROUPS, REVENUE, paid
from claimcheck.rules.facts import WholeClaim
from claimcheck.rules.remedies import change_code, change_date, change_modifier, not_paid
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Raised, Scope, rule
from claimcheck.rules.wording import alternatives
from claimcheck.tables import Found

REMEDY_ALONE = change_code("Bill the service that the message names with it", documented=True)
REMEDY_BEFORE_APPROVAL = change_date("Correct the service date; not paid before the approval")
REMEDY_NO_SUCH_SERVICE = change_modifier("Remove the modifier, or bill the procedure that it belongs to")
REMEDY_PART_OF_IT = not_paid("Not paid separately: the payment is part of the other service")

ALONE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "107", remedy=REMEDY_ALONE)
NOT_PAID_ALONE = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "107", remedy=REMEDY_ALONE)
BEFORE_APPROVAL = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "114", remedy=REMEDY_BEFORE_APPROVAL)
NO_SUCH_SERVICE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "4", ("N519",), remedy=REMEDY_NO_SUCH_SERVICE)
PART_OF_IT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "97", ("M15",), remedy=REMEDY_PART_OF_IT)

_PLAIN = "12 13~41~89~92"
_PLAIN_OR_CAH = "12 13~41~89~92 85~89"
_WITH_83 = "12 13~41~89~92 83 85~89"
_BROKEN_OFF = frozenset({"52", "73", "74"})

Holds = Callable[[Edited], bool]


@attrs.frozen
class Beside:
    """An edit: which lines need one that `serves`, on the same day or the whole claim, and what that would be."""

    edit: Edit
    needs: Holds
    serves: Holds
    wanted: str
    same_day: bool = True
    past_denied: bool = True  #: whether a denied line neither needs nor serves
    but_professional: bool = False  #: whether a day with a professional line on a divided bill is exempt


def _has(*flags: str) -> Holds:
    wanted = frozenset(flags)
    return lambda line: bool(line.flags & wanted)


def _is_of(*statuses: str) -> Holds:
    wanted = frozenset(statuses)
    return lambda line: line.status in wanted


def _lacks_device(line: Edited) -> bool:
    if "device_procedure" not in line.flags or line.modifiers & _BROKEN_OFF:
        return False
    return not ("bypass_e92_modifier" in line.flags and "CG" in line.modifiers)


def _is_drug(line: Edited) -> bool:
    return line.status in ("G", "K") and "bypass_e99" not in line.flags


def _is_pain_relief(line: Edited) -> bool:
    return line.status == "K1" and "bypass_e99" not in line.flags


def _is_payable(line: Edited) -> bool:
    return line.status in PAYABLE


def _is_paid(line: Edited) -> bool:
    return line.status in PAYABLE and not line.denied


EDITS = (
    Beside(
        Edit(35, ALONE, "12 13~89", "Mental health training"),
        _has("educational"),
        lambda line: "educational" not in line.flags,
        "another mental health service on the same day",
        past_denied=False,
    ),
    Beside(
        Edit(43, ALONE, "12 13~89 76", "Transfusion"),
        _has("blood_service"),
        _has("blood_product"),
        "a blood product",
        same_day=False,
        past_denied=False,
    ),
    Beside(
        Edit(87, ALONE, _WITH_83, "Low-cost skin substitute application"),
        _has("skin_substitute_sg_lo"),
        _has("skin_substitute_lo"),
        "a low-cost product on the same day",
        past_denied=False,
        but_professional=True,
    ),
    Beside(
        Edit(87, ALONE, _WITH_83, "High-cost skin substitute application"),
        _has("skin_substitute_sg_hi"),
        _has("skin_substitute_hi"),
        "a high-cost product on the same day",
        past_denied=False,
        but_professional=True,
    ),
    Beside(
        Edit(87, ALONE, _WITH_83, "Skin substitute application"),
        _has("skin_substitute_application_procedure"),
        _is_of("S1"),
        "a product on the same day",  # paid separately, with status S1, from 2026 on
        past_denied=False,
        but_professional=True,
    ),
    Beside(
        Edit(92, ALONE, "12 13~89", "Device-intensive procedure"),
        _lacks_device,
        _has("device"),
        "a device on the same day",
        past_denied=False,
    ),
    Beside(
        Edit(93, NOT_PAID_ALONE, _PLAIN_OR_CAH, "Corneal tissue processing"),
        _has("cornea_tissue_processing"),
        _has("cornea_transplant"),
        "a cornea transplant on the same day",
    ),
    Beside(
        Edit(99, ALONE, "12 13~89 76", "Drug"),
        _is_drug,
        _is_payable,
        "a payable service on the claim",
        same_day=False,
        past_denied=False,
    ),
    Beside(
        Edit(99, ALONE, "12 13~89 76", "Pain relief drug"),
        _is_pain_relief,
        _is_paid,
        "a payable service on the claim",
        same_day=False,
        past_denied=False,
    ),
    Beside(
        Edit(98, ALONE, _PLAIN, "Pain relief device"),
        _is_of("H1"),
        _is_payable,
        "a payable service on the claim",
        same_day=False,
    ),
    Beside(
        Edit(100, ALONE, _PLAIN_OR_CAH, "Stem cell transplant"),
        _has("allogeneic_transplant"),
        lambda line: line.revenue == "0815",
        "a line for the donor's cells (revenue code 0815)",
        same_day=False,
    ),
    Beside(
        Edit(120, NO_SUCH_SERVICE, _PLAIN_OR_CAH, "Modifier PT on"),
        lambda line: "PT" in line.modifiers,
        _has("colorectal"),
        "a colorectal procedure on the same day",
        past_denied=False,
    ),
    Beside(
        Edit(115, NOT_PAID_ALONE, ALL_BILLS, "COVID-19 test add-on"),
        _has("addon_covid_lab"),
        lambda line: line.code in ("U0003", "U0004"),  # which the text of the edit names
        "U0003 or U0004 on the same day",
        past_denied=False,
    ),
)
_IMPLANT = Edit(38, ALONE, "12 13~89", "Device or radiation source")
_OWN_DEVICE = Edit(135, ALONE, "12 13~89", "Procedure")
_DEVICE = Edit(98, ALONE, _PLAIN, "Pass-through device")
_APPROVED = Edit(105, BEFORE_APPROVAL, _PLAIN, "Pass-through device")
_PLAN = Edit(125, PART_OF_IT, _PLAIN, "Part of a radiation plan")
_ALL = (*(beside.edit for beside in EDITS), _IMPLANT, _OWN_DEVICE, _DEVICE, _APPROVED, _PLAN)

_may_need_another = concerns(
    *("educational", "blood_service", "skin_substitute_sg_lo", "skin_substitute_sg_hi", "device_procedure", "imrt"),
    *("skin_substitute_application_procedure", "cornea_tissue_processing", "allogeneic_transplant"),
    *("device_dependent_procedure", "passthrough_device", "addon_covid_lab"),
    statuses=("H", "U", "H1", "G", "K", "K1"),
    modifiers=["PT"],
)


@rule(
    id="FAC503",
    name="needs-beside",
    scope=Scope.CLAIM,
    phase=Phase.FREQUENCY,  # after pairs and add-on codes: what they deny serves nothing
    reads=("setting", "lines", "days", "edited", "policy", "tables"),
    tables=(PROCEDURES, PAIRS, GROUPS, REVENUE),
    outcomes=(
        ALONE.when("the service that it needs is not billed"),
        NOT_PAID_ALONE.when("a test add-on or corneal tissue is billed without its procedure"),
        BEFORE_APPROVAL.when("a pass-through device is before its FDA approval for the procedure"),
        NO_SUCH_SERVICE.when("modifier PT is without a colorectal procedure"),
        PART_OF_IT.when("the service is bundled into another one on the claim"),
    ),
    parameters=(OutpatientEdits, BillTypes, Observation),
    needs=Needs(setting=runs_editor, code_list=PROCEDURES, line=_may_need_another),
    sources=(
        "CMS, Integrated Outpatient Code Editor, edits 35, 38, 43, 87, 92, 93, 98-100, 105, 115, 120, 125 and 135",
    ),
)
def needs_beside(view: WholeClaim) -> Outcomes:
    """Returns services billed without the service they are paid with."""
    if not any(edit.holds_for(view) for edit in _ALL):
        return
    lines, silent = edited(view)
    if silent:
        yield from silent  # what they are might serve another
        return
    missing = lacking(view, PAIRS, GROUPS, REVENUE)
    yield from missing
    for beside in EDITS:
        if beside.edit.holds_for(view) and any(map(beside.needs, lines)):
            lots = [lot for _, lot in by_day(lines)] if beside.same_day else [list(lines)]
            for lot in lots:
                yield from _judge(beside, lot, view)
    if _IMPLANT.holds_for(view) and any(line.status in _IMPLANTED for line in lines):
        how = {one.status for one in paid(lines, view)}
        if not how & _IMPLANTING:
            for line in (line for line in lines if line.status in _IMPLANTED):
                yield _alone(_IMPLANT, line, "a procedure that implants or applies it")
    if all(one.table != PAIRS for one in missing):
        yield from _by_pairs(lines, view)


_IMPLANTED, _IMPLANTING = frozenset({"H", "U"}), frozenset({"S", "T", "J1"})


def _judge(beside: Beside, lot: Iterable[Edited], view: WholeClaim) -> Outcomes:
    lot = [line for line in lot if not (beside.past_denied and line.denied)]
    if beside.but_professional and _is_professional(lot, view):
        return
    if any(map(beside.serves, lot)):
        return
    for line in filter(beside.needs, lot):
        yield _alone(beside.edit, line, beside.wanted)


def _is_professional(lot: Iterable[Edited], view: WholeClaim) -> bool:
    """Whether a day on a divided bill has a professional line."""
    policy = view.policy[BillTypes]
    divided = view.setting.facility_type in policy.divided
    return divided and any(line.revenue in policy.professional_revenue for line in lot)


def _alone(edit: Edit, line: Edited, wanted: str) -> Raised:
    message = f"{edit.says} {line.code} billed without {wanted}"
    raised: Raised = edit.outcome(message, line=line.position, edit=edit.number, code=line.code)
    return raised


def _by_pairs(lines: tuple[Edited, ...], view: WholeClaim) -> Outcomes:
    """The edits whose tables are code pairs: devices with procedures, parts of radiation planning."""
    if _OWN_DEVICE.holds_for(view):
        for line in lines:
            if "device_dependent_procedure" in line.flags and not line.modifiers & _BROKEN_OFF:
                own = paired(line, "device")
                if not any(other.code in own for other in lines if other.day == line.day):
                    yield _alone(_OWN_DEVICE, line, f"device {alternatives(own) or 'of its own'} on the same day")
    for line in lines:
        if "passthrough_device" in line.flags and line.status == "H" and line.day is not None:
            yield from _pass_through(line, lines, view)
    if _PLAN.holds_for(view):
        for plan in (line for line in lines if "imrt" in line.flags):
            parts = paired(plan, "imrt")
            for line in lines:
                if line is not plan and line.code in parts:
                    message = f"Code {line.code} is bundled into the radiation plan {plan.code} on the same claim"
                    yield PART_OF_IT(message, line=line.position, related=(plan.position,), edit=125, code=line.code)


def _pass_through(device: Edited, lines: tuple[Edited, ...], view: WholeClaim) -> Outcomes:
    answer = device.line.tables.code_list(PAIRS, device.code or "")
    offset = [row for row in answer.value.rows if row["kind"] == "offset"] if isinstance(answer, Found) else ()
    procedures = {row["other"]: "outside" in row for row in offset}
    beside = [line for line in lines if line.day == device.day and line.code in procedures]
    if not beside and _DEVICE.holds_for(view):
        yield _alone(_DEVICE, device, "its procedure on the same day")
    early = [line for line in beside if procedures[line.code or ""]]
    if early and _APPROVED.holds_for(view):
        message = f"{_APPROVED.says} {device.code} billed before its FDA approval for {early[0].code}"
        yield BEFORE_APPROVAL(message, line=device.position, edit=_APPROVED.number, code=device.code)
