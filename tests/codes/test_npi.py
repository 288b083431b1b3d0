"""NPI: the check digit, and the first digit."""

from __future__ import annotations

import pytest

from claimcheck.codes import npi
from claimcheck.errors import CodeError

VALID = ["1234567893", "1003000126", "1245319599", "2000000002"]


@pytest.mark.parametrize("text", VALID[:3])
def test_published_numbers_are_valid(text: str) -> None:
    assert npi.is_valid(text)


@pytest.mark.parametrize("text", VALID[:3])
@pytest.mark.parametrize("index", range(1, 10))
def test_any_other_digit_in_one_place_is_refused(text: str, index: int) -> None:
    others = [text[:index] + digit + text[index + 1 :] for digit in "0123456789" if digit != text[index]]
    assert not any(npi.is_valid(other) for other in others)


@pytest.mark.parametrize("payload", ["100000000", "123456789", "199999999", "200000000"])
def test_one_check_digit_fits(payload: str) -> None:
    assert sum(npi.is_valid(payload + digit) for digit in "0123456789") == 1


def test_a_wrong_check_digit_is_refused_as_a_whole() -> None:
    with pytest.raises(CodeError, match="check digit") as caught:
        npi.parse("1234567890")
    assert caught.value.position is None


@pytest.mark.parametrize("text", ["3000000000", "0000000000"])
def test_the_first_digit_is_1_or_2(text: str) -> None:
    with pytest.raises(CodeError, match="expected 1 or 2 at position 1"):
        npi.parse(text)


@pytest.mark.parametrize("text", ["123456789", "12345678931"])
def test_a_wrong_length_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(CodeError, match=r"expected 10 characters?"):
        npi.parse(text)


def test_parts() -> None:
    assert (npi.parse("1234567893").payload, npi.parse("1234567893").check_digit) == ("123456789", "3")
