"""Small numbers for combinations of small numbers, stable from frame to frame.

>>> numbering = Numbering(2)
>>> numbers, new = numbering(np.array([7, 7, 8, 7]), np.array([0, 1, 1, 0]))
>>> numbers.tolist(), new.tolist()
([0, 1, 2, 0], [0, 1, 2])
>>> numbers, new = numbering(np.array([8, 300]), np.array([1, 2]))
>>> numbers.tolist(), new.tolist(), numbering.rows.tolist()
([2, 3], [1], [[7, 0], [7, 1], [8, 1], [300, 2]])
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["Ints", "Numbering", "combined", "distinct", "first_places", "grown", "interned", "ordered", "ranges"]

Ints = npt.NDArray[Any]
"""Integers of any width."""
Value = TypeVar("Value", bound=Hashable)

_NOTHING = np.empty(0, np.int64), np.empty(0, np.int64)
_MOST_BITS = 62
_HALF_OF_BITS = 31
_DENSE_BITS = 20


_GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # Knuth's multiplicative hashing


def distinct(keys: Ints) -> tuple[Ints, Ints]:
    """The first index of each distinct key, and for each key its number among those.

    Like `numpy.unique`, without sorting: keys are hashed into a table of indexes.

    >>> first, numbers = distinct(np.array([7, 9, 7, 8]))
    >>> first.tolist(), numbers.tolist()
    ([0, 1, 3], [0, 1, 0, 2])
    """
    many = len(keys)
    bits = many.bit_length() + 1
    slots = ((keys.astype(np.int64, copy=False).view(np.uint64) * _GOLDEN) >> np.uint64(64 - bits)).view(np.int64)
    places = np.arange(many, dtype=np.int32)
    table = np.empty(1 << bits, np.int32)
    table[slots[::-1]] = places[::-1]  # the last one written stays: the first of all
    first = table[slots]
    unlike = np.flatnonzero(keys[first] != keys)
    if len(unlike):
        _, at, inverse = np.unique(keys[unlike], return_index=True, return_inverse=True)
        first[unlike] = unlike[at][inverse.ravel()]
    is_first = first == places
    numbers: Ints = (np.cumsum(is_first, dtype=np.int32) - 1)[first]
    return np.flatnonzero(is_first), numbers


def combined(*columns: Ints) -> Ints:
    """A number for each combination of some columns, which must not be negative.

    >>> combined(np.array([7, 7, 8, 7]), np.array([0, 1, 1, 0])).tolist()
    [0, 1, 2, 0]
    """
    numbers = distinct(columns[0])[1].astype(np.int64)
    for column in columns[1:]:
        other = distinct(column)[1].astype(np.int64)
        numbers = distinct(numbers * (int(other.max(initial=0)) + 1) + other)[1].astype(np.int64)
    return numbers


def ordered(*columns: Ints) -> Ints:
    """A number for each combination of some columns, which must not be negative: it is greater for one that is later.

    >>> ordered(np.array([7, 7, 8]), np.array([300, 1, 0])).tolist()
    [2407, 2108, 2408]
    """
    keys = columns[0].astype(np.int64)
    bits = int(keys.max(initial=0)).bit_length()
    for column in columns[1:]:
        width = int(column.max(initial=0)) + 1
        bits += width.bit_length()
        if bits > _MOST_BITS:
            return np.unique(np.stack(columns, 1), axis=0, return_inverse=True)[1].ravel()
        keys = keys * width + column
    return keys


class Numbering:
    """Numbers the combinations of a fixed number of columns, which must not be negative.

    `rows` has the combination of each number.
    """

    def __init__(self, width: int) -> None:
        self.rows = np.empty((0, width), np.int64)
        self._bits = [1] * width
        self._dense: Ints | None = None
        self._known = _NOTHING
        self._halves: tuple[Numbering, Numbering] | None = None  # for columns that are too wide together

    def __len__(self) -> int:
        return len(self.rows)

    def __call__(self, *columns: Ints) -> tuple[Ints, Ints]:
        """The number of each row's combination, and the first indexes of new ones."""
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
        """Widens the columns' ranges, rekeying what is known where they were too narrow."""
        needed = [max(bits, int(column.max()).bit_length()) for bits, column in zip(self._bits, columns, strict=True)]
        if needed == self._bits and (self._dense is not None or len(self.rows)):
            return
        self._bits = needed
        self._dense = self._halves = None
        self._known = _NOTHING
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
            all_keys = np.concatenate([self._known[0], keys])
            numbers = np.concatenate([self._known[1], np.arange(first, first + len(keys))])
            order = np.argsort(all_keys, kind="stable")
            self._known = all_keys[order], numbers[order]

    def _numbers(self, keys: Ints) -> tuple[Ints, Ints]:
        if self._dense is not None:
            numbers = self._dense[keys]
            unknown = np.flatnonzero(numbers < 0)
            if not len(unknown):
                return numbers, unknown
            places, _ = distinct(keys[unknown])
            self._remember(keys[unknown[places]], len(self.rows))
            return self._dense[keys], unknown[places]
        first, inverse = distinct(keys)
        numbers, is_new = self._known_numbers(keys[first])
        if not is_new.any():
            return numbers[inverse], np.empty(0, np.int64)
        numbers[is_new] = np.arange(len(self.rows), len(self.rows) + int(is_new.sum()))
        self._remember(keys[first[is_new]], len(self.rows))
        return numbers[inverse], first[is_new]

    def _known_numbers(self, keys: Ints) -> tuple[Ints, Ints]:
        """The numbers of known keys, and which are unknown."""
        sorted_keys, numbers = self._known
        if not len(sorted_keys):
            return np.zeros(len(keys), np.int64), np.ones(len(keys), bool)
        at = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
        return numbers[at], sorted_keys[at] != keys


def first_places(numbers: Ints, count: int) -> Ints:
    """A row for each number below `count`; -1 if there is none.

    >>> first_places(np.array([2, 0, 2]), 4).tolist()
    [1, -1, 0, -1]
    """
    places = np.full(count, -1, np.int64)
    places[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    return places


def grown(known: Ints, more: Any, dtype: Any = np.int64) -> Ints:
    """An array extended with more numbers."""
    return np.concatenate([known, np.asarray(more, dtype)])


def ranges(firsts: Ints, sizes: Ints) -> Ints:
    """The numbers of some ranges, one after the other.

    >>> ranges(np.array([7, 2]), np.array([3, 2])).tolist()
    [7, 8, 9, 2, 3]
    """
    found: Ints = np.repeat(firsts - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))
    return found


def interned(values: Iterable[Value], numbers: dict[Value, int] | None = None) -> Ints:
    """A number for each value: its own among the known `numbers`, to which new values are added, or the next.

    >>> interned(["a", "b", "a"]).tolist(), interned(["a", "b", "a"], {"b": 0}).tolist()
    ([0, 1, 0], [1, 0, 1])
    """
    known = {} if numbers is None else numbers
    return np.array([known.setdefault(value, len(known)) for value in values], np.int64)
