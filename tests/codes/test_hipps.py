"""HIPPS: five letters or digits."""

from __future__ import annotations

import pytest

from claimcheck.codes import hipps


@pytest.mark.parametrize(
    ("text", "valid"), [("2AAA0", True), ("ZZZZZ", True), ("1AA11", True), ("2AAA", False), ("2AAA00", False)]
)
def test_length(text: str, valid: bool) -> None:
    assert hipps.is_valid(text) is valid
