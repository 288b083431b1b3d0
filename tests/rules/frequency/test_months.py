"""Windows of any number of months, the calendar month, and days that are one use, against an oracle of days alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import MemoryHistory, Policy, SqliteHistory, Validator
from claimcheck.errors import PolicyError
from claimcheck.history.parts import from_text, to_text
from claimcheck.history.superseded import Terms
from claimcheck.history.window import counted_from, counted_until, free_again
from claimcheck.history.winners import Given, excess
from claimcheck.policies import CodeSpans
from claimcheck.policies.parameters.frequency import Limit, Window
from support.cases import line

days = st.dates(date(2010, 1, 1), date(2030, 12, 31))
some_days = st.lists(days, max_size=14).map(sorted)


def slow_free_again(window: str, taken: date) -> date:
    """Month by month, and day by day."""
    head, _, rest = window.partition("_")
    full = head.isdigit()
    number = int(head if full else rest.partition("_")[0])
    month = taken.replace(day=1)
    for _ in range(number + full):
        month = (month + timedelta(days=31)).replace(day=1)
    if full:
        return month
    day = month
    while day.day < taken.day and (day + timedelta(days=1)).month == month.month:
        day += timedelta(days=1)
    return day


@given(st.sampled_from(["rolling", "full"]), st.integers(1, 130), days)
def test_the_first_free_day(kind, number, taken):
    window = f"{number}_full_months" if kind == "full" else f"rolling_{number}_months"
    assert free_again(window, taken) == slow_free_again(window, taken)


@pytest.mark.parametrize(
    ("window", "taken", "free"),
    [
        ("11_full_months", date(2024, 3, 15), date(2025, 3, 1)),
        ("23_full_months", date(2024, 3, 31), date(2026, 3, 1)),
        ("47_full_months", date(2024, 12, 1), date(2028, 12, 1)),
        ("119_full_months", date(2024, 2, 29), date(2034, 2, 1)),
        ("rolling_36_months", date(2024, 2, 29), date(2027, 2, 28)),
        ("119_full_months", date(9990, 1, 1), None),
        ("lifetime", date(2024, 1, 1), None),
    ],
)
def test_as_the_regulation_says(window, taken, free):
    assert free_again(window, taken) == free


@given(st.sampled_from(["23_full_months", "rolling_36_months"]), st.integers(1, 3), st.booleans(), some_days)
def test_the_excess_is_what_the_oracle_says(window, most, by_day, given_days):
    limit = Limit("limit", CodeSpans(), most=most, window=window, by_day=by_day)
    paid: list[date] = []
    beyond = set()
    for place, day in enumerate(given_days):
        if by_day and day in paid:
            continue
        if sum(day < slow_free_again(window, earlier) for earlier in paid) >= most:
            beyond.add(place)
        else:
            paid.append(day)
    assert excess(limit, [Given(day) for day in given_days]) == beyond


@given(days)
def test_a_calendar_month_holds_its_days(day):
    first, last = (ask("calendar_month", "01-01", day) for ask in (counted_from, counted_until))
    assert (first.day, (last + timedelta(days=1)).day) == (1, 1)
    assert first <= day <= last
    assert (first.month, last.month) == (day.month, day.month)
    monthly = Limit("monthly", CodeSpans(), window="calendar_month")
    assert excess(monthly, [Given(first), Given(last), Given(last + timedelta(days=1))]) == {1}


@pytest.mark.parametrize("window", ["0_full_months", "23 full months", "rolling_012_months", "1000_full_months", ""])
def test_what_is_no_window_is_refused(window):
    with pytest.raises(ValueError, match="a number of months"):
        Limit("limit", CodeSpans(), window=window)
    with pytest.raises(PolicyError, match="a number of months"):
        limited(window)


def test_the_spellings_of_before_read_as_they_were():
    for window in Window:
        assert Limit("limit", CodeSpans(), window=window) == Limit("limit", CodeSpans(), window=str(window))


def test_what_is_kept_is_what_was_kept_where_no_days_are_counted():
    terms = Terms("yearly", "G0439", None, 1, "11_full_months", "member", "01-01", "denied")
    assert to_text(terms) == '["terms","yearly","G0439",null,1,"11_full_months","member","01-01","denied"]'
    for other in (terms, terms._replace(beyond="report_only"), terms._replace(by_day=True)):
        assert from_text(to_text(other)) == other


def limited(window: str, **more: object) -> Policy:
    limit = {"name": "visits", "codes": ["G0439", "77067"], "group": "visits", "window": window, "excess": "denied"}
    return Policy.load("default").replace(frequency__limits={"limits": [{**limit, **more}]})


def judged(policy: Policy, days_and_codes, history) -> list[bool]:
    """Whether each claim, one after another, is beyond the limit."""
    validator = Validator(policy, history=history)
    found = []
    for number, (day, code, *modifiers) in enumerate(days_and_codes):
        claim = {
            "claim_type": "professional",
            "claim_id": f"C{number:03}",
            "member_id": "M1",
            "lines": [line(code, *modifiers, day=day.isoformat())],
        }
        result = validator.validate(claim)
        history.record(claim, result)
        found.append(any(finding.rule_id == "FRQ101" for finding in result.findings))
    return found


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
@pytest.mark.parametrize("by_day", [False, True])
def test_of_very_many_earlier_uses_the_last_decides(kind, by_day, tmp_path):
    """Of more uses than are looked at one by one, the first of all was taken for what takes up a period of months."""
    history = MemoryHistory() if kind == "memory" else SqliteHistory(tmp_path / "history.sqlite")
    visits = [(date(year, 6, 15), "G0439") for year in range(2005, 2025)] + [(date(2025, 5, 31), "G0439")]
    assert judged(limited("11_full_months", by_day=by_day), visits, history) == [False] * 20 + [True]


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_the_two_components_of_a_test_are_one_use(kind, tmp_path):
    history = MemoryHistory() if kind == "memory" else SqliteHistory(tmp_path / "history.sqlite")
    tests = [(date(year, 6, 15), "77067", component) for year in range(2015, 2025) for component in ("26", "TC")] + [
        (date(2025, 5, 31), "77067", "26")
    ]
    assert judged(limited("11_full_months", by_day=True), tests, history) == [False] * 20 + [True]
    assert list(history.reconcile()) == []
