"""Numbers of combinations: the same for the same, others for others, frame after frame, however wide the columns."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.columns.numbering import Numbering

VALUES = st.one_of(st.integers(0, 3), st.integers(0, 2**40), st.integers(0, 2**61))


@st.composite
def frames(draw: st.DrawFn) -> list[list[list[int]]]:
    width = draw(st.integers(1, 7))
    row = st.lists(VALUES, min_size=width, max_size=width)
    return draw(st.lists(st.lists(row, min_size=1, max_size=12), min_size=1, max_size=4))


@given(frames())
def test_two_rows_have_one_number_where_they_are_the_same(parts: list[list[list[int]]]) -> None:
    numbering = Numbering(len(parts[0][0]))
    known: dict[tuple[int, ...], int] = {}
    for part in parts:
        numbers, new = numbering(*np.array(part, np.int64).T)
        assert [tuple(part[place]) for place in new.tolist()] == list(
            dict.fromkeys(tuple(row) for row in part if tuple(row) not in known)
        )
        for row, number in zip(part, numbers.tolist(), strict=True):
            assert known.setdefault(tuple(row), number) == number
    assert len({*known.values()}) == len(known) == len(numbering)
    assert [known[tuple(row)] for row in numbering.rows.tolist()] == [*range(len(known))]
