"""Medical equipment has a modifier for new, used, or rented, and a capped rental has one for the month.

## What it checks
On a professional claim, a code that is on the loaded DMEPOS fee schedule:

- when all of its rows are for new, used, or rented equipment (NU, UE, RR), the line must have exactly one of those
  modifiers;
- a rental (RR) in the capped rental category must have exactly one modifier for the month (KH for the first, KI for the
  second and third, KJ for the fourth to thirteenth), where the policy requires it;
- a purchase (NU or UE without RR) must not have the modifier of a later month; KH is allowed on a purchase.

The last check needs no fee schedule.

## Why payers deny it
The modifier sets the price; a line without it is returned.

## Example
The fee schedule is read as published, or as a list of one's own:

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "dmepos_2024-07-01.csv"
>>> _ = path.write_text("code,effective,deletion,modifier,category\\nE0601,,,RR,CR\\n")
>>> _ = add([path], path.parent / "tables")
>>> def billed(*modifiers):
...     line = {"procedure_code": "E0601", "modifiers": modifiers, "units": 1, "service_date": "2024-07-15"}
...     claim = {"claim_type": "professional", "lines": [line]}
...     result = validate_claim(claim, policy="medicare", tables=Tables.open(path.parent / "tables"))
...     return [finding.message for finding in result.findings if finding.rule_id == "PRO306"]
>>> billed("RR", "KH"), billed("RR"), billed("KX")
([], ['Rental month missing on E0601: KH, KI or KJ required'], ['Modifier missing on E0601: RR required'])
>>> folder.cleanup()

## What it does not check
Codes that also have a row without such a modifier. How many months were paid before, and whether the month is right.
Facility claims. When the fee schedule is not loaded, equipment and supplies (HCPCS A, E, K, L and V, without ambulance
services) are not checked.
"""

from __future__ import annotations

from claimcheck.policies.parameters.professional import Equipment
from claimcheck.rules.facts import Line
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.remedies import add_modifier, change_modifier
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule, unchecked
from claimcheck.rules.wording import alternatives
from claimcheck.tables import Absent, Found, NotCovered

_MISSING = outcomes(
    "4",
    "N822",
    remedy=add_modifier("Add the modifier for purchase or rental, and for the rental month"),
    when="a modifier is missing",
    decided_by="professional.equipment.otherwise",
)
_CONFLICT = outcomes(
    "4",
    "N519",
    remedy=change_modifier("Keep one modifier for purchase or rental, and one for the rental month"),
    when="modifiers conflict",
    decided_by="professional.equipment.otherwise",
)
_LIST = "dmepos"
_EQUIPMENT = frozenset("AEKLV")  #: first letters of equipment and supply codes (HCPCS Level II)
_AMBULANCE = "A0"  #: how ambulance and other transportation services begin, which have a fee schedule of their own


def _is_equipment(code: str | None, _policy: object, _tables: object) -> bool:
    return code is not None and code[0] in _EQUIPMENT and not code.startswith(_AMBULANCE)


@rule(
    id="PRO306",
    name="equipment",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifier_codes", "policy", "tables"),
    tables=(_LIST,),
    outcomes=(*_MISSING.values(), *_CONFLICT.values()),
    parameters=(Equipment,),
    sources=(
        "CMS, DMEPOS fee schedule: rows of a code by modifier, and its payment category",
        "42 CFR 414.229: capped rental; HMSA and Noridian JD, modifiers KH, KI and KJ",
    ),
)
def equipment(line: Line) -> Outcomes:
    """Reports equipment without a modifier for purchase or rental, or for the rental month."""
    if not line.setting.professional or not line.of_code(_is_equipment):
        return
    code = line.code or ""
    policy = line.policy[Equipment]
    kinds = sorted(line.modifier_codes & policy.new_or_rented)
    held = line.tables.code_list(_LIST, code)
    source, then = line.policy.source(Equipment), policy.otherwise
    if len(kinds) > 1:
        message = f"Modifiers {' and '.join(kinds)} conflict on {code}: new, used or rented"
        yield _CONFLICT[then](message, source=source, code=code, modifiers=tuple(kinds))
    later = sorted(line.modifier_codes & policy.months - policy.purchase_months)
    if len(kinds) == 1 and later and not line.modifier_codes & policy.rented:
        message = f"Modifiers {kinds[0]} and {later[0]} conflict on {code}: a later rental month is not for a purchase"
        yield _CONFLICT[then](message, source=source, code=code, modifiers=(kinds[0], later[0]))
    if isinstance(held, NotCovered):
        yield unchecked(held)
        return
    if isinstance(held, Absent):
        return
    priced = frozenset(held.value.each("modifier"))
    if priced and priced <= policy.new_or_rented and not priced & line.modifier_codes:
        wanted = alternatives(priced)
        message = f"Modifier missing on {code}: {wanted} required"
        yield _MISSING[then](message, answer=held, source=source, code=code, expected=tuple(sorted(priced)))
    if line.modifier_codes & policy.rented and policy.capped & frozenset(held.value.each("category")):
        yield from _month(line, code, held)


def _month(line: Line, code: str, held: Found[object]) -> Outcomes:
    policy = line.policy[Equipment]
    source, months = line.policy.source(Equipment), sorted(line.modifier_codes & policy.months)
    if len(months) > 1:
        message = f"Modifiers {' and '.join(months)} conflict on {code}: only one rental month allowed"
        yield _CONFLICT[policy.otherwise](message, answer=held, source=source, code=code, modifiers=tuple(months))
    elif not months and policy.months:
        message = f"Rental month missing on {code}: {alternatives(policy.months)} required"
        yield _MISSING[policy.otherwise](message, answer=held, source=source, code=code)
