"""CLIA: the letter D in third place."""

from __future__ import annotations

import string

import pytest

from claimcheck.codes import clia


@pytest.mark.parametrize("letter", string.ascii_uppercase)
def test_only_d_is_the_letter(letter: str) -> None:
    assert clia.is_valid(f"05{letter}1234567") is (letter == "D")


@pytest.mark.parametrize("text", ["5D1234567", "05D123456", "05D12345678", "0512345678", "D051234567"])
def test_refused(text: str) -> None:
    assert not clia.is_valid(text)


def test_parts() -> None:
    assert (clia.parse("05D1234567").state, clia.parse("05D1234567").serial) == ("05", "1234567")
