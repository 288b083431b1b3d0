"""Tax numbers: nine digits, the IRS's hyphen, and silence about the number."""

from __future__ import annotations

import pytest

from claimcheck.codes import tax_id
from claimcheck.errors import CodeError


@pytest.mark.parametrize("text", ["123456789", "12-3456789"])
def test_with_and_without_the_hyphen(text: str) -> None:
    assert tax_id.normalize(text) == "123456789"


def test_hyphenated() -> None:
    assert tax_id.parse("123456789").hyphenated == "12-3456789"


@pytest.mark.parametrize("text", ["123-45-678", "123-456789", "1234567890", "12345678"])
def test_refused(text: str) -> None:
    with pytest.raises(CodeError):
        tax_id.parse(text)


def test_formatting_a_value_does_not_show_it() -> None:
    assert f"{tax_id.parse('123456789')}" == "****"
