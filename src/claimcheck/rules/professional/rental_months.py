"""A capped rental is paid for a limited number of months.

## What it checks
On professional claims, a rental (RR) with the month of a capped rental (KH, KI, KJ), when the same supplier has billed
the rental of the same code for as many months of continuous use as the policy allows: 13 under `medicare`. Earlier
months are on this claim or earlier ones. A break of more than 60 days after the rental month begins a new period.

## Why payers deny it
After 13 months of continuous use the equipment belongs to the patient.

## Example
>>> from claimcheck import validate_claim
>>> def rented(months):
...     days = [f"2023-{month:02}-05" for month in range(6, 13)] + [f"2024-{month:02}-05" for month in range(1, 8)]
...     given = {"procedure_code": "E0601", "modifiers": ["RR", "KJ"], "units": 1, "charge": "90.00"}
...     lines = [{**given, "service_date": day} for day in days[-months:]]
...     findings = validate_claim({"claim_type": "professional", "lines": lines}, policy="medicare").findings
...     return [(finding.line_number, finding.message) for finding in findings if finding.rule_id == "PRO309"]
>>> rented(13), rented(14)
([], [(14, 'Rental of E0601 exceeds 13 months of continuous use')])

## What it does not check
Rentals without the modifier of the month. Months that another supplier billed, and whether the equipment was exchanged.
Months beyond the history that is given. Lines that were denied. Facility claims.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from claimcheck.policies import CodeSpans, PolicyOn
from claimcheck.policies.parameters.professional import Equipment
from claimcheck.rules.facts import Day, DayLine, Line, is_professional
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.visits import elsewhere, own_of
from claimcheck.rules.remedies import not_paid
from claimcheck.rules.rule import DateWindow, Needs, OtherDays, Outcomes, Phase, Scope, rule

_OUTCOMES = outcomes(
    "108",
    "N130",
    remedy=not_paid("Not paid after the last month of the rental"),
    decided_by="professional.equipment.after_rental_months",
)
_EQUIPMENT = CodeSpans.of(["A4000-A9999", "E0100-E9999", "K0001-K9999"])
#: From one rental to the next in continuous use: a month, and a break of 60 days (42 CFR 414.230).
_LONGEST_GAP = timedelta(days=31 + 60)
_MOST_DAYS = 3 * 366


def _is_capped(line: Line) -> bool:
    decided = line.policy[Equipment]
    return (
        line.setting.professional
        and decided.rental_months > 0
        and not line.modifier_codes.isdisjoint(decided.rented)
        and not line.modifier_codes.isdisjoint(decided.months)
        and line.code in _EQUIPMENT
    )


def _other_days(line: Line) -> OtherDays | None:
    return OtherDays(CodeSpans.of([line.code or ""]), before=_MOST_DAYS) if _is_capped(line) else None


def _codes(policy: PolicyOn) -> CodeSpans:
    return _EQUIPMENT if policy[Equipment].rental_months else CodeSpans()


@rule(
    id="PRO309",
    name="rental-months",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "day", "lines", "claim_lines", "other_days", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Equipment,),
    needs=Needs(setting=is_professional, line=_is_capped),
    other_claims=_is_capped,
    window=DateWindow(of_line=_other_days, codes=_codes, days=_MOST_DAYS),
    sources=("42 CFR 414.229(f) and 414.230: payment for a capped rental ends after 13 months of continuous use",),
)
def rental_months(day: Day) -> Outcomes:
    """Reports a rental beyond the months that are paid."""
    decided, today = day.policy[Equipment], day.day
    if not day.setting.professional or today is None or not decided.rental_months:
        return
    for line, facts in own_of(day):
        if _is_capped(facts):
            months = _in_a_row(_rented(elsewhere(day), line.code, decided.rented), today)
            if months >= decided.rental_months:
                yield _OUTCOMES[decided.after_rental_months](
                    f"Rental of {line.code} exceeds {decided.rental_months} months of continuous use",
                    line=line.position,
                    source=day.policy.source(Equipment),
                    code=line.code,
                    months=months,
                    most=decided.rental_months,
                )


def _rented(lines: Iterable[DayLine], code: str, rented: frozenset[str]) -> set[date]:
    """The days on which a month of the rental of a code began."""
    return {
        line.first
        for line in lines
        if line.first is not None and line.accepted and line.code == code and not line.modifiers.isdisjoint(rented)
    }


def _in_a_row(days: Iterable[date], today: date) -> int:
    """How many months of continuous use come before a day."""
    months, last = 0, today
    for day in sorted((day for day in days if day < today), reverse=True):
        if last - day > _LONGEST_GAP:
            break
        months, last = months + 1, day
    return months
