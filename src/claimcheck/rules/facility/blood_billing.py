"""Purchased blood is billed on two lines, one for the blood and one for its processing.

## What it checks
On the outpatient bills that the editor names, for each blood product and day: the revenue code must be for blood (038x)
or blood processing (039x); a blood line (038x) must have a processing line (039x), and both must have modifier BL and
the same units. Donated blood has only the processing line, without the modifier. This is edit 73 of the Integrated
Outpatient Code Editor.

## Why payers deny it
Purchased blood and its processing are paid on two lines, which show that the blood was purchased.

## Example
The editor's table is not among the starter tables. Without it, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0381", "procedure_code": "P9016", "units": 1, "charge": "300.00",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if "FAC509" in entry.rules]
['no_table']

## What it does not check
Bills on which the editor does not run the edit. Which blood product belongs to which revenue code of 038x, which FAC111
checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import OutpatientEdits
from claimcheck.rules.facility.edit import PROCEDURES, Edit, Edited, by_day, concerns, edited, runs_editor
from claimcheck.rules.facts import Setting, WholeClaim
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY = correct(
    "Bill the blood (038x) and its processing (039x) on two lines, both with modifier BL and the same units"
)

WRONG = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "199", remedy=REMEDY)

_BLOOD = Edit(73, WRONG, "12 13~41~89~92", "billed incorrectly")
_BOUGHT, _PROCESSED = "038", "039"
_MODIFIER = "BL"


def _may_bill_blood(setting: Setting) -> bool:
    return runs_editor(setting) and setting.facility_type in ("12", "13")


@rule(
    id="FAC509",
    name="blood-billing",
    scope=Scope.CLAIM,
    phase=Phase.ACTIVITY,
    reads=("setting", "lines", "days", "edited", "policy"),
    tables=(PROCEDURES,),
    outcomes=(WRONG,),
    parameters=(OutpatientEdits,),
    needs=Needs(setting=_may_bill_blood, code_list=PROCEDURES, line=concerns("blood_product")),
    sources=(
        "CMS, Integrated Outpatient Code Editor, edit 73",
        "CMS, Medicare Claims Processing Manual, chapter 4, section 231: blood and blood products",
    ),
)
def blood_billing(view: WholeClaim) -> Outcomes:
    """Returns blood that is not billed on two equal lines, or that has another revenue code."""
    if not _BLOOD.holds_for(view):
        return
    lines, silent = edited(view)
    yield from silent
    for _, lot in by_day(lines):
        products: dict[str, list[Edited]] = {}
        for line in lot:
            if "blood_product" in line.flags and line.code is not None:
                products.setdefault(line.code, []).append(line)
        for code, of_code in products.items():
            wrong = {line.position: why for line, why in _wrong(of_code)}
            for position, why in sorted(wrong.items()):
                yield WRONG(f"Blood product {code}: {why}", line=position, edit=73, code=code)


def _wrong(lines: Sequence[Edited]) -> Iterable[tuple[Edited, str]]:
    """The lines of one product and day that are billed incorrectly, and why."""
    bought = [line for line in lines if (line.revenue or "").startswith(_BOUGHT)]
    processed = [line for line in lines if (line.revenue or "").startswith(_PROCESSED)]
    for line in lines:
        if line not in bought and line not in processed:
            yield line, "revenue code 038x or 039x required"
    if bought and not processed:
        yield from ((line, "line of revenue code 039x missing") for line in bought)
    marked_processed = [line for line in processed if _MODIFIER in line.modifiers]
    if not bought:
        yield from ((line, "modifier BL without a line of revenue code 038x") for line in marked_processed)
    elif processed:
        yield from _unlike(bought, processed)


def _unlike(bought: Sequence[Edited], processed: Sequence[Edited]) -> Iterable[tuple[Edited, str]]:
    """Lines of the two kinds that differ in modifier BL or units."""
    unmarked = [line for line in (*bought, *processed) if _MODIFIER not in line.modifiers]
    if unmarked:
        if any(line in processed for line in unmarked) or len(unmarked) == len(bought):
            yield from ((line, "modifier BL missing") for line in (*bought, *processed))
        else:
            yield from ((line, "modifier BL missing") for line in (*unmarked, *processed))
        return
    units = [sum(line.units for line in lines) for lines in (bought, processed)]
    if units[0] != units[1]:
        message = f"units differ, {units[0]} under 038x and {units[1]} under 039x"
        yield from ((line, message) for line in (*bought, *processed))
