import datetime
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import money
from claimcheck.claims import (
    Problem,
    Unreadable,
    amount_fields,
    code_fields,
    code_list_fields,
    date_fields,
    keys,
    list_fields,
    reading,
)
from claimcheck.claims.aliases import LINE

ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.lists(st.integers())
DAY = datetime.date(2024, 7, 1)


READERS = [
    reading.text,
    reading.member_text,
    amount_fields.amount,
    amount_fields.whole,
    date_fields.civil_date,
    date_fields.member_date,
    reading.flag,
]


@pytest.mark.parametrize("read", READERS)
@given(value=ANYTHING)
def test_a_reader_takes_anything_and_gives_a_value_nothing_or_unreadable(read, value):
    result = reading.value_of(read(value))
    assert result is None or isinstance(result, (str, Decimal, int, datetime.date, Unreadable))
    if reading.is_blank(value) or (isinstance(value, float) and math.isnan(value)):
        assert result is None
    else:
        assert result is not None


@given(ANYTHING)
def test_no_shape_of_a_member_field_is_kept(value):
    for read in (reading.member_text, date_fields.member_date, date_fields.birth_date):
        found = read(value)
        assert not isinstance(found, Unreadable) or found.shape == ""


@given(st.text(max_size=30))
def test_no_letter_of_the_value_is_in_its_shape(text):
    shape = amount_fields.amount(text)
    if isinstance(shape, Unreadable):
        outline = shape.shape.partition(": ")[2]
        assert not any(character.isalpha() and character not in "aA" for character in outline)
        assert not any(character.isdigit() and character != "9" for character in outline)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12, 12),
        ("12", 12),
        (12.0, 12),
        (Decimal("12.0"), 12),
        ("", None),
        (None, None),
        ("1.5", "a whole number"),
        (1.5, "a whole number"),
        ("x", "a whole number"),
        (True, "a whole number"),
        (10**400, "a whole number"),
        (-money.LARGEST - 1, "a whole number"),
    ],
)
def test_whole_numbers(value, expected):
    read = amount_fields.whole(value)
    assert (read.expected if isinstance(read, Unreadable) else read) == expected


class Day(datetime.date):
    """A day of another library."""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (DAY, DAY),
        ("2024-07-01", DAY),
        (" 20240701 ", DAY),
        (datetime.datetime(2024, 7, 1), DAY),
        (Day(2024, 7, 1), DAY),
        ("", None),
        (None, None),
        (datetime.datetime(2024, 7, 1, 8), DAY),
        (datetime.datetime(2024, 7, 1, tzinfo=datetime.UTC), DAY),
        ("2024-07-32", Unreadable),
        (20240701, DAY),
        (20240732, Unreadable),
    ],
)
def test_civil_dates(value, expected):
    read = reading.value_of(date_fields.civil_date(value))
    assert (type(read) if expected is Unreadable else read) == expected
    if read == DAY:
        assert type(read) is datetime.date


def test_lists_leave_out_what_is_missing():
    assert list_fields.texts(["25", None, "", " 59 "]) == ("25", "59")
    assert list_fields.texts("25") == ("25",)
    assert list_fields.texts(None) == list_fields.texts(()) == ()
    assert list_fields.texts(7) == (Unreadable("text", "a number"),)
    assert code_list_fields.pointers(None) == code_list_fields.pointers(()) == ()
    assert code_list_fields.pointers(["a", "L", 3, "4"]) == (1, 12, 3, 4)
    assert code_list_fields.pointers(["M"]) == (Unreadable("a whole number", "text of 1: A"),)
    assert list_fields.items(None, reading.text) == ()
    assert list_fields.items("a", reading.text) == ("a",)


READERS_OF_TWO = {"units": amount_fields.amount, "charge": amount_fields.amount}


def test_unknown_keys_name_what_was_meant_and_themselves_only_where_they_are_made_of_words_of_fields():
    given = {"unit": 1, "charge": 2, 7: 3, "Canary Surname": 4, "Canary": 5, "provider_notes": 6, "units_1234": 7}
    known, problems = keys.known_keys(given, READERS_OF_TWO, LINE)
    assert known == {"charge": 2}
    assert problems == (
        Problem("unknown_key", "units", "unit"),
        *[Problem("unknown_key")] * 3,
        Problem("unknown_key", None, "provider_notes"),
        Problem("unknown_key", "units"),
    )
    assert keys.known_keys({"units": 1}, READERS_OF_TWO, LINE) == ({"units": 1}, ())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("100", "00100"), (100, "00100"), (1996, "01996"), ("1996.0", "01996"), ("99213.0", "99213"),
        ("1996", "1996"), ("1111", "1111"), ("9921", "9921"), (9921, "9921"), ("3044", "3044"), (25, "25"),
        ("0450", "0450"),
    ],
)  # fmt: skip
def test_a_code_that_may_lack_its_end_is_not_filled_up(given, expected):
    assert reading.value_of(code_fields.procedure_code(given)) == expected
