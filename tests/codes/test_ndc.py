"""NDC: the FDA's ten digits and the claim's eleven."""

from __future__ import annotations

import pytest

from claimcheck.codes import ndc
from claimcheck.errors import CodeError


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0002-7510-01", "00002751001"),
        ("50242-040-62", "50242004062"),
        ("60574-4114-1", "60574411401"),
        ("00002-7510-01", "00002751001"),
        ("00002751001", "00002751001"),
    ],
)
def test_conversion_to_eleven_digits(text: str, digits: str) -> None:
    assert ndc.normalize(text) == digits


@pytest.mark.parametrize("text", ["0002751001", "5024204062", " 6057441141 "])
def test_ten_digits_without_hyphens_are_ambiguous(text: str) -> None:
    with pytest.raises(CodeError, match="ambiguous"):
        ndc.parse(text)


@pytest.mark.parametrize("text", ["002-7510-01", "0002-751-01", "0002-7510-1", "00002751-001", "0-0-0-2", "-", "123-"])
def test_other_segments_are_refused_as_a_whole(text: str) -> None:
    with pytest.raises(CodeError, match="segments of") as caught:
        ndc.parse(text)
    assert caught.value.position is None


@pytest.mark.parametrize(
    ("text", "position"), [("0002-75X0-01", 8), ("X0002751001", 1), ("  0002-7510-0A", 14), ("5024X-040-62", 5)]
)
def test_the_wrong_character_is_named(text: str, position: int) -> None:
    with pytest.raises(CodeError) as caught:
        ndc.parse(text)
    assert caught.value.position == position


@pytest.mark.parametrize("text", ["000275100", "000027510011", "000275100X"])
def test_a_wrong_length_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(CodeError, match=r"expected 11 characters?"):
        ndc.parse(text)


def test_strict_takes_no_hyphens() -> None:
    with pytest.raises(CodeError, match="expected 11 characters, found 13"):
        ndc.parse("00002-7510-01", strict=True)


def test_parts() -> None:
    code = ndc.parse("0002-7510-01")
    assert (code.labeler, code.product, code.package, code.hyphenated) == ("00002", "7510", "01", "00002-7510-01")
