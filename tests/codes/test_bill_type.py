"""Type of bill: the paper form, the editors' form and the 837I's two elements."""

from __future__ import annotations

import pytest

from claimcheck.codes import bill_type
from claimcheck.errors import CodeError


@pytest.mark.parametrize("text", ["0131", "131", " 131 "])
def test_parts(text: str) -> None:
    code = bill_type.parse(text)
    assert (code.facility, code.classification, code.frequency) == ("1", "3", "1")


@pytest.mark.parametrize("text", ["0131", "131"])
def test_forms(text: str) -> None:
    code = bill_type.parse(text)
    assert (code.paper, code.short, code.x12) == ("0131", "131", ("13", "1"))


@pytest.mark.parametrize("text", ["0110", "11A", "018Z", "0327"])
def test_the_frequency_is_a_digit_or_a_letter(text: str) -> None:
    assert bill_type.is_valid(text)


@pytest.mark.parametrize(
    ("text", "position"), [("013", 1), ("131A", 1), ("0031", 2), ("103", 2), ("0A31", 2), ("01B1", 3), ("013-", 4)]
)
def test_the_wrong_character_is_named(text: str, position: int) -> None:
    with pytest.raises(CodeError) as caught:
        bill_type.parse(text)
    assert caught.value.position == position


@pytest.mark.parametrize("text", ["13", "00131", "1"])
def test_a_wrong_length_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(CodeError, match=r"expected 4 characters?") as caught:
        bill_type.parse(text)
    assert caught.value.position is None


def test_strict_takes_the_paper_form_only() -> None:
    with pytest.raises(CodeError, match="expected 4 characters, found 3"):
        bill_type.parse("131", strict=True)
