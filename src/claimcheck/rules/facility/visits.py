"""Which lines of a day are visits and which are procedures, by their OPPS status indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claimcheck.claims import Disposition, Reason
from claimcheck.policies.parameters.facility import Observation, VisitWithProcedure
from claimcheck.rules.facts import Day, DayLine
from claimcheck.tables import Found, NotCovered

__all__ = ["Indicators", "indicators", "is_visit", "pays_for_all", "positions", "services"]

Indicators = Mapping[str, str]


def services(day: Day) -> list[DayLine]:
    """The claim's own lines of the day that may be visits or procedures. A Category II line is neither.

    Denied lines are none; what is returned still stands on the claim that comes back, and the editor looks at it.
    """
    own = [line for line in day.lines if line.standing is not Disposition.DENIED and line.position is not None]
    return [line for line in own if line.facts is None or not line.facts.is_category_ii]


def positions(lines: Iterable[DayLine]) -> tuple[int, ...]:
    """Where the lines stand on the claim, in its order."""
    return tuple(sorted(line.position for line in lines if line.position is not None))


def indicators(day: Day, codes: Iterable[str]) -> Indicators | NotCovered:
    """The status indicator of each code, "" for one that Addendum B does not list; or why they are not known."""
    found = {}
    for code in sorted(codes):
        answer = day.tables.opps(code)
        if isinstance(answer, NotCovered) and answer.reason is not Reason.NOT_IN_TABLE:
            return answer
        found[code] = answer.value.status_indicator if isinstance(answer, Found) else ""
    return found


def is_visit(line: DayLine, indicators: Indicators, day: Day) -> bool:
    """Whether the line is a visit that is paid as one."""
    kinds = day.policy[VisitWithProcedure]
    indicator = indicators[line.code]
    if indicator not in kinds.visits and indicator not in kinds.may_be_visits:
        return False
    if line.code in day.policy[Observation].direct:
        return False  # a direct referral to observation is packaged
    return line.code not in kinds.never_visits or day.setting.is_one_of(kinds.as_listed)


def pays_for_all(indicators: Indicators, day: Day) -> bool:
    """Whether a comprehensive service pays for all others on the claim, or observation for a visit might."""
    kinds, hours = day.policy[VisitWithProcedure], day.policy[Observation].hours
    if day.setting.is_one_of(kinds.as_listed):
        return False
    held = set(indicators.values())
    return bool(held & kinds.comprehensive) or (
        bool(held & kinds.may_be_visits) and any(code in hours for code in indicators)
    )
