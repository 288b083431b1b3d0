"""CDT: the letter D and four digits."""

from __future__ import annotations

import string

import pytest

from claimcheck.codes import cdt


def test_a_dental_code_is_level_ii_and_of_no_category() -> None:
    code = cdt.parse("D0120")
    assert (code.system, code.level, code.category, code.kind) == ("CDT", "II", None, "dental")


def test_parts() -> None:
    assert (cdt.parse("D0120").letter, cdt.parse("D0120").digits) == ("D", "0120")


@pytest.mark.parametrize("first", string.ascii_uppercase + string.digits)
def test_only_d_begins_a_code(first: str) -> None:
    assert cdt.is_valid(f"{first}0120") is (first == "D")
