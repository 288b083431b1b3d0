"""Which lines of a day are visits and which are procedures, by their OPPS status indicators.

What is paid by a comprehensive service (J1), or by comprehensive observation, is neither: CMS, Medicare Claims
Processing Manual, chapter 4, sections 10.2.3 and 290.5.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import timedelta

from claimcheck.claims import Reason
from claimcheck.policies.parameters.facility import Observation, VisitWithProcedure
from claimcheck.rules.facility.edit import rate_of
from claimcheck.rules.facts import Day, DayLine, Line
from claimcheck.rules.outpatient_editor import LAST, denies
from claimcheck.tables import CodeListEntry, Found, NotCovered
from claimcheck.tables.lookup import Lookup

__all__ = [
    "GROUPS",
    "Indicators",
    "billed",
    "indicators",
    "is_no_report",
    "is_visit",
    "may_be_visit",
    "not_known",
    "pays_for_all",
    "positions",
    "procedures",
    "services",
    "still_paid",
]

Indicators = Mapping[str, str]
_SURGERY = "T"
GROUPS = "outpatient_apc"  #: the outpatient code editor's table of APCs


def services(day: Day) -> list[DayLine]:
    """The claim's own lines of the day that may be visits or procedures. A Category II line is neither.

    A denied line does not count; a returned one is still on the claim when it comes back, and does.
    """
    return [line for line in billed(day) if not denies(line.edits, LAST)]


def billed(day: Day) -> list[DayLine]:
    """The claim's own lines of the day that may be visits, including those that another edit denied."""
    return [line for line in day.lines if line.position is not None and is_no_report(line)]


def is_no_report(line: DayLine) -> bool:
    """Whether the line is not a Category II line."""
    return line.facts is None or not line.facts.is_category_ii


def still_paid(lines: Iterable[DayLine]) -> list[DayLine]:
    """The lines that nothing has denied, not even as more than one unit of an inherently bilateral procedure (17)."""
    return [line for line in lines if not denies(line.edits)]


def not_known(line: Line) -> NotCovered | None:
    """Why the indicator of a line's code is unknown; None if it is known, or there is none."""
    answer = line.tables.opps(line.code or "")
    return answer if isinstance(answer, NotCovered) and answer.reason is not Reason.NOT_IN_TABLE else None


def _may_be_a_service(line: DayLine) -> bool:
    """Whether the line may be a visit or a procedure: what limits of units and the like deny is one to the editor."""
    return is_no_report(line) and not denies(line.edits, LAST)


def positions(lines: Iterable[DayLine]) -> tuple[int, ...]:
    """The lines' positions on the claim, in order."""
    return tuple(sorted(line.position for line in lines if line.position is not None))


def indicators(day: Day, codes: Iterable[str]) -> Indicators | NotCovered:
    """The status indicator of each code, "" for one that Addendum B does not list; or why they are unknown."""
    found = {}
    for code in sorted(codes):
        answer = day.tables.opps(code)
        if isinstance(answer, NotCovered) and answer.reason is not Reason.NOT_IN_TABLE:
            return answer
        found[code] = answer.value.status_indicator if isinstance(answer, Found) else ""
    return found


def procedures(lines: Iterable[DayLine], indicators: Indicators, day: Day) -> list[DayLine]:
    """The lines of a day that are procedures which are paid apart."""
    kinds = day.policy[VisitWithProcedure]
    if day.setting.is_one_of(kinds.as_listed):
        return [line for line in lines if indicators[line.code] in kinds.procedures]
    apart, alone = kinds.procedures | kinds.paid_by_group, _paid_but_for_surgery(indicators, day)
    return [
        line
        for line in lines
        if indicators[line.code] in apart
        or line.code in kinds.never_visits
        or (line is alone and _is_procedure_by_group(line, day))
    ]


def _is_procedure_by_group(line: DayLine, day: Day) -> bool:
    """Whether the code's APC is a procedure's, as nearly all are; some are comprehensive."""
    return _group_of(line, day) in day.policy[VisitWithProcedure].procedures


def _group_of(line: DayLine, day: Day) -> str | None:
    """The status indicator of the group that a code of Q1 or Q2 is paid by; if unknown, that of nearly all of Q2."""
    group = _group(line, day)
    return group.value.get("status_indicator") if isinstance(group, Found) else _SURGERY


def _group(line: DayLine, day: Day) -> Lookup[CodeListEntry] | None:
    """The APC of a code; None if Addendum B does not list one."""
    listed = day.tables.opps(line.code)
    if not isinstance(listed, Found) or not listed.value.apc:
        return None
    return day.tables.code_list(GROUPS, listed.value.apc)


def _rate(line: DayLine, day: Day) -> int:
    """The payment rate of a code's APC."""
    group = _group(line, day)
    return 0 if group is None else rate_of(group)


def _paid_but_for_surgery(indicators: Indicators, day: Day) -> DayLine | None:
    """Of the claim's services that surgery would package, the one that is paid if there is none.

    CMS, Medicare Claims Processing Manual, chapter 4, section 10.4: status indicator Q2.
    """
    kinds = day.policy[VisitWithProcedure]
    return _paid_but_for(kinds.packages_referral, kinds.paid_but_for_surgery, indicators, day)


def _paid_but_for_services(indicators: Indicators, day: Day) -> DayLine | None:
    """Of the claim's services that any visit or procedure would package, the one that is paid if there is none.

    None if one that only surgery packages has a higher rate, and is paid in its place. CMS, Medicare Claims Processing
    Manual, chapter 4, section 10.4: status indicator Q1.
    """
    kinds = day.policy[VisitWithProcedure]
    packaging = kinds.procedures | kinds.paid_by_group | kinds.visits | kinds.may_be_visits
    best = _paid_but_for(packaging, kinds.paid_but_for_services, indicators, day)
    surgery = _paid_but_for_surgery(indicators, day)
    if best is None or (surgery is not None and _rate(surgery, day) > _rate(best, day)):
        return None
    return best


def _paid_but_for(packaging: Set[str], kept: Set[str], indicators: Indicators, day: Day) -> DayLine | None:
    """Of the claim's lines with an indicator in `kept` that of the highest rate, if no line has one in `packaging`."""
    held = [line for line in day.claim_lines if _may_be_a_service(line)]
    if any(indicators.get(line.code, "") in packaging for line in held):
        return None
    found = [line for line in held if indicators.get(line.code, "") in kept]
    return max(found, key=lambda line: _rate(line, day)) if len(found) > 1 else next(iter(found), None)


def may_be_visit(line: DayLine, indicators: Indicators, day: Day) -> bool:
    """Whether the line is a visit, if nothing else on the claim pays for it."""
    kinds, indicator = day.policy[VisitWithProcedure], indicators[line.code]
    return indicator in kinds.visits or indicator in kinds.may_be_visits or indicator in kinds.paid_but_for_services


def is_visit(line: DayLine, indicators: Indicators, day: Day) -> bool:
    """Whether the line is a visit that is paid as one."""
    kinds = day.policy[VisitWithProcedure]
    if not may_be_visit(line, indicators, day):
        return False
    if indicators[line.code] in kinds.paid_but_for_services:
        return line is _paid_but_for_services(indicators, day) and _group_of(line, day) in kinds.visits
    if line.code in day.policy[Observation].direct:
        return _is_referral_paid(indicators, day)
    if day.setting.is_one_of(kinds.as_listed):
        return True
    return line.code not in kinds.never_visits


def _is_referral_paid(indicators: Indicators, day: Day) -> bool:
    """Whether a direct referral to observation is paid: with its hours, and no other visit or procedure on the day.

    CMS, Medicare Claims Processing Manual, chapter 4, section 290.5.2.
    """
    kinds, observation = day.policy[VisitWithProcedure], day.policy[Observation]
    beside = [line for line in services(day) if line.code not in observation.direct]
    if not any(line.code in observation.hours for line in beside):
        return False
    surgery = _paid_but_for_surgery(indicators, day)
    if surgery in beside and _group_of(surgery, day) in kinds.packages_referral:
        return False
    packaging = kinds.packages_referral | kinds.visits
    if not day.setting.is_one_of(kinds.as_listed):
        packaging |= kinds.may_be_visits
    return not any(indicators.get(line.code, "") in packaging for line in beside)


def pays_for_all(indicators: Indicators, day: Day) -> bool:
    """Whether a comprehensive service, or comprehensive observation, pays for everything else on the claim."""
    kinds = day.policy[VisitWithProcedure]
    if day.setting.is_one_of(kinds.as_listed):
        return False
    held = [line for line in day.claim_lines if is_no_report(line)]
    if any(indicators.get(line.code, "") in kinds.comprehensive for line in held):
        return True  # even where an edit denies it: the editor asks which service is comprehensive before its pairs
    surgery = _paid_but_for_surgery(indicators, day)
    if surgery is not None and _group_of(surgery, day) in kinds.comprehensive:
        return True  # what nothing packages is paid by its group (chapter 4, section 10.4), here a comprehensive one
    return _is_observed([line for line in held if line.accepted], indicators, day)


def _is_observed(lines: list[DayLine], indicators: Indicators, day: Day) -> bool:
    """Whether observation pays for everything: enough hours, a visit on that day or the day before, and no surgery.

    Surgery is also what Q2 is paid as where there is no other. The first line that holds hours enough counts. A direct
    referral counts on the day itself.
    """
    kinds, observation = day.policy[VisitWithProcedure], day.policy[Observation]
    if any(indicators.get(line.code, "") in kinds.packages_referral for line in lines):
        return False
    surgery = _paid_but_for_surgery(indicators, day)
    if surgery is not None and _group_of(surgery, day) in kinds.packages_referral:
        return False
    long = [line for line in lines if line.code in observation.hours and (line.units or 0) >= observation.hours_for_all]
    first = min((line.first for line in long if line.first is not None), default=None)
    if first is None:
        return False
    for line in lines:
        if indicators.get(line.code, "") in kinds.may_be_visits and line.first is not None:
            earliest = first if line.code in observation.direct else first - timedelta(1)
            if earliest <= line.first <= first:
                return True
    return False
