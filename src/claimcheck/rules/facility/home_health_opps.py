"""A home health or hospice patient's bill for a vaccine, antigen, cast, or splint gets edits of hospital bills.

## What it checks
A home health bill (34x) for the administration of a vaccine, an antigen, a cast, or a splint, and a bill for an
antigen, a cast, or a splint that has nothing to do with a hospice patient's terminal illness (condition code 07 on
22x, 23x, 32x, 72x, 74x, 75x, 81x, or 82x), are paid under the outpatient prospective payment system. All their lines
get edits that otherwise apply to hospital bills only: codes that Medicare does not recognize (28), codes that OPPS does
not recognize (62) or pay for (13), an inherently bilateral procedure that is billed more than once a day (17), more
than one unit with modifier 50 (74), a transfusion without a blood product (43), and a pass-through drug with modifier
JG (122). All are edits of the Integrated Outpatient Code Editor.

## Why payers deny it
These services are paid under OPPS, so the other codes on the bill are edited as OPPS codes.

## Example
The editor's tables are not among the starter tables. Without them, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0771", "procedure_code": "G0008", "units": 1, "charge": "30.00",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0341", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if "FAC515" in entry.rules]
['no_table']

## What it does not check
Packaged services that nothing else pays for (47), which FAC508 checks. Other bills.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from claimcheck.policies.parameters.facility import InherentlyBilateral, OutpatientEdits
from claimcheck.rules.coverage.outpatient_status_indicator import NON_COVERED, NOT_RECOGNISED, OTHER_CODE
from claimcheck.rules.facility.bilateral_units import TOO_MANY as TOO_MANY_UNITS
from claimcheck.rules.facility.edit import (
    BESIDE_HOSPICE,
    HOME_HEALTH,
    OTHERS_BESIDE_HOSPICE,
    PARTLY_OPPS,
    PROCEDURES,
    Edit,
    Edited,
    Lines,
    concerns,
    edited,
    is_under_opps,
    runs_editor,
)
from claimcheck.rules.facility.flagged_service import NO_DISCOUNT, is_discounted
from claimcheck.rules.facility.inherently_bilateral import TOO_MANY
from claimcheck.rules.facility.needs_beside import ALONE
from claimcheck.rules.facility.sides import MODIFIER
from claimcheck.rules.facts import Setting, WholeClaim
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule

__all__ = ["ALONE", "NON_COVERED", "NOT_RECOGNISED", "NO_DISCOUNT", "OTHER_CODE", "TOO_MANY", "TOO_MANY_UNITS"]

_BOTH_SIDES = frozenset({"bilateral_conditional", "bilateral_independent"})
_INHERENT = "bilateral_inherent"


def _lacks_blood(line: Edited, lines: Lines) -> bool:
    return "blood_service" in line.flags and not any("blood_product" in other.flags for other in lines)


#: Skilled nursing facilities get 28 on all bills, and 62 on none.
_NOT_NURSING = f"{HOME_HEALTH} {OTHERS_BESIDE_HOSPICE}"

_EDITS: tuple[tuple[Edit, Callable[[Edited, Lines], bool]], ...] = (
    (
        Edit(13, NON_COVERED, BESIDE_HOSPICE, "has no price and is not paid separately"),
        lambda line, _: line.status == "E2",
    ),
    (
        Edit(28, OTHER_CODE, _NOT_NURSING, "is not recognized by Medicare; use another code"),
        lambda line, _: "not_recognized_mcare" in line.flags and not line.denied,
    ),
    (
        Edit(62, NOT_RECOGNISED, _NOT_NURSING, "is not recognized on a bill that OPPS pays; use another one"),
        lambda line, _: line.status == "B" and "bundled_in_biological" not in line.flags,
    ),
    (
        Edit(74, TOO_MANY_UNITS, PARTLY_OPPS, "has more than one unit with modifier 50"),
        lambda line, _: MODIFIER in line.modifiers and line.units > 1 and bool(line.flags & _BOTH_SIDES),
    ),
    (Edit(43, ALONE, PARTLY_OPPS, "is a transfusion billed without a blood product"), _lacks_blood),
    (
        Edit(122, NO_DISCOUNT, PARTLY_OPPS, "is a pass-through drug; 340B modifier JG not allowed"),
        lambda line, _: is_discounted(line),
    ),
)
_REPEATED = Edit(17, TOO_MANY, PARTLY_OPPS, "Units exceed the limit: 1 per day (inherently bilateral)")
_DATED = frozenset({28, 43, 122})  #: the edits that the policy has from a day on, or until one


def _may_be_under_opps(setting: Setting) -> bool:
    return setting.is_one_of(_REPEATED.bills) and runs_editor(setting)


@rule(
    id="FAC515",
    name="home-health-opps",
    scope=Scope.CLAIM,
    phase=Phase.FREQUENCY,
    reads=("setting", "lines", "days", "edited", "policy"),
    tables=(PROCEDURES,),
    outcomes=(
        OTHER_CODE.when("Medicare recognizes another code for the service"),
        NOT_RECOGNISED.when("the code is not recognized on the bill"),
        NON_COVERED.when("Medicare does not pay for the service separately"),
        TOO_MANY_UNITS.when("modifier 50 has more than one unit"),
        TOO_MANY.when("an inherently bilateral procedure exceeds one unit a day"),
        ALONE.when("a transfusion is billed without a blood product"),
        NO_DISCOUNT.when("a pass-through drug has modifier JG"),
    ),
    parameters=(InherentlyBilateral, OutpatientEdits),
    needs=Needs(
        setting=_may_be_under_opps,
        code_list=PROCEDURES,
        line=concerns("vaccine", "antigen", "cast", "splint", "negative_pressure_wound_therapy"),
    ),
    sources=(
        "CMS, Integrated Outpatient Code Editor, edits 13, 17, 28, 43, 62, 74 and 122",
        "42 CFR 419.21 (d)",
    ),
)
def home_health_opps(view: WholeClaim) -> Outcomes:
    """Gives the lines of a bill that OPPS pays because of one of them the edits of a hospital's bill."""
    lines, silent = edited(view)
    yield from silent
    if not is_under_opps(lines, view.setting):
        return
    for edit, holds in _EDITS:
        if not _applies(edit, view):
            continue
        for line in (line for line in lines if holds(line, lines)):
            message = f"Code {line.code} {edit.says}: bill type {view.setting.facility_type}x"
            yield edit.outcome(message, line=line.position, edit=edit.number, code=line.code)
    yield from _repeated(lines, view)


def _applies(edit: Edit, view: WholeClaim) -> bool:
    return edit.holds_for(view) if edit.number in _DATED else view.setting.is_one_of(edit.bills)


def _repeated(lines: Lines, view: WholeClaim) -> Outcomes:
    policy = view.policy[InherentlyBilateral]
    by_code: dict[tuple[object, str | None], list[Edited]] = defaultdict(list)
    for line in lines:
        if _INHERENT in line.flags:
            by_code[line.day, line.code].append(line)
    for (_, code), of_code in by_code.items():
        if sum(line.units for line in of_code if not line.modifiers & policy.repeats) > 1:
            for line in of_code:
                yield TOO_MANY(f"{_REPEATED.says}: {code}", line=line.position, edit=_REPEATED.number, code=code)
