import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import money

AMOUNTS = st.decimals(-(10**15), 10**15, places=2)


@given(AMOUNTS)
def test_an_amount_is_read_from_its_text_and_from_itself(amount):
    assert money.read(amount) == amount
    assert money.read(str(amount)) == amount
    assert money.whole_cents(amount)


@given(st.integers())
def test_a_whole_number_is_exact_or_beyond_any_claim(number):
    assert money.read(number) == (number if abs(number) <= money.LARGEST else None)


@given(st.floats(-(10.0**12), 10.0**12).filter(lambda number: number == 0 or abs(number) > 1e-9))
def test_a_float_is_what_it_prints_or_the_amount_that_it_misses_by_rounding(number):
    read = money.read(number)
    assert read is None or float(read) == number or (money.whole_cents(read) and _misses(number, read))


def _misses(number, read):
    """Whether a float is an amount but for the error of rounding: nine bits of 53 and a hundredth of a cent."""
    return abs(Fraction(number) - Fraction(read)) <= min(abs(Fraction(number)) / 2**43, Fraction(1, 10_000))


@given(st.lists(st.decimals(Decimal("0.01"), 9_999, places=2), min_size=1, max_size=200))
def test_a_sum_of_floats_is_the_sum_of_the_amounts_however_it_was_written(amounts):
    added = sum(map(float, amounts))
    for written in (added, repr(added), Decimal(repr(added)), Decimal(added), f"{added:.17g}"):
        assert money.read(written) == sum(amounts)


@given(st.integers(1, 10**9), st.integers(1, 9))
def test_a_fraction_of_a_cent_is_none_of_rounding(cents, tenths):
    amount = Decimal(cents * 10 + tenths) / 1_000
    for written in (amount, str(amount), float(amount)):
        assert money.read(written) == amount


@given(st.text(max_size=12))
def test_text_is_an_amount_or_none(text):
    read = money.read(text)
    assert read is None or (text.isascii() and float(read) == pytest.approx(float(text)))


@pytest.mark.parametrize(
    "value",
    [
        "", " ", "abc", "1,000", "1e3", "NaN", "Infinity", "١٢", "１２", "0x1", "1_000", "--1", ".", "1" * 19,
        math.nan, math.inf, -math.inf, 10**400, True, False, None, [], b"1",
        Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1e16"), Decimal("1e-13"), 1e300, 1e-300,
    ],
)  # fmt: skip
def test_what_is_no_amount_is_none(value):
    assert money.read(value) is None


@pytest.mark.parametrize("text", ["5", "+5", "5.", ".5", "-5.25", "005.10"])
def test_the_ways_to_write_one(text):
    assert money.read(text) == Decimal(text)


@given(st.integers(-(10**9), 10**9))
def test_a_tenth_of_a_cent_is_no_whole_cent(mills):
    assert money.whole_cents(Decimal(mills) / 1000) is (mills % 10 == 0)
