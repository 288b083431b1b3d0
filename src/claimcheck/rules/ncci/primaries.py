"""Which codes can support an add-on code, and on which lines they may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.ncci import AddOnCodes, Settings
from claimcheck.rules.facts import Day, DayLine
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.ncci.applies import is_divided, is_professional
from claimcheck.tables import Absent, AddOn, Found, Lookup, NotCovered

__all__ = ["Answers", "able", "answer_for", "day_before", "is_add_on", "is_supported", "lines_of_claim"]

Answers = Mapping[str, Lookup[AddOn]]


def is_add_on(code: str | None, policy: PolicyOn, tables: TablesOn) -> bool | NotCovered:
    """Whether the table or the policy lists the code as an add-on code, or why that is unknown."""
    if any(code in entry.add_on for entry in policy[AddOnCodes].unlisted):
        return True
    answer = tables.add_on(code or "", policy[Settings].program)
    return answer if isinstance(answer, NotCovered) else isinstance(answer, Found)


def answer_for(code: str, billed: Set[str], day: Day) -> Lookup[AddOn]:
    """The table's answer for the code, or if it lacks the code the policy's, with the primaries that are billed."""
    answer = day.tables.add_on(code, day.policy[Settings].program)
    if not isinstance(answer, Absent):
        return answer
    for entry in day.policy[AddOnCodes].unlisted:
        if code in entry.add_on:
            primaries = frozenset(other for other in billed if other in entry.primaries)
            return Found(AddOn(code, 1, primaries, contractor_defined=False), answer.edition, answer.exact)
    return answer


def lines_of_claim(lines: Sequence[DayLine], day: Day) -> Sequence[DayLine]:
    """The lines of a facility claim; on a divided bill, those of the same part as `lines`."""
    if not day.setting.institutional or not lines:
        return ()
    if not is_divided(day.setting, day.policy):
        return day.claim_lines
    professional = is_professional(lines[0], day.policy)
    return [line for line in day.claim_lines if is_professional(line, day.policy) is professional]


def able(codes: Set[str], answers: Answers) -> set[str]:
    """Codes that can support an add-on code: not type 1 add-on codes themselves, unless supported by another."""
    able = {code for code in codes if not _needs_listed(answers[code])}
    waiting = {code: answer.value for code in codes - able if isinstance(answer := answers[code], Found)}
    while borne := {code for code, add_on in waiting.items() if add_on.primaries & able}:
        able |= borne
        waiting = {code: add_on for code, add_on in waiting.items() if code not in borne}
    return able


def _needs_listed(answer: Lookup[AddOn]) -> bool:
    return isinstance(answer, Found) and answer.value.type == 1


def is_supported(add_on: AddOn, found: Set[str], policy: AddOnCodes) -> bool:
    """Whether one of the codes found is a primary of the add-on code, by the table or by the payer's own list."""
    own = (entry.primaries for entry in policy.own_primaries if add_on.code in entry.add_on)
    return bool(add_on.primaries & found) or any(code in some for some in own for code in found - {add_on.code})


def day_before(lines: Sequence[DayLine], day: Day) -> Iterator[DayLine]:
    """The lines of the day before, of the same part as `lines` if the bill is divided."""
    if not day.policy[AddOnCodes].day_before:
        return
    divided = is_divided(day.setting, day.policy)
    for line in day.before:
        if not divided or (lines and is_professional(line, day.policy) is is_professional(lines[0], day.policy)):
            yield line
