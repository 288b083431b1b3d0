"""Which NCCI tables apply to a claim, and which of its lines are compared with each other.

Both depend on the claim type, the bill type, and who bills, and are never guessed; the policy says which bills these
are.
"""

from __future__ import annotations

from claimcheck.claims import Reason
from claimcheck.policies import CodeSpans, PolicyOn
from claimcheck.policies.parameters.ncci import BillTypes, Settings
from claimcheck.rules.facts import Day, DayLine, Line, Setting
from claimcheck.rules.outpatient_editor import LAST, denies
from claimcheck.tables.families import is_category_ii

__all__ = ["compared", "is_divided", "is_left_to_contractor", "is_professional", "may_be_compared", "table_suffix"]


def table_suffix(setting: Setting, policy: PolicyOn, bill_types: CodeSpans) -> str | Reason | None:
    """ "practitioner", "outpatient_hospital", or "dme"; None if the edits do not apply; a reason if the claim does not
    say enough. `bill_types` are those that the kind of edit applies to.

    Dentists are checked against the practitioner tables, which list few dental codes and say nothing about the others.
    """
    if setting.professional or setting.dental:
        return "dme" if setting.provider_kind in policy[Settings].dme_provider_kinds else "practitioner"
    if not setting.institutional or setting.facility_type is None:
        return Reason.MISSING_FIELD
    return "outpatient_hospital" if setting.facility_type in bill_types else None


def compared(day: Day, *, denied_elsewhere: bool = False) -> list[tuple[DayLine, ...]]:
    """The lines of the day in the groups that are compared with each other: one, or two if the bill is divided.

    CPT Category II lines are left out: no NCCI table has one. Lines of other claims are included if they were accepted,
    or also `denied_elsewhere`, and not on a divided bill, because their revenue codes are unknown.
    """
    exempt = day.policy[Settings].exempt_modifiers
    lines = tuple(
        line
        for line in day.lines
        if not line.modifiers & exempt
        and (line.accepted or not line.other_claim or denied_elsewhere)
        and not is_category_ii(line.code)
    )
    if not is_divided(day.setting, day.policy):
        return [lines]
    own = [line for line in lines if not line.other_claim]
    return [
        tuple(line for line in own if is_professional(line, day.policy) is professional)
        for professional in (True, False)
    ]


def may_be_compared(line: Line) -> bool:
    """Whether a line may be compared with lines of other claims; see `compared`."""
    if line.kind is None or line.is_category_ii or is_divided(line.setting, line.policy):
        return False
    return not line.modifier_codes & line.policy[Settings].exempt_modifiers


def is_divided(setting: Setting, policy: PolicyOn) -> bool:
    """Whether professional lines and others are checked separately on the bill."""
    return setting.institutional and setting.facility_type in policy[BillTypes].divided


def is_professional(line: DayLine, policy: PolicyOn) -> bool:
    """Whether a facility line bills professional services, by its revenue code."""
    return line.revenue in policy[BillTypes].professional_revenue


def is_left_to_contractor(line: DayLine, day: Day) -> bool:
    """Whether the contractor defines the primaries of a facility's type 2 add-on code: a professional service that no
    other edit denies."""
    return is_professional(line, day.policy) and not denies(line.edits, LAST)
