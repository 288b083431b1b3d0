"""The formats of dental claims: teeth, surfaces, areas."""

from __future__ import annotations

import pytest

from claimcheck.codes import oral_cavity, tooth, tooth_surface
from claimcheck.errors import CodeError

#: By arch from right to left above and from left to right below, as the chart of the Universal system has them.
UPPER, LOWER = range(1, 17), range(17, 33)
FRONT = {*range(6, 12), *range(22, 28)}


def test_every_tooth_and_no_other() -> None:
    regular = [*map(str, range(1, 33)), *"ABCDEFGHIJKLMNOPQRST"]
    assert [tooth.normalize(text) for text in regular] == regular
    known = [text for text in map(str, range(-1, 200)) if tooth.is_valid(text)]
    assert known == [*map(str, range(1, 33)), *map(str, range(51, 83))]
    letters = [first + second for first in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for second in ("", "A", "S", "Z")]
    assert [text for text in letters if tooth.is_valid(text)] == [
        text for letter in "ABCDEFGHIJKLMNOPQRST" for text in (letter, f"{letter}S")
    ]


@pytest.mark.parametrize("number", range(1, 33))
def test_a_permanent_tooth(number: int) -> None:
    regular, beside = tooth.parse(str(number)), tooth.parse(str(number + 50))
    assert (regular.beside, beside.beside) == (None, str(number))
    assert regular.is_anterior is beside.is_anterior is (number in FRONT)
    assert not regular.is_primary
    assert not beside.is_primary
    assert tooth.normalize(f"{number:02}") == str(number)


@pytest.mark.parametrize("letter", "ABCDEFGHIJKLMNOPQRST")
def test_a_primary_tooth(letter: str) -> None:
    regular, beside = tooth.parse(letter.lower()), tooth.parse(f"{letter}S")
    assert (regular.text, beside.beside) == (letter, letter)
    assert regular.is_primary
    assert beside.is_primary
    assert regular.is_anterior is beside.is_anterior is (letter in "CDEFGHMNOPQR")


@pytest.mark.parametrize("text", ["0", "00", "33", "50", "83", "099", "", "S", "SS3", "1S", "A1", "1.0", None, 3])
def test_what_is_no_tooth(text: object) -> None:
    if text == "S":
        assert tooth.parse(text).text == "S"
        return
    with pytest.raises(CodeError):
        tooth.parse(text)


def test_surfaces() -> None:
    assert [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if tooth_surface.is_valid(letter)] == [*"BDFILMO"]
    assert tooth_surface.split("mod") == ("M", "O", "D")
    assert tooth_surface.split("M O") == ("M O",)


def test_areas() -> None:
    known = [text for text in (f"{number:02}" for number in range(100)) if oral_cavity.is_valid(text)]
    assert known == ["00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "20", "30", "40"]
    assert [text for text in known if oral_cavity.parse(text).is_of_ada] == ["00", "01", "02", "10", "20", "30", "40"]
