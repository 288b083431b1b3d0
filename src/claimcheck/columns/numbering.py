"""Small numbers for combinations of small numbers, the same ones frame after frame.

>>> numbering = Numbering(2)
>>> numbers, new = numbering(np.array([7, 7, 8, 7]), np.array([0, 1, 1, 0]))
>>> numbers.tolist(), new.tolist()
([0, 1, 2, 0], [0, 1, 2])
>>> numbers, new = numbering(np.array([8, 300]), np.array([1, 2]))
>>> numbers.tolist(), new.tolist(), numbering.rows.tolist()
([2, 3], [1], [[7, 0], [7, 1], [8, 1], [300, 2]])
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

__all__ = ["Ints", "Numbering", "first_places", "grown"]

Ints = npt.NDArray[Any]
"""Whole numbers, of whatever width."""

_MOST_BITS = 62
_HALF_OF_BITS = 31
_DENSE_BITS = 20


class Numbering:
    """Numbers the combinations of a fixed number of columns. None of the columns may hold a number below 0.

    `rows` has the combination of each number.
    """

    def __init__(self, width: int) -> None:
        self.rows = np.empty((0, width), np.int64)
        self._bits = [1] * width
        self._dense: Ints | None = None
        self._known: pl.DataFrame | None = None
        self._halves: tuple[Numbering, Numbering] | None = None  # of columns that are too wide together

    def __len__(self) -> int:
        return len(self.rows)

    def __call__(self, *columns: Ints) -> tuple[Ints, Ints]:
        """The number of each row's combination; and the places of the first rows of those that are new."""
        if not len(columns[0]):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        self._widen(columns)
        before = len(self.rows)
        numbers, new = self._numbers(self._keys(columns))
        if len(new):
            self.rows = np.concatenate([self.rows, np.stack([column[new] for column in columns], 1)])
            assert len(self.rows) == before + len(new)  # noqa: S101 - each new combination has one row
        return numbers, new

    def _widen(self, columns: tuple[Ints, ...]) -> None:
        """Makes room for the numbers of the columns; what is known is keyed anew where there was too little."""
        needed = [max(bits, int(column.max()).bit_length()) for bits, column in zip(self._bits, columns, strict=True)]
        if needed == self._bits and (self._dense is not None or self._known is not None):
            return
        self._bits = needed
        self._dense = self._known = self._halves = None
        if len(columns) > 1 and sum(needed) > _MOST_BITS:
            half = len(columns) // 2
            self._halves = Numbering(half), Numbering(len(columns) - half)
        keys = self._keys(tuple(self.rows.T)) if len(self.rows) else np.empty(0, np.int64)
        self._remember(keys, 0)

    def _keys(self, columns: tuple[Ints, ...]) -> Ints:
        """One number for each combination."""
        if self._halves is not None:
            one, other = self._halves
            half = len(columns) // 2
            return one(*columns[:half])[0].astype(np.int64) << _HALF_OF_BITS | other(*columns[half:])[0]
        key = columns[0].astype(np.int64)
        for column, width in zip(columns[1:], self._bits[1:], strict=True):
            key = key << width
            key |= column
        return key

    def _remember(self, keys: Ints, first: int) -> None:
        if self._halves is None and sum(self._bits) <= _DENSE_BITS:
            if self._dense is None:
                self._dense = np.full(1 << sum(self._bits), -1, np.int32)
            self._dense[keys] = np.arange(first, first + len(keys), dtype=np.int32)
        else:
            numbers = pl.int_range(first, first + len(keys), dtype=pl.UInt32, eager=True)
            added = pl.DataFrame({"key": keys, "number": numbers}, schema={"key": pl.Int64, "number": pl.UInt32})
            self._known = added if self._known is None else pl.concat([self._known, added])

    def _numbers(self, keys: Ints) -> tuple[Ints, Ints]:
        if self._dense is not None:
            numbers = self._dense[keys]
            unknown = np.flatnonzero(numbers < 0)
            if not len(unknown):
                return numbers, unknown
            distinct, places = np.unique(keys[unknown], return_index=True)
            order = np.argsort(places)
            self._remember(distinct[order], len(self.rows))
            return self._dense[keys], unknown[places[order]]
        assert self._known is not None  # noqa: S101 - one of both there is
        given = pl.DataFrame({"key": keys})
        found = given.join(self._known, on="key", how="left", maintain_order="left")["number"]
        if not found.null_count():
            return found.to_numpy(), np.empty(0, np.int64)
        unknown = found.is_null().arg_true().to_numpy()
        distinct, places = np.unique(keys[unknown], return_index=True)
        order = np.argsort(places)
        self._remember(distinct[order], len(self.rows))
        found = given.join(self._known, on="key", how="left", maintain_order="left")["number"]
        return found.to_numpy(), unknown[places[order]]


def first_places(numbers: Ints, count: int) -> Ints:
    """A row of each number below `count`; -1 where there is none.

    >>> first_places(np.array([2, 0, 2]), 4).tolist()
    [1, -1, 0, -1]
    """
    places = np.full(count, -1, np.int64)
    places[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    return places


def grown(known: Ints, more: Any, dtype: Any = np.int64) -> Ints:
    """An array, and more numbers after it."""
    return np.concatenate([known, np.asarray(more, dtype)])
