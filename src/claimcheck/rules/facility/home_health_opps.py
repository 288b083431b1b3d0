"""A home health bill for a vaccine, antigen, cast, or splint gets the edits of hospital outpatient bills.

## What it checks
On a home health bill (34x) that holds a vaccine administration, an antigen, a cast or a splint, which is paid under the
outpatient prospective payment system, the other lines get edits that otherwise apply to hospital bills only: codes that
Medicare does not recognize (28), codes that OPPS does not recognize (62), an inherently bilateral procedure that is
billed more than once a day (17), and more than one unit with modifier 50 (74). All are edits of the Integrated
Outpatient Code Editor.

## Why payers deny it
These services are paid under OPPS, so the other codes on the bill are edited as OPPS codes.

## Example
The editor's tables are not among the starter tables, so that without them the rule says that it did not check.

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0771", "procedure_code": "G0008", "units": 1, "charge": "30.00",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0341", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if "FAC515" in entry.rules]
['no_table']

## What it does not check
Blood products (43) and packaged services (47), which no home health agency bills. Other bills.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from claimcheck.policies.parameters.facility import InherentlyBilateral
from claimcheck.policies.parameters.ncci import AddOnCodes
from claimcheck.rules.coverage.outpatient_status_indicator import NOT_RECOGNISED, OTHER_CODE
from claimcheck.rules.facility.bilateral_units import TOO_MANY as TOO_MANY_UNITS
from claimcheck.rules.facility.edit import PROCEDURES, Edit, Edited, Lines, edited, runs_editor
from claimcheck.rules.facility.inherently_bilateral import TOO_MANY
from claimcheck.rules.facility.sides import MODIFIER
from claimcheck.rules.facts import Line, Setting, WholeClaim
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule

__all__ = ["NOT_RECOGNISED", "OTHER_CODE", "TOO_MANY", "TOO_MANY_UNITS"]

_BOTH_SIDES = frozenset({"bilateral_conditional", "bilateral_independent"})
_INHERENT = "bilateral_inherent"


def _has_units_of_both_sides(line: Edited) -> bool:
    return MODIFIER in line.modifiers and line.units > 1 and bool(line.flags & _BOTH_SIDES)


_EDITS: tuple[tuple[Edit, Callable[[Edited], bool]], ...] = (
    (
        Edit(28, OTHER_CODE, "34", "is not recognized by Medicare; use another code"),
        lambda line: "not_recognized_mcare" in line.flags and not line.denied,
    ),
    (
        Edit(62, NOT_RECOGNISED, "34", "is not recognized on a bill that OPPS pays; use another one"),
        lambda line: line.status == "B",
    ),
    (Edit(74, TOO_MANY_UNITS, "34", "has more than one unit with modifier 50"), _has_units_of_both_sides),
)
_REPEATED = Edit(17, TOO_MANY, "34", "Units exceed the limit: 1 per day (inherently bilateral)")


def _may_be_under_opps(setting: Setting) -> bool:
    given = setting.policy.parameters.get(AddOnCodes, ())
    return any(setting.facility_type in entry.value.packaged_bills for entry in given) and runs_editor(setting)


def _brings_under_opps(line: Line) -> bool:
    return line.code is not None and line.code in line.policy[AddOnCodes].packaged_with


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
        TOO_MANY_UNITS.when("modifier 50 has more than one unit"),
        TOO_MANY.when("an inherently bilateral procedure exceeds one unit a day"),
    ),
    parameters=(AddOnCodes, InherentlyBilateral),
    needs=Needs(setting=_may_be_under_opps, code_list=PROCEDURES, line=_brings_under_opps),
    sources=("CMS, Integrated Outpatient Code Editor, edits 17, 28, 62 and 74",),
)
def home_health_opps(view: WholeClaim) -> Outcomes:
    """Gives the lines of a home health bill that OPPS pays the edits of a hospital's bill."""
    policy = view.policy[AddOnCodes]
    if view.setting.facility_type not in policy.packaged_bills or not any(map(_brings_under_opps, view.lines)):
        return
    lines, silent = edited(view)
    yield from silent
    for edit, holds in _EDITS:
        for line in filter(holds, lines):
            message = f"Code {line.code} {edit.says}: bill type {view.setting.facility_type}x"
            yield edit.outcome(message, line=line.position, edit=edit.number, code=line.code)
    yield from _repeated(lines, view)


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
