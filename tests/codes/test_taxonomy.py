"""Taxonomy: three levels and a last X."""

from __future__ import annotations

import pytest

from claimcheck.codes import taxonomy


@pytest.mark.parametrize("text", ["207Q00000X", "282N00000X", "1223G0001X", "3336C0003X", "390200000X"])
def test_published_codes_are_valid(text: str) -> None:
    assert taxonomy.is_valid(text)


@pytest.mark.parametrize("text", ["207Q0000", "207Q000000", "207Q00000XX", "207Q0000 X"])
def test_refused(text: str) -> None:
    assert not taxonomy.is_valid(text)


def test_parts() -> None:
    code = taxonomy.parse("1223G0001X")
    assert (code.provider_type, code.classification, code.specialization) == ("12", "23", "G0001")
