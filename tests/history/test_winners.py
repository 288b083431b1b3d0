"""Which uses exceed a limit, window by window, against a count done the slow way."""

from bisect import bisect
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.dates import months_later
from claimcheck.history.window import counted_from, counted_until
from claimcheck.history.winners import Given, excess, unsettled
from claimcheck.policies import CodeSpans
from claimcheck.policies.parameters.frequency import Limit, Window

CODES = CodeSpans.of(["3044F"])
DAYS = st.integers(0, 1500).map(lambda days: date(2022, 1, 1) + timedelta(days=days))
USES = st.lists(st.builds(Given, DAYS, st.booleans(), st.sampled_from([None, date(2024, 1, 1)])), max_size=12).map(
    lambda uses: sorted(uses, key=lambda use: use.day)
)


def limit(window, most=1):
    return Limit("limit", CODES, most=most, window=window, year_starts="07-01")


def together(window, one, other):
    """Whether two uses fall into one period, said another way than `winners` does."""
    match window:
        case Window.CALENDAR_YEAR:
            return one.day.year == other.day.year
        case Window.POLICY_YEAR:
            return months_later(one.day, -6).year == months_later(other.day, -6).year
        case Window.PREGNANCY:
            return one.delivery == other.delivery
        case Window.TRIMESTER:
            begins = [one.delivery - timedelta(weeks=weeks) for weeks in (26, 12)] + [one.delivery + timedelta(days=1)]
            return one.delivery == other.delivery and bisect(begins, one.day) == bisect(begins, other.day)
        case Window.LIFETIME:
            return True
        case Window.ELEVEN_FULL_MONTHS:
            return months_later(one.day.replace(day=1), 12) > other.day
    return months_later(one.day, 12) > other.day


@given(USES, st.sampled_from(Window), st.integers(1, 3))
def test_excess_is_what_finds_its_period_full(uses, window, most):
    taken = []
    beyond = set()
    for place, use in enumerate(uses):
        if use.counts and (window not in (Window.PREGNANCY, Window.TRIMESTER) or use.delivery is not None):
            if sum(together(window, winner, use) for winner in taken) >= most:
                beyond.add(place)
            else:
                taken.append(use)
    assert excess(limit(window, most), uses) == beyond


@given(DAYS, DAYS, st.sampled_from(["calendar_year", "policy_year", "rolling_12_months", "lifetime", "pregnancy"]))
def test_a_period_ends_where_the_next_begins(one, other, window):
    counted = counted_from(window, "07-01", other) <= one
    assert counted == (counted_until(window, "07-01", one) >= counted_from(window, "07-01", other))
    if one <= other:
        assert counted == (counted_until(window, "07-01", one) >= other)


def test_the_first_and_the_last_year_of_all():
    assert counted_from("policy_year", "07-01", date(1, 3, 1)) == date.min
    assert counted_until("policy_year", "07-01", date(9999, 8, 1)) == date.max
    assert counted_until("policy_year", "07-01", date(9999, 3, 1)) == date(9999, 6, 30)


@pytest.mark.parametrize("window", Window)
def test_what_is_no_longer_counted_decides_nothing(window):
    """Left out, the uses before `counted_from` change no verdict from that day on."""
    uses = [Given(date(2022, 1, 1) + timedelta(days=40 * place)) for place in range(30)]
    start = counted_from(window, "07-01", date(2024, 3, 1))
    late = [use for use in uses if use.day >= start]
    cut = len(uses) - len(late)
    assert {place + cut for place in excess(limit(window, 2), late)} == {
        place for place in excess(limit(window, 2), uses) if place >= cut
    }


@pytest.mark.parametrize(("days", "hangs"), [(0, True), (364, True), (365, False)])
def test_a_use_hangs_on_those_within_one_pregnancy_and_the_care_after_it(days, hangs):
    first = date(2023, 1, 1)
    uses = [Given(first, delivery=date(2023, 6, 1)), Given(first + timedelta(days=days))]
    assert (0 in unsettled(limit(Window.PREGNANCY), uses)) is hangs
