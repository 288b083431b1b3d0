"""HCPCS Level II: which letters there are, and what they mean."""

from __future__ import annotations

import string

import pytest

from claimcheck.codes import hcpcs
from claimcheck.errors import CodeError


@pytest.mark.parametrize("letter", string.ascii_uppercase)
def test_which_letters_begin_a_code(letter: str) -> None:
    assert hcpcs.is_valid(f"{letter}1234") is (letter not in "DFINO")


@pytest.mark.parametrize(
    ("text", "kind", "level"),
    [
        ("J1885", "level_ii", "II"),
        ("U0001", "level_ii", "II"),
        ("C1713", "c_code", "II"),
        ("W1234", "local", "III"),
        ("X1234", "local", "III"),
        ("Y0001", "local", "III"),
        ("Z1234", "local", "III"),
    ],
)
def test_kind_and_level(text: str, kind: str, level: str) -> None:
    code = hcpcs.parse(text)
    assert (code.kind, code.level) == (kind, level)


@pytest.mark.parametrize("text", ["J1885", "C1713", "X1234"])
def test_no_hcpcs_code_has_a_cpt_category(text: str) -> None:
    assert (hcpcs.parse(text).system, hcpcs.parse(text).category) == ("HCPCS", None)


def test_parts() -> None:
    assert (hcpcs.parse("J1885").letter, hcpcs.parse("J1885").digits) == ("J", "1885")


@pytest.mark.parametrize(("text", "position"), [("A123F", 5), ("J001T", 5), ("0001U", 1), ("F3044", 1), ("JJ885", 2)])
def test_the_first_wrong_character_is_named(text: str, position: int) -> None:
    with pytest.raises(CodeError) as caught:
        hcpcs.parse(text)
    assert caught.value.position == position


@pytest.mark.parametrize(("text", "words"), [("J1885", "drugs"), ("E0100", "equipment"), ("W1234", "retired local")])
def test_letter_group(text: str, words: str) -> None:
    assert words in hcpcs.letter_group(hcpcs.parse(text))
