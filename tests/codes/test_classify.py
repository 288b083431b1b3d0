"""Free text: all readings, in one order, and never an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.codes import Candidate, classify, cpt, mbi
from claimcheck.errors import CodeError


def kinds(text: str) -> list[str]:
    return [candidate.kind for candidate in classify(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E1165", ["hcpcs", "hipps", "icd10cm", "icd9cm"]),
        ("J4520", ["hcpcs", "hipps", "icd10cm"]),
        ("E11.65", ["icd10cm"]),
        ("99213", ["cpt", "hipps", "icd9cm"]),
        ("00099", ["cpt", "hipps", "icd9cm"]),
        ("3044F", ["cpt", "hipps"]),
        ("F3044", ["hipps", "icd10cm"]),
        ("D0120", ["cdt", "hipps", "icd10cm"]),
        ("59", ["modifier", "place_of_service"]),
        ("LT", ["modifier"]),
        ("I10", ["icd10cm"]),
        ("450", ["icd9cm", "icd9cm_procedure", "revenue", "bill_type"]),
        ("0131", ["icd9cm", "icd9cm_procedure", "revenue", "bill_type"]),
        ("0DTJ4ZZ", ["icd10pcs"]),
        ("1234567893", ["npi"]),
        ("1EG4-TE5-MK73", ["mbi"]),
        ("0002-7510-01", ["ndc"]),
        ("207Q00000X", ["taxonomy"]),
        ("05D1234567", ["clia"]),
        ("12-3456789", ["tax_id"]),
        ("CPT1A", ["hipps", "homonym:enzyme"]),
        ("Level II", ["family:level_ii"]),
        ("", []),
        ("x y z", []),
    ],
)
def test_readings_and_their_order(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


def test_a_code_is_given_with_its_value() -> None:
    [candidate, *_] = classify(" 3044f ")
    assert (candidate.format, candidate.text, candidate.value) == ("CPT", "3044F", cpt.parse("3044F"))


def test_words_are_given_without_a_value() -> None:
    [candidate] = classify("Category II")
    assert (candidate.format, candidate.text, candidate.value) == ("CPT", "Category II", None)


@pytest.mark.parametrize("text", ["E1165", "450", "Level III", "1234567893"])
def test_every_reading_has_a_note(text: str) -> None:
    assert all(candidate.note for candidate in classify(text))


def test_a_person_is_not_shown() -> None:
    number = mbi.parse("1EG4TE5MK73")
    assert number.text not in repr(classify(number.text))


@given(st.text() | st.text("0123456789AEFJX-. cptlevICPT", max_size=14))
def test_no_text_raises(text: str) -> None:
    assert all(isinstance(candidate, Candidate) for candidate in classify(text))


@pytest.mark.parametrize("given", [None, 99213, b"99213", ["99213"]])
def test_what_is_not_text_is_refused(given: object) -> None:
    with pytest.raises(CodeError, match="expected text"):
        classify(given)
