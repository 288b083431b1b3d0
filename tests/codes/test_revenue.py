"""Revenue codes: the padding that is admitted, and the ranges with a meaning."""

from __future__ import annotations

import pytest

from claimcheck.codes import revenue
from claimcheck.errors import CodeError

ALL = [f"{number:04}" for number in range(10_000)]


def test_every_number_of_four_digits_is_well_formed() -> None:
    assert all(revenue.is_valid(text, strict=True) for text in ALL)


def test_no_number_of_four_digits_is_padded() -> None:
    assert not any(revenue.parse(text).padded for text in ALL)


@pytest.mark.parametrize(("text", "full"), [("450", "0450"), (" 260", "0260"), ("001", "0001"), ("000", "0000")])
def test_three_digits_are_padded(text: str, full: str) -> None:
    code = revenue.parse(text)
    assert (code.text, code.padded) == (full, True)


def test_a_padded_code_is_the_same_code() -> None:
    assert revenue.parse("450") == revenue.parse("0450")


def test_strict_does_not_pad() -> None:
    with pytest.raises(CodeError, match="expected 4 characters, found 3"):
        revenue.parse("450", strict=True)


@pytest.mark.parametrize("text", ["45", "1", "00450", "0450 1"])
def test_no_other_length_is_padded(text: str) -> None:
    with pytest.raises(CodeError, match=r"expected 3 to 4 characters?"):
        revenue.parse(text)


@pytest.mark.parametrize(("text", "position"), [("045X", 4), ("O450", 1), ("4X0", 2), ("04.0", 3)])
def test_the_wrong_character_is_named(text: str, position: int) -> None:
    with pytest.raises(CodeError) as caught:
        revenue.parse(text)
    assert caught.value.position == position


def test_parts() -> None:
    assert (revenue.parse("0456").category, revenue.parse("0456").subcategory) == ("045", "6")


def test_one_code_is_the_total() -> None:
    assert [text for text in ALL if revenue.parse(text).is_total] == ["0001"]


def test_three_codes_carry_hipps() -> None:
    assert [text for text in ALL if revenue.parse(text).carries_hipps] == ["0022", "0023", "0024"]


def test_which_codes_are_reserved() -> None:
    expected = [*range(10, 22), *range(25, 100), *range(102, 110)]
    assert [int(text) for text in ALL if revenue.parse(text).is_reserved] == expected
