from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import dates

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(st.dates())
def test_both_spellings_of_a_day_are_read(day):
    assert dates.read(day.isoformat()) == day
    assert dates.read(f"{day:%Y}".zfill(4) + f"{day:%m%d}") == day


@given(st.text(max_size=10))
def test_text_is_a_day_of_its_spelling_or_none(text):
    day = dates.read(text)
    assert day is None or text in (day.isoformat(), day.isoformat().replace("-", ""))


@pytest.mark.parametrize(
    "text",
    [
        *("", "07/01/2024", "2024-7-1", "240701", "20240230", "20241301", "2024070a"),
        *("٢٠٢٤٠٧٠١", "2024/07/01", "2024-07-01Z", "00000101"),
    ],
)
def test_other_spellings_are_refused(text):
    assert dates.read(text) is None


@given(DAYS)
def test_a_quarter_ends_in_its_own_quarter(day):
    end = dates.quarter_end(day)
    assert end >= day
    assert (end.year, (end.month - 1) // 3) == (day.year, (day.month - 1) // 3)
    following = end + timedelta(1)
    assert following.day == 1
    assert following.month in (1, 4, 7, 10)


@given(DAYS, st.integers(-600, 600))
def test_months_later_is_in_the_month_counted(day, months):
    later = dates.months_later(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(1)).day == 1)


@given(DAYS, st.integers(-3, 40))
def test_days_are_all_days_between(first, count):
    last = first + timedelta(count - 1)
    assert list(dates.days(first, last)) == [first + timedelta(number) for number in range(count)]
