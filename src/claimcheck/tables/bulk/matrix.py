"""Edits as a matrix: two bits for each pair of codes, so that any number of pairs is looked up in one step."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from claimcheck.tables.bulk.edits import Edits, Keys, Rest

__all__ = ["NO_EDIT", "UNKNOWN", "Matrix"]

NO_EDIT, UNKNOWN = -1, 2
"""Instead of an indicator: the table covers the pair and it is not an edit, or the table cannot tell."""

_BLOCK = 1 << 15  #: pairs looked up in one step, so that temporary arrays stay in the CPU cache

Bits = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.intp]


class Matrix:
    """Two bits for each pair of codes: the indicator plus 1.

    >>> edits = Edits(3, np.array([1, 5]), np.array([0, 1], np.int8), None)
    >>> Matrix(edits).indicators(np.array([0, 1, 1]), np.array([1, 2, 0])).tolist() == [0, 1, NO_EDIT]
    True
    """

    def __init__(self, edits: Edits) -> None:
        self.size = edits.size
        self._width = (edits.size + 3) // 4
        self._bits: Bits = np.zeros(self.size * self._width, np.uint8)
        if edits.rest is not None:
            self._know_only(edits.rest)
        self._set(edits.pairs, edits.indicators - NO_EDIT, clear=edits.rest is not None)

    def indicators(self, one: Numbers, two: Numbers) -> npt.NDArray[np.int8]:
        """What it holds for each pair."""
        found = np.empty(len(one), np.int8)
        for start in range(0, len(one), _BLOCK):
            block = slice(start, start + _BLOCK)
            found[block] = self._held(one[block], two[block])
        return found

    def _held(self, one: Numbers, two: Numbers) -> npt.NDArray[np.int8]:
        held = self._bits[one * self._width + (two >> 2)] >> _shift(two)
        return (held & 3).astype(np.int8) + np.int8(NO_EDIT)

    def _know_only(self, rest: Rest) -> None:
        """Makes every pair unknown except those known not to be edits."""
        bits = self._bits.reshape(self.size, self._width)
        bits[:] = 0xFF
        bits[rest.codes] = 0
        for two in rest.codes.tolist():
            bits[:, two >> 2] &= ~np.uint8(3 << ((two & 3) << 1))
        self._set(rest.pairs, np.zeros(len(rest.pairs), np.int8))

    def _set(self, pairs: Keys, values: npt.NDArray[np.int8], *, clear: bool = True) -> None:
        one, two = np.divmod(pairs, max(1, self.size))
        places, shift = one * self._width + (two >> 2), _shift(two)
        if clear:
            np.bitwise_and.at(self._bits, places, ~(np.uint8(3) << shift))
        np.bitwise_or.at(self._bits, places, values.astype(np.uint8) << shift)


def _shift(two: Numbers) -> Bits:
    """How far from the right the column-two code's bits are in its byte."""
    return ((two & 3) << 1).astype(np.uint8)
