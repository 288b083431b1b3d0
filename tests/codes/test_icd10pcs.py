"""ICD-10-PCS: seven characters without I and O, each with a name."""

from __future__ import annotations

import string

import pytest

from claimcheck.codes import icd10pcs
from claimcheck.errors import CodeError


@pytest.mark.parametrize("char", string.ascii_uppercase + string.digits)
@pytest.mark.parametrize("index", range(7))
def test_i_and_o_stand_nowhere(char: str, index: int) -> None:
    text = "0DTJ4ZZ"
    assert icd10pcs.is_valid(text[:index] + char + text[index + 1 :]) is (char not in "IO")


@pytest.mark.parametrize(("text", "position"), [("0DTI4ZZ", 4), ("0DTO4ZZ", 4), ("0DT.4ZZ", 4)])
def test_the_wrong_character_is_named(text: str, position: int) -> None:
    with pytest.raises(CodeError) as caught:
        icd10pcs.parse(text)
    assert caught.value.position == position


@pytest.mark.parametrize("text", ["0DT.J4ZZ", "0DTJ4Z", "0DT"])
def test_a_wrong_length_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(CodeError, match=r"expected 7 characters?"):
        icd10pcs.parse(text)


def test_parts() -> None:
    code = icd10pcs.parse("0DTJ4ZX")
    assert (
        code.section,
        code.body_system,
        code.root_operation,
        code.body_part,
        code.approach,
        code.device,
        code.qualifier,
    ) == tuple("0DTJ4ZX")
