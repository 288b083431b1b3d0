"""ICD-9-CM: numeric, V and E diagnoses, and procedures."""

from __future__ import annotations

import pytest

from claimcheck.codes import icd9cm
from claimcheck.errors import CodeError


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("25000", ("numeric", "250", "00", "250.00")),
        ("250.0", ("numeric", "250", "0", "250.0")),
        ("042", ("numeric", "042", "", "042")),
        ("V10", ("supplementary", "V10", "", "V10")),
        ("v10.11", ("supplementary", "V10", "11", "V10.11")),
        ("E849", ("external_cause", "E849", "", "E849")),
        ("E849.0", ("external_cause", "E849", "0", "E849.0")),
        ("e8490", ("external_cause", "E849", "0", "E849.0")),
    ],
)
def test_parts_of_a_diagnosis(text: str, parts: tuple[str, ...]) -> None:
    code = icd9cm.parse(text)
    assert (code.kind, code.category, code.subdivision, code.dotted) == parts


@pytest.mark.parametrize(
    ("text", "position"),
    [("25.000", 3), ("E84.90", 4), ("V1.01", 3), ("X10", 1), ("25A", 3), ("E849.A", 6), ("2500.", 4), ("VV1", 2)],
)
def test_the_wrong_character_of_a_diagnosis_is_named(text: str, position: int) -> None:
    with pytest.raises(CodeError) as caught:
        icd9cm.parse(text)
    assert caught.value.position == position


@pytest.mark.parametrize("text", ["25", "250000", "250.", "250.000", "V1", "E84", "E84900", "E849.00", "E849."])
def test_a_wrong_length_of_a_diagnosis_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(CodeError, match=r"expected .* characters?, found"):
        icd9cm.parse(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [("4513", ("45", "13", "45.13")), ("45.1", ("45", "1", "45.1")), ("0066", ("00", "66", "00.66"))],
)
def test_parts_of_a_procedure(text: str, parts: tuple[str, ...]) -> None:
    code = icd9cm.parse_procedure(text)
    assert (code.category, code.subdivision, code.dotted) == parts


@pytest.mark.parametrize("text", ["45", "45.", "45.135", "45135"])
def test_a_wrong_length_of_a_procedure_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(CodeError, match=r"expected .* characters?, found"):
        icd9cm.parse_procedure(text)


def test_a_diagnosis_and_a_procedure_of_one_text_differ() -> None:
    assert icd9cm.parse("4513") != icd9cm.parse_procedure("4513")


def test_strict_takes_no_dot() -> None:
    assert not icd9cm.is_valid("250.0", strict=True)
