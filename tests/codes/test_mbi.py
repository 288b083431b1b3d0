"""MBI: the pattern, the card's hyphens, and silence about the number."""

from __future__ import annotations

import string

import pytest

from claimcheck.codes import mbi
from claimcheck.errors import CodeError

EXAMPLE = "1EG4TE5MK73"
LETTERS = set(string.ascii_uppercase) - set("SLOIBZ")
DIGITS = set(string.digits)
ALLOWED = [
    DIGITS - {"0"}, LETTERS, LETTERS | DIGITS, DIGITS, LETTERS, LETTERS | DIGITS, DIGITS, LETTERS, LETTERS, DIGITS,
    DIGITS,
]  # fmt: skip


@pytest.mark.parametrize("index", range(11))
def test_what_may_stand_where(index: int) -> None:
    accepted = {
        char
        for char in string.ascii_uppercase + string.digits
        if mbi.is_valid(EXAMPLE[:index] + char + EXAMPLE[index + 1 :])
    }
    assert accepted == ALLOWED[index]


@pytest.mark.parametrize(("text", "position"), [("0EG4TE5MK73", 1), ("1SG4TE5MK73", 2), ("1EG4TE5MKA3", 10)])
def test_the_wrong_character_is_named(text: str, position: int) -> None:
    with pytest.raises(CodeError) as caught:
        mbi.parse(text)
    assert caught.value.position == position


def test_hyphens_of_the_card_are_dropped() -> None:
    assert mbi.parse("1EG4-TE5-MK73").text == EXAMPLE


def test_the_displayed_form_has_the_hyphens_of_the_card() -> None:
    assert mbi.parse(EXAMPLE).displayed == "1EG4-TE5-MK73"


@pytest.mark.parametrize("text", ["1EG-4TE5-MK73", "1EG4TE-5-MK73", "-EG4-TE5-MK73", "1EG4-TE5-MK7-"])
def test_hyphens_elsewhere_are_refused(text: str) -> None:
    with pytest.raises(CodeError, match="at position"):
        mbi.parse(text)


@pytest.mark.parametrize("text", ["1EG4TE5MK7", "1EG4TE5MK733", "1EG4-TE5MK73", "1EG4-TE5-MK733"])
def test_a_wrong_length_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(CodeError, match=r"expected .* characters?, found"):
        mbi.parse(text)


def test_strict_takes_no_hyphens() -> None:
    assert not mbi.is_valid("1EG4-TE5-MK73", strict=True)


def test_formatting_a_value_does_not_show_it() -> None:
    value = mbi.parse(EXAMPLE)
    assert f"{value} {value!r} {[value]}" == "**** Mbi(****) [Mbi(****)]"
