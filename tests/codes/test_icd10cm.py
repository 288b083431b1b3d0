"""ICD-10-CM: the real grammar, the dot, the placeholder and the seventh character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.codes import icd10cm
from claimcheck.errors import CodeError


@pytest.mark.parametrize(
    "text",
    [
        "I10", "H42", "E11", "E119", "E11.9", "E11.3211", "U07.1", "U09.9", "C7A.00", "C4A.0", "Z3A.01", "M1A.9XX0",
        "O9A.111", "QA0.0101", "QA0", "W19.XXXA", "T36.0X1A", "S72.001", "T36.01A", "W19.A", "J12.82",
    ],
)  # fmt: skip
def test_well_formed(text: str) -> None:
    assert icd10cm.is_valid(text)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("E1.19", 3),
        ("E119.", 4),
        ("E.119", 2),
        ("E11.6.5", 6),
        (".E119", 1),
        ("1110", 1),
        ("EB1", 2),
        ("E1C", 3),
        ("W19XXXX", 7),
        ("W19.XXXL", 8),
        ("S72001O", 7),
        ("E11-9", 4),
    ],
)
def test_the_wrong_character_is_named(text: str, position: int) -> None:
    with pytest.raises(CodeError) as caught:
        icd10cm.parse(text)
    assert caught.value.position == position


@pytest.mark.parametrize("text", ["E", "E1", "E11.", "W19XXXAAA", "W19.XXXAA"])
def test_a_wrong_length_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(CodeError, match=r"expected .* characters?, found") as caught:
        icd10cm.parse(text)
    assert caught.value.position is None


@given(st.from_regex("[A-Z][0-9]{2}[0-9A-Z]{1,3}", fullmatch=True))
def test_with_and_without_a_dot_is_the_same_code(text: str) -> None:
    assert icd10cm.parse(f"{text[:3]}.{text[3:]}") == icd10cm.parse(text)


def test_strict_takes_no_dot() -> None:
    with pytest.raises(CodeError, match="at position 4"):
        icd10cm.parse("E11.9", strict=True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("I10", ("I10", "", "", "I10")),
        ("E1165", ("E11", "65", "", "E11.65")),
        ("E113211", ("E11", "321", "1", "E11.3211")),
        ("W19XXXA", ("W19", "XXX", "A", "W19.XXXA")),
    ],
)
def test_parts(text: str, parts: tuple[str, ...]) -> None:
    code = icd10cm.parse(text)
    assert (code.category, code.subcategory, code.extension, code.dotted) == parts


@pytest.mark.parametrize(("text", "has"), [("W19XXXA", True), ("M1A9XX0", True), ("E1165", False), ("X100", False)])
def test_has_placeholder(text: str, has: bool) -> None:
    assert icd10cm.parse(text).has_placeholder is has


@pytest.mark.parametrize(
    ("text", "position"),
    [("I10", None), ("E11O", 4), ("E116O", 5), ("E1165O", 6), ("E11OOO", 4), ("QA00101", None), ("W19XXXA", None)],
)
def test_unseen_position(text: str, position: int | None) -> None:
    assert icd10cm.parse(text).unseen_position == position
