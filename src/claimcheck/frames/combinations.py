"""The distinct combinations of columns of whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import polars as pl

__all__ = ["Combinations", "first_alike", "numbered"]

_ROOM = 2**62


def first_alike(columns: Sequence[pl.Series]) -> pl.Series:
    """Of each row, the first row that is the same in all columns.

    >>> first_alike([pl.Series([7, 7, 8, 7]), pl.Series([None, 1, 1, None])]).to_list()
    [0, 1, 2, 0]
    """
    keys = _packed(columns)
    frame = pl.DataFrame([key.alias(str(place)) for place, key in enumerate(keys)])
    row = pl.int_range(pl.len(), dtype=pl.UInt32)
    return frame.select(row.alias("row"), pl.all()).select(pl.col("row").first().over(frame.columns)).to_series()


def _packed(columns: Sequence[pl.Series]) -> list[pl.Series]:
    """The columns as few as their ranges allow, each row the same in all of them where it was before."""
    packed: list[pl.Series] = []
    room = 0
    for column in columns:
        least, most = cast("int | None", column.min()), cast("int | None", column.max())
        if least is None or most is None:  # nothing but None
            continue
        size = most - least + 2
        if size == 2 and not column.null_count():
            continue
        if size >= _ROOM:
            packed.append(column)
            room = 0
            continue
        shifted = (column.cast(pl.Int64) - (least - 1)).fill_null(0)
        if room and room * size < _ROOM:
            room *= size
            packed[-1] = packed[-1] * size + shifted
        else:
            room = size
            packed.append(shifted)
    return packed or [pl.repeat(0, len(columns[0]), dtype=pl.Int64, eager=True)]


class Combinations:
    """Numbers combinations as they come, in whatever frame: what is alike has one number for good."""

    def __init__(self) -> None:
        self.known: dict[tuple[int | None, ...], int] = {}

    def __len__(self) -> int:
        return len(self.known)

    def numbers(self, columns: Sequence[pl.Series]) -> pl.Series:
        """The number of each row's combination."""
        return self.numbers_and_new(columns)[0]

    def numbers_and_new(self, columns: Sequence[pl.Series]) -> tuple[pl.Series, pl.Series]:
        """The number of each row's combination; and the rows that are the first of a new one, in their order.

        >>> combinations = Combinations()
        >>> [found.to_list() for found in combinations.numbers_and_new([pl.Series([5, 6, 5])])]
        [[0, 1, 0], [0, 1]]
        >>> [found.to_list() for found in combinations.numbers_and_new([pl.Series([7, 6])])]
        [[2, 1], [0]]
        """
        alike = first_alike(columns)
        firsts = alike.filter(alike == pl.int_range(len(alike), dtype=pl.UInt32, eager=True))
        named = [column.alias(str(place)) for place, column in enumerate(columns)]
        found, new = [], []
        for row, combination in zip(firsts.to_list(), pl.DataFrame(named)[firsts].iter_rows(), strict=True):
            number = self.known.get(combination)
            if number is None:
                number = self.known[combination] = len(self.known)
                new.append(row)
            found.append(number)
        return numbered(alike, firsts, pl.Series(found, dtype=pl.UInt32)), pl.Series(new, dtype=pl.UInt32)


def numbered(alike: pl.Series, firsts: pl.Series, numbers: pl.Series) -> pl.Series:
    """The number of each row, where the first rows have these `numbers`."""
    at = pl.repeat(0, len(alike), dtype=pl.UInt32, eager=True)
    return at.scatter(firsts, numbers).gather(alike)
