"""How long a use is counted together with others: the first and the last day, and all between them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.dates import months_later
from claimcheck.history.window import counted_from, counted_until

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2025, 3, 1), date(2024, 7, 1), date(2025, 6, 30)),
        (date(2025, 6, 30), date(2024, 7, 1), date(2025, 6, 30)),
        (date(2025, 7, 1), date(2025, 7, 1), date(2026, 6, 30)),
        (date(2024, 12, 31), date(2024, 7, 1), date(2025, 6, 30)),
    ],
)
def test_a_policy_year_begins_on_its_day(day, first, last):
    assert (counted_from("policy_year", "07-01", day), counted_until("policy_year", "07-01", day)) == (first, last)


@pytest.mark.parametrize("window", ["calendar_year", "policy_year"])
@given(day=DAYS, months=st.integers(1, 12))
def test_a_year_is_a_year_and_holds_its_day(window, day, months):
    starts = f"{months:02}-01"
    first, last = counted_from(window, starts, day), counted_until(window, starts, day)
    assert first <= day <= last
    assert months_later(first, 12) == last + timedelta(days=1)
    assert counted_from(window, starts, first) == counted_from(window, starts, last) == first


@pytest.mark.parametrize("window", ["rolling_12_months", "lifetime", "pregnancy"])
@given(day=DAYS)
def test_what_has_no_year_has_no_end_that_is_known(window, day):
    assert (counted_from(window, "01-01", day), counted_until(window, "01-01", day)) == (date.min, date.max)
