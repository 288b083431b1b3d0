"""Limits that share codes: a line beyond one of them is not paid, and takes nothing from the others."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import MemoryHistory, Policy, Validator
from claimcheck.history.winners import Given, taken_by, taken_together
from claimcheck.policies import CodeSpans
from claimcheck.policies.parameters.frequency import Limit, Window
from support.cases import line

LIMITS = [
    {"name": "first", "codes": ["G0438"], "window": "lifetime", "excess": "denied"},
    {"name": "yearly", "codes": ["G0438-G0439"], "group": "wellness", "window": "11_full_months", "excess": "denied"},
    {"name": "twice", "codes": ["G0439", "3044F"], "most": 2, "window": "calendar_year"},
    {"name": "reports", "codes": ["3044F", "3046F"], "window": "rolling_12_months"},
]
POLICY = Policy.load("default").replace(frequency__limits={"limits": LIMITS})
WINDOWS = {
    "lifetime": lambda earlier, later: True,
    "calendar_year": lambda earlier, later: earlier.year == later.year,
    "11_full_months": lambda earlier, later: (later.year - earlier.year) * 12 + later.month - earlier.month < 12,
    "rolling_12_months": lambda earlier, later: later < _a_year_after(earlier),
}
days = st.dates(date(2021, 1, 1), date(2024, 12, 31))
codes = st.sampled_from(["G0438", "G0439", "3044F", "3046F"])
visits = st.lists(st.tuples(days, codes), max_size=9, unique_by=lambda visit: visit[0])


def _a_year_after(day: date) -> date:
    return date(day.year + 1, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def service(limit: dict[str, Any], code: str) -> str | None:
    """What the limit counts a code as; the two results are of one test."""
    if code not in CodeSpans.of(limit["codes"]):
        return None
    return limit.get("group") or ("hba1c" if code.endswith("F") else code)


def not_paid(found: list[tuple[date, str]]) -> dict[date, set[str]]:
    """Day by day, as a payer would: the limits that leave nothing for a line, by what was paid before."""
    paid: list[tuple[date, str]] = []
    refused: dict[date, set[str]] = {}
    for day, code in sorted(found):
        full = set()
        for limit in LIMITS:
            mine = service(limit, code)
            before = [
                earlier
                for earlier, other in paid
                if mine is not None and service(limit, other) == mine and WINDOWS[limit["window"]](earlier, day)
            ]
            if len(before) >= limit.get("most", 1):
                full.add(limit["name"])
        refused[day] = full
        if not full:
            paid.append((day, code))
    return refused


def claim(number: int, *visits: tuple[date, str]) -> dict[str, Any]:
    lines = [line(code, day=str(day), charge="0.00") for day, code in visits]
    return {"claim_type": "professional", "member_id": "M1", "claim_id": f"C{number}", "lines": lines}


def refusals(results: Any, found: dict[str, list[date]]) -> dict[date, set[str]]:
    return {
        day: {str(finding.evidence["limit"]) for finding in verdict.findings if finding.rule_id == "FRQ101"}
        for result in results
        for day, verdict in zip(found[result.claim_id], result.lines, strict=True)
    }


@given(visits, st.integers(1, 3), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_a_batch_is_paid_as_a_payer_would_day_by_day(found: list[Any], size: int, random: Any) -> None:
    random.shuffle(found)
    parts = [found[at : at + size] for at in range(0, len(found), size)]
    claims = [claim(number, *part) for number, part in enumerate(parts)]
    by_claim = {f"C{number}": [day for day, _ in part] for number, part in enumerate(parts)}
    for history in (None, MemoryHistory()):
        results = Validator(POLICY, history=history).validate_many(claims, sort=True)
        assert refusals(results, by_claim) == not_paid(found)


@given(visits, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_a_history_reconciles_to_the_same(found: list[Any], random: Any) -> None:
    """Claims of one line come in any order; what was said last of each is what a payer would say of all."""
    random.shuffle(found)
    history = MemoryHistory()
    validator = Validator(POLICY, history=history)
    said: dict[str, set[str]] = {}
    for number, visit in enumerate(found):
        given_claim = claim(number, visit)
        result = validator.validate(given_claim)
        history.record(validator_claim(given_claim), result)
        said[f"C{number}"] = next(iter(refusals([result], {f"C{number}": [visit[0]]}).values()))
    for verdict in history.reconcile():
        limits = said[verdict.claim_id]
        (limits.add if verdict.found else limits.discard)(str(verdict.limit))
    expected = not_paid(found)
    assert {day: said[f"C{number}"] for number, (day, _) in enumerate(found)} == expected
    assert not list(history.reconcile())


def validator_claim(given_claim: dict[str, Any]) -> Any:
    from claimcheck import Claim

    return Claim.from_dict(given_claim)


def test_a_denial_is_told_of_a_verdict_that_no_longer_holds() -> None:
    history = MemoryHistory()
    validator = Validator(POLICY, history=history)
    for number, day in enumerate((date(2024, 6, 1), date(2022, 6, 1))):
        given_claim = claim(number, (day, "G0438"))
        history.record(validator_claim(given_claim), validator.validate(given_claim))
    (verdict,) = history.reconcile()
    assert (verdict.claim_id, verdict.limit, str(verdict.was), str(verdict.now)) == ("C0", "first", "payable", "denied")


@given(st.lists(days, max_size=8, unique=True).map(sorted), st.sampled_from(list(Window)), st.integers(1, 2))
def test_one_limit_alone_is_taken_as_by_itself(found: list[date], window: Window, most: int) -> None:
    limit = Limit("limit", CodeSpans(), most=most, window=window)
    uses = [Given(day, delivery=date(day.year, 12, 1)) for day in found]
    assert taken_together([(limit, uses)], line=lambda use: use.day) == [taken_by(limit, uses)]
