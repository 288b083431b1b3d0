"""CPT: what of each category is read, and what lies outside."""

from __future__ import annotations

import string

import pytest

from claimcheck.codes import ProcedureKind, cpt
from claimcheck.errors import CodeError


@pytest.mark.parametrize(
    ("text", "kind", "category"),
    [
        ("00100", "category_i", "I"),
        ("29580", "category_i", "I"),
        ("99213", "category_i", "I"),
        ("99500", "category_i", "I"),
        ("99607", "category_i", "I"),
        ("0001F", "category_ii", "II"),
        ("3044F", "category_ii", "II"),
        ("9008F", "category_ii", "II"),
        ("0042T", "category_iii", "III"),
        ("0001U", "pla", "I"),
        ("0002M", "maaa", "I"),
        ("0104A", "covid_administration", "I"),
    ],
)
def test_kind_and_category(text: str, kind: str, category: str) -> None:
    code = cpt.parse(text)
    assert (code.kind, code.category) == (kind, category)


@pytest.mark.parametrize("text", ["99213", "3044F", "0042T", "0001U", "0002M", "0001A"])
def test_all_of_cpt_is_hcpcs_level_i(text: str) -> None:
    assert (cpt.parse(text).system, cpt.parse(text).level) == ("CPT", "I")


@pytest.mark.parametrize(("text", "parts"), [("99213", ("99213", "")), ("3044F", ("3044", "F"))])
def test_parts(text: str, parts: tuple[str, str]) -> None:
    assert (cpt.parse(text).digits, cpt.parse(text).letter) == parts


@pytest.mark.parametrize("text", ["00000", "00001", "00099"])
def test_numbers_below_category_i_are_well_formed_and_of_no_category(text: str) -> None:
    code = cpt.parse(text, strict=True)
    assert (code.kind, code.system, code.level, code.category) == (ProcedureKind.UNASSIGNED, "CPT", "I", None)
    assert not cpt.in_printed_range(code)


@pytest.mark.parametrize("text", ["99608", "99999"])
def test_numbers_above_category_i_are_refused_as_a_whole(text: str) -> None:
    with pytest.raises(CodeError, match="a Category I number from 00100 to 99607") as caught:
        cpt.parse(text)
    assert caught.value.position is None


@pytest.mark.parametrize("letter", string.ascii_uppercase)
def test_which_letters_end_a_code(letter: str) -> None:
    assert cpt.is_valid(f"1234{letter}") is (letter in "AFMTU")


@pytest.mark.parametrize("text", ["3044", "03044F", "3044FF", "9921"])
def test_a_wrong_length_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(CodeError, match=r"expected 5 characters?") as caught:
        cpt.parse(text)
    assert caught.value.position is None


@pytest.mark.parametrize(("text", "position"), [("F3044", 1), ("U0001", 1), ("30F44", 3), ("3044-", 5), ("30 4F", 3)])
def test_the_first_wrong_character_is_named(text: str, position: int) -> None:
    with pytest.raises(CodeError) as caught:
        cpt.parse(text)
    assert caught.value.position == position


def test_the_letter_o_is_not_zero() -> None:
    with pytest.raises(CodeError, match="expected a digit at position 1"):
        cpt.parse("O0100")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("00100", True),
        ("99499", True),
        ("99500", False),
        ("99607", False),
        ("0000F", False),
        ("0001F", True),
        ("9007F", True),
        ("9008F", False),
        ("0042T", False),
        ("0001U", False),
    ],
)
def test_printed_range(text: str, printed: bool) -> None:
    assert cpt.in_printed_range(cpt.parse(text)) is printed


def test_every_kind_of_cpt_can_be_parsed() -> None:
    parsed = {cpt.parse(text).kind for text in ("99213", "0001F", "0042T", "0001U", "0002M", "0001A", "00099")}
    assert parsed == {kind for kind in ProcedureKind if kind.system == "CPT"}
