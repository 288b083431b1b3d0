"""Which of the initiative's tables a claim is judged by, and which of its lines are held against each other.

Both are told by claim type, bill type and who bills, never guessed; which bills those are, the policy says.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from claimcheck.claims import Reason
from claimcheck.policies import CodeSpans, PolicyOn
from claimcheck.policies.parameters.ncci import BillTypes, Settings
from claimcheck.rules.facts import Day, DayLine, Line, Setting
from claimcheck.tables.families import is_category_ii

__all__ = [
    "compared",
    "few",
    "is_divided",
    "is_professional",
    "may_be_compared",
    "own_lines",
    "table_suffix",
]

_NAMED = 20


def table_suffix(setting: Setting, policy: PolicyOn, bill_types: CodeSpans) -> str | Reason | None:
    """ "practitioner", "outpatient_hospital" or "dme"; None where the edits do not apply; a reason where the claim
    does not say enough to tell. `bill_types` are those that the kind of edit applies to.

    Dentists are judged by the tables of practitioners, which list few dental codes and say nothing of the others.
    """
    if setting.professional or setting.dental:
        return "dme" if setting.provider_kind in policy[Settings].dme_provider_kinds else "practitioner"
    if not setting.institutional or setting.facility_type is None:
        return Reason.MISSING_FIELD
    return "outpatient_hospital" if setting.facility_type in bill_types else None


def compared(day: Day, *, denied_elsewhere: bool = False) -> list[tuple[DayLine, ...]]:
    """The lines of the day in the lots that are held against each other: one, or two where the bill is divided.

    CPT Category II lines take no part: no table of the initiative holds one. Lines of other claims take part where they
    were accepted, or `denied_elsewhere` too, and not on a divided bill, for their revenue codes are not known.
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
    """Whether a line may be held against lines of other claims; see `compared`."""
    if line.kind is None or line.is_category_ii or is_divided(line.setting, line.policy):
        return False
    return not line.modifier_codes & line.policy[Settings].exempt_modifiers


def is_divided(setting: Setting, policy: PolicyOn) -> bool:
    """Whether professional lines and others are judged apart on the bill."""
    return setting.institutional and setting.facility_type in policy[BillTypes].divided


def is_professional(line: DayLine, policy: PolicyOn) -> bool:
    """Whether a line of a facility bills professional services, by its revenue code."""
    return line.revenue in policy[BillTypes].professional_revenue


def own_lines(lines: Iterable[DayLine]) -> tuple[int, ...]:
    """The positions of the claim's own lines that a table of the initiative may speak of."""
    return tuple([line.position for line in lines if line.position is not None and not is_category_ii(line.code)])


def few(lines: Iterable[DayLine]) -> tuple[int, ...]:
    """The positions of the claim's own lines among those that decided; of very many, the first."""
    return tuple(islice((line.position for line in lines if line.position is not None), _NAMED))
