"""Place of service: two digits, and which are assigned."""

from __future__ import annotations

import pytest

from claimcheck.codes import place_of_service
from claimcheck.errors import CodeError

UNASSIGNED = {0, 28, 29, 30, *range(35, 41), *range(43, 49), 59, 63, 64, *range(67, 71), *range(73, 81), *range(82, 99)}


def test_which_numbers_are_unassigned() -> None:
    values = {number: place_of_service.parse(f"{number:02}") for number in range(100)}
    assert {number for number, value in values.items() if not value.is_assigned} == UNASSIGNED


@pytest.mark.parametrize("text", ["1", "011", ""])
def test_nothing_is_padded_or_stripped(text: str) -> None:
    with pytest.raises(CodeError, match=r"expected 2 characters?"):
        place_of_service.parse(text)
