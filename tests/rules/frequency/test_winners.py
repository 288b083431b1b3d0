"""Which uses exceed a limit, against an oracle that looks at every pair of uses."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.history.winners import Given, excess, taken_by, unsettled
from claimcheck.policies import CodeSpans
from claimcheck.policies.parameters.frequency import Limit, Window

days = st.dates(date(2022, 1, 1), date(2026, 12, 31)) | st.sampled_from(
    [date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1), date(2024, 6, 30), date(2024, 7, 1)]
)
deliveries = st.none() | st.sampled_from([date(2023, 5, 1), date(2024, 6, 1), date(2025, 7, 1)])
uses = st.lists(st.builds(Given, days, st.booleans() | st.just(True), deliveries), max_size=12).map(
    lambda found: sorted(found, key=lambda use: use.day)
)
windows = st.sampled_from(list(Window))


def limit(window: Window, most: int = 1) -> Limit:
    return Limit("limit", CodeSpans(), most=most, window=window, year_starts="07-01")


def a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def fiscal_year(day: date) -> int:
    return day.year if (day.month, day.day) >= (7, 1) else day.year - 1


def first_after_eleven_full_months(day: date) -> date:
    """Month by month: the rest of the month of the use, eleven others, and then it is free."""
    month = day.replace(day=1)
    for _ in range(12):
        month = (month + timedelta(days=31)).replace(day=1)
    return month


def weeks_before(use: Given) -> int:
    """Full weeks of the pregnancy on the day of a use: 40 on the day of the delivery."""
    return 40 + (use.day - use.delivery).days // 7


def of_one_trimester(one: Given, other: Given) -> bool:
    """The first to 13 weeks and 6 days, the second to 27 and 6, the third to the delivery, and what is after it."""
    if one.delivery is None or one.delivery != other.delivery:
        return False
    ends = (14, 28)
    return [weeks_before(one) >= end for end in ends] + [one.day > one.delivery] == [
        weeks_before(other) >= end for end in ends
    ] + [other.day > other.delivery]


def together(window: Window, earlier: Given, later: Given) -> bool:
    """Whether a use takes from the same allowance as an earlier one."""
    return {
        Window.CALENDAR_YEAR: earlier.day.year == later.day.year,
        Window.POLICY_YEAR: fiscal_year(earlier.day) == fiscal_year(later.day),
        Window.ROLLING_12_MONTHS: later.day < a_year_after(earlier.day),
        Window.ELEVEN_FULL_MONTHS: later.day < first_after_eleven_full_months(earlier.day),
        Window.PREGNANCY: earlier.delivery is not None and earlier.delivery == later.delivery,
        Window.TRIMESTER: of_one_trimester(earlier, later),
        Window.LIFETIME: True,
    }[window]


def slow_excess(window: Window, most: int, given: list[Given]) -> set[int]:
    beyond: set[int] = set()
    for place, use in enumerate(given):
        paid_before = [
            other
            for number, other in enumerate(given[:place])
            if other.counts and number not in beyond and together(window, other, use)
        ]
        if use.counts and len(paid_before) >= most:
            beyond.add(place)
    return beyond


@given(windows, st.integers(1, 3), uses)
def test_the_excess_is_what_the_oracle_says(window, most, given_uses):
    assert excess(limit(window, most), given_uses) == slow_excess(window, most, given_uses)


@given(windows, st.integers(1, 3), uses)
def test_those_that_take_up_the_period_are_paid_and_as_many_as_the_limit(window, most, given_uses):
    beyond = taken_by(limit(window, most), given_uses)
    for place, winners in beyond.items():
        assert len(winners) == most
        assert all(winner < place and winner not in beyond and given_uses[winner].counts for winner in winners)
        assert all(together(window, given_uses[winner], given_uses[place]) for winner in winners)


@given(windows, uses, st.data())
def test_what_does_not_count_changes_nothing(window, given_uses, data):
    counted = [use for use in given_uses if use.counts]
    kept = [place for place, use in enumerate(given_uses) if use.counts]
    beyond = excess(limit(window), given_uses)
    assert {kept.index(place) for place in beyond} == excess(limit(window), counted)


@given(windows, st.integers(1, 3), uses)
def test_a_higher_limit_never_stops_more(window, most, given_uses):
    assert len(excess(limit(window, most + 1), given_uses)) <= len(excess(limit(window, most), given_uses))


pregnant = st.builds(
    lambda day, weeks, known: (Given(day, delivery=day + timedelta(weeks=weeks) if known else None), weeks),
    days,
    st.integers(-12, 40),
    st.booleans(),
)


@given(st.lists(pregnant, max_size=8))
def test_a_settled_use_stays_as_it_is_when_the_missing_deliveries_are_told(found):
    found.sort(key=lambda use_and_weeks: use_and_weeks[0].day)
    told = [Given(use.day, delivery=use.day + timedelta(weeks=weeks)) for use, weeks in found]
    known = [use for use, _ in found]
    maternity = limit(Window.PREGNANCY)
    settled = set(range(len(found))) - unsettled(maternity, known)
    assert excess(maternity, told) & settled == excess(maternity, known) & settled


def test_without_a_pregnancy_nothing_is_unsettled():
    assert unsettled(limit(Window.LIFETIME), [Given(date(2024, 1, 1))]) == frozenset()


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("window", list(Window))
def test_the_ends_of_the_calendar(window, day):
    assert excess(limit(window), [Given(day)]) == frozenset()
