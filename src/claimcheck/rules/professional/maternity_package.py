"""Maternity care is billed as a package or in parts.

## What it checks
On professional claims, by the same provider: a package of maternity care (59400, 59510, 59610, 59618) and a part of it,
such as antepartum visits only (59425, 59426), the delivery only, or postpartum care only (59430), within one pregnancy,
on this claim or an earlier one. The finding is on the part, or on the package when the part was paid on an earlier
claim. Two packages on one day get a finding, too, and so does the later one of two codes for antepartum visits only
(59425, 59426): one of them is billed, by the number of visits. A delivery with modifier 51, 59, or the like is taken
for the delivery of a twin.

## Why payers deny it
The package includes antepartum care, the delivery, and postpartum care.

## Example
>>> from claimcheck import validate_claim
>>> lines = [
...     {"procedure_code": code, "units": 1, "charge": "900.00", "service_date": day}
...     for code, day in (("59425", "2024-05-02"), ("59400", "2024-07-15"))
... ]
>>> result = validate_claim({"claim_type": "professional", "lines": lines})
>>> [(f.line_number, f.carc, f.message) for f in result.findings if f.rule_id == "PRO209"]
[(1, '97', 'Maternity care 59425 billed with package 59400, which includes it')]

## What it does not check
Antepartum visits that are billed one by one. Parts by another provider, who may have taken over the care. How many
visits were given. Lines that were denied. Facility claims.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from claimcheck.policies import CodeSpans, PolicyOn
from claimcheck.policies.parameters.companion import Maternity
from claimcheck.policies.spans import union
from claimcheck.rules.facts import Day, DayLine, Line, is_professional
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.visits import accepted
from claimcheck.rules.remedies import change_code
from claimcheck.rules.rule import DateWindow, Needs, OtherDays, Outcomes, Phase, Scope, rule

_OUTCOMES = outcomes(
    "97",
    "M15",
    remedy=change_code("Bill the package or its parts", documented=True),
    decided_by="surgery.maternity.then",
)
_IS_PACKAGE, _IS_PART = listed(Maternity, "packages"), listed(Maternity, "parts")
_IS_ONCE = listed(Maternity, "once")
_MOST_DAYS = 366


def _is_of_maternity(line: Line) -> bool:
    return line.setting.professional and (line.of_code(_IS_PACKAGE) or line.of_code(_IS_PART))


def _other_days(line: Line) -> OtherDays | None:
    decided = line.policy[Maternity]
    if not _is_of_maternity(line) or not line.modifier_codes.isdisjoint(decided.separate):
        return None
    before, after = min(decided.before, _MOST_DAYS), min(decided.after, _MOST_DAYS)
    if line.of_code(_IS_PACKAGE):
        return OtherDays(decided.parts, before=before, after=after)
    if line.of_code(_IS_ONCE):
        return OtherDays(union(decided.packages, decided.once), before=max(before, after), after=before)
    return OtherDays(decided.packages, before=after, after=before)


def _codes(policy: PolicyOn) -> CodeSpans:
    decided = policy[Maternity]
    return union(decided.packages, decided.parts)


@rule(
    id="PRO209",
    name="maternity-package",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "day", "lines", "claim_lines", "other_days", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Maternity,),
    needs=Needs(setting=is_professional, line=_is_of_maternity),
    other_claims=_is_of_maternity,
    window=DateWindow(of_line=_other_days, codes=_codes, days=_MOST_DAYS),
    sources=(
        "AMA, CPT, maternity care and delivery: what routine obstetric care includes",
        "EmblemHealth, antepartum care by different provider groups (2018-05-23): 59425 or 59426, not both",
    ),
)
def maternity_package(day: Day) -> Outcomes:
    """Reports a part of maternity care that is billed with the package."""
    decided, today = day.policy[Maternity], day.day
    if not day.setting.professional or today is None:
        return
    elsewhere = [*(line for line in day.claim_lines if line.first != today), *day.other_days]
    packages, parts = accepted(day.lines, decided.packages), accepted(day.lines, decided.parts)
    for line in _own(parts, today, decided):
        including = packages or [one for one in accepted(elsewhere, decided.packages) if _includes(one, today, decided)]
        if including:
            message = f"Maternity care {line.code} billed with package {including[0].code}, which includes it"
            yield from _reported(message, line, including, day)
        elif before := [one for one in (*parts, *elsewhere) if _is_again(line, one, today, decided)]:
            message = f"Antepartum care {line.code} billed with {before[0].code}; bill one of them for all visits"
            yield from _reported(message, line, before, day)
    for place, line in enumerate(_own(packages, today, decided)):
        paid = [one for one in (*parts, *accepted(elsewhere, decided.parts)) if one.other_claim]
        paid = [one for one in paid if one.modifiers.isdisjoint(decided.separate) and _is_in(one, today, decided)]
        if paid:
            message = f"Maternity package {line.code} billed with its part {paid[0].code} on another claim"
            yield from _reported(message, line, paid, day)
        elif others := [one for one in packages if one is not line and (place or one.other_claim)]:
            message = f"Maternity package {line.code} billed with package {others[0].code} on the same day"
            yield from _reported(message, line, others, day)


def _own(lines: Iterable[DayLine], today: date, decided: Maternity) -> list[DayLine]:
    """The claim's own lines that begin on the day, and are not of another delivery."""
    return [
        line
        for line in lines
        if not line.other_claim and line.first == today and line.modifiers.isdisjoint(decided.separate)
    ]


def _includes(package: DayLine, today: date, decided: Maternity) -> bool:
    """Whether a package on another day includes what is billed today."""
    if package.first is None or not package.modifiers.isdisjoint(decided.separate):
        return False
    return -decided.after <= (package.first - today).days <= decided.before


def _is_in(part: DayLine, today: date, decided: Maternity) -> bool:
    """Whether a part on another day is included in a package of today."""
    return part.first is not None and -decided.before <= (part.first - today).days <= decided.after


def _is_again(line: DayLine, other: DayLine, today: date, decided: Maternity) -> bool:
    """Whether a line is the later one of two codes of which one is billed for a pregnancy."""
    if line.code not in decided.once or other.code not in decided.once or line is other:
        return False
    if not other.accepted or other.first is None or not other.modifiers.isdisjoint(decided.separate):
        return False
    if other.first == today:
        return other.other_claim or (other.position or 0) < (line.position or 0)
    return 0 < (today - other.first).days <= decided.before


def _reported(message: str, line: DayLine, others: list[DayLine], day: Day) -> Outcomes:
    yield _OUTCOMES[day.policy[Maternity].then](
        message,
        line=line.position,
        related=tuple(one.position for one in others if one.position is not None),
        source=day.policy.source(Maternity),
        code=line.code,
        beside=others[0].code,
        on_another_claim=all(one.other_claim for one in others),
    )
