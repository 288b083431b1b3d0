"""What would bypass an NCCI pair and is missing: for its message and its remedy."""

from __future__ import annotations

from claimcheck.claims import Remedy
from claimcheck.policies.parameters.ncci import Bypass
from claimcheck.policies.parameters.surgery import GlobalPackage
from claimcheck.rules.facts import Day
from claimcheck.rules.ncci.bypassing import DISTINCT, Bypassing
from claimcheck.rules.remedies import add_modifier, not_paid
from claimcheck.rules.wording import alternatives
from claimcheck.tables import Found, PtpEdit

__all__ = ["REMEDY", "REMEDY_SEPARATE", "REMEDY_VISIT", "lacking", "remedy_for", "visit_modifiers_for"]

REMEDY = not_paid("No modifier bypasses this pair; correct a code that was billed by mistake")
REMEDY_SEPARATE = add_modifier("Add an NCCI PTP-associated modifier for a separate service", *sorted(DISTINCT))
#: What a visit needs in general; `remedy_for` says it of the procedure's global days.
REMEDY_VISIT = add_modifier(
    "Add modifier 25 to a separate visit, or 57 to the visit that decided on surgery", "25", "57"
)
_VISIT_REMEDIES = {
    "25": "Add modifier 25 for a significant, separately identifiable visit",
    "57": "Add modifier 57 for the visit that resulted in the decision for surgery",
}


def visit_modifiers_for(edit: PtpEdit, day: Day) -> list[str]:
    """The bypass modifiers of a visit in column two: those for the procedure's global days, or all if unknown.

    Empty if column two is no visit, or if no modifier is allowed.
    """
    if edit.indicator != 1 or edit.column_two not in Bypassing.of(day.setting, day.policy).visits:
        return []
    package, every = day.policy[GlobalPackage], day.policy[Bypass].visit_modifiers
    held = day.tables.fee_schedule(edit.column_one)
    days = held.value.global_days if isinstance(held, Found) else None
    fits = package.separate if days in package.minor else package.decision if days in package.major else every
    return sorted(fits & every or every)


def remedy_for(edit: PtpEdit, visit_modifiers: list[str]) -> Remedy:
    """What would bypass the edit, if the record supports it."""
    if edit.indicator != 1:
        return REMEDY
    if visit_modifiers:
        text = _VISIT_REMEDIES.get("".join(visit_modifiers), "Add a modifier for a separate visit")
        return add_modifier(text, *visit_modifiers)
    return REMEDY_SEPARATE


def lacking(edit: PtpEdit, visit_modifiers: list[str]) -> str:
    """What would bypass the edit and is missing."""
    if edit.indicator == 0:
        return "modifier not allowed (indicator 0)"
    if visit_modifiers:
        return f"no modifier {alternatives(visit_modifiers)} on the visit (indicator 1)"
    return "no valid NCCI modifier (indicator 1)"
