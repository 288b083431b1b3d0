"""Therapy beyond the year's threshold needs KX.

## What it checks
A therapy line without KX on a professional claim, when the same provider's earlier therapy of the calendar year reaches
the policy's threshold: one for physical therapy and speech-language pathology (GP, GN) together, and one for
occupational therapy (GO). The amounts are those of the list `therapy_amount`, which you load. The sum is the least that
was allowed: of each day, one unit in full and all others at half, because Medicare reduces the practice expense of a
second unit by half.

## Why payers deny it
KX says that the services are medically necessary although the threshold is reached. Without it the line is denied, at
the patient's cost.

## Example
>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from claimcheck import Tables, validate_claim
>>> from claimcheck.tables.store import add
>>> folder = TemporaryDirectory()
>>> path = Path(folder.name) / "therapy_amount.csv"
>>> _ = path.write_text("code,effective,deletion,amount\\n97110,,,40.00\\n")
>>> _ = add([path], path.parent / "tables")
>>> def billed(days, *modifiers):
...     given = {"procedure_code": "97110", "units": 4, "charge": "200.00"}
...     lines = [{**given, "modifiers": ["GP"], "service_date": f"2024-07-{day:02}"} for day in range(1, days + 1)]
...     lines.append({**given, "modifiers": ["GP", *modifiers], "service_date": "2024-07-31"})
...     claim = {"claim_type": "professional", "lines": lines}
...     result = validate_claim(claim, policy="medicare", tables=Tables.open(path.parent / "tables"))
...     return [(f.line_number, f.message) for f in result.findings if f.rule_id == "PRO313"]
>>> billed(23), billed(24, "KX")
([], [])
>>> billed(24)
[(25, 'Therapy threshold of $2,330.00 reached before 97110: at least $2,400.00 allowed this year; KX required')]
>>> folder.cleanup()

## What it does not check
What other providers were allowed, which counts, too. Whether KX is right. Targeted review above a second threshold.
Facility claims, and payers without a threshold. When the list is not loaded, therapy without KX is not checked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from claimcheck.claims import Disposition, Severity
from claimcheck.money import ZERO
from claimcheck.policies import CodeSpans, PolicyOn
from claimcheck.policies.parameters.professional import Therapy, TherapyThreshold
from claimcheck.rules.facts import Day, DayLine, Line, is_professional
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.visits import own_of
from claimcheck.rules.remedies import add_modifier
from claimcheck.rules.rule import DateWindow, Needs, OtherDays, Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import Found, NotCovered

REMEDY = add_modifier("Add KX where the services are necessary beyond the threshold", "KX")

REACHED = Outcome(Severity.WARNING, Disposition.PAYABLE, "PR", "119", remedy=REMEDY)

_LIST = "therapy_amount"
_IS_THERAPY = listed(Therapy, "always")
_GROUPS = {"GP": "physical_and_speech", "GN": "physical_and_speech", "GO": "occupational"}
_YEAR = 366


def _group(modifiers: frozenset[str]) -> str | None:
    """The threshold that a line counts toward."""
    return next((group for modifier, group in _GROUPS.items() if modifier in modifiers), None)


def _is_limited(line: Line) -> bool:
    decided = line.policy[TherapyThreshold]
    group = _group(line.modifier_codes)
    return (
        line.setting.professional
        and group is not None
        and getattr(decided, group) > ZERO
        and line.modifier_codes.isdisjoint(decided.necessary)
        and line.of_code(_IS_THERAPY)
    )


def _other_days(line: Line) -> OtherDays | None:
    return OtherDays(line.policy[Therapy].always, before=_YEAR) if _is_limited(line) else None


def _codes(policy: PolicyOn) -> CodeSpans:
    decided = policy[TherapyThreshold]
    has_threshold = decided.physical_and_speech > ZERO or decided.occupational > ZERO
    return policy[Therapy].always if has_threshold else CodeSpans()


@rule(
    id="PRO313",
    name="therapy-threshold",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "day", "lines", "claim_lines", "other_days", "policy", "tables"),
    tables=(_LIST,),
    outcomes=(REACHED,),
    parameters=(Therapy, TherapyThreshold),
    needs=Needs(setting=is_professional, line=_is_limited),
    other_claims=_is_limited,
    window=DateWindow(of_line=_other_days, codes=_codes, days=_YEAR),
    sources=(
        "Bipartisan Budget Act of 2018, section 50202: thresholds above which KX is required",
        "National Government Services, KX modifier (2024); Palmetto GBA, therapy thresholds (2022-03-16): PR-119",
        "Medicare Claims Processing Manual, chapter 5, section 10.7: reduction for several therapy services of a day",
    ),
)
def therapy_threshold(day: Day) -> Outcomes:
    """Warns about therapy beyond the threshold without KX."""
    today = day.day
    if not day.setting.professional or today is None:
        return
    for line, facts in own_of(day):
        if _is_limited(facts):
            yield from _held_against(day, line, today)


def _held_against(day: Day, line: DayLine, today: date) -> Outcomes:
    held = day.tables.code_list(_LIST, line.code)
    if isinstance(held, NotCovered):
        yield unchecked(held, lines=() if line.position is None else (line.position,))
        return
    group = _group(line.modifiers) or ""
    threshold: Decimal = getattr(day.policy[TherapyThreshold], group)
    earlier = (
        one
        for one in (*day.claim_lines, *day.other_days)
        if one.accepted and _group(one.modifiers) == group and one.code in day.policy[Therapy].always
    )
    allowed = _least(day, earlier, today)
    if allowed >= threshold:
        yield REACHED(
            f"Therapy threshold of ${threshold:,.2f} reached before {line.code}: "
            f"at least ${allowed:,.2f} allowed this year; KX required",
            line=line.position,
            source=day.policy.source(TherapyThreshold),
            code=line.code,
            threshold=threshold,
            allowed=allowed,
        )


def _least(day: Day, lines: Iterable[DayLine], today: date) -> Decimal:
    """The least that was allowed for therapy earlier in the year."""
    days: dict[date, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for line in lines:
        if line.first is not None and line.first < today and line.first.year == today.year and line.units:
            held = day.tables.code_list(_LIST, line.code)
            if isinstance(held, Found):
                days[line.first].append((Decimal(held.value.get("amount")), line.units))
    total = ZERO
    for billed in days.values():
        total += (sum((amount * units for amount, units in billed), ZERO) + max(amount for amount, _ in billed)) / 2
    return total
