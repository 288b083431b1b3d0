"""Sets of rules over several lines in arrays: numbers of which each bit is a rule, as in `claimcheck.engine.rulebook`.

An integer of NumPy has room for 62 rules, beside its sign and a flag (`ChunkEvaluation._unseen`). Where there are more,
the arrays hold Python's integers, for which the same operators do the same, more slowly.

>>> few, many = RuleSets(62), RuleSets(64)
>>> few.of([1 << 61, 3]).dtype, many.of([1 << 63, 3]).dtype
(dtype('int64'), dtype('O'))
>>> many.where(np.array([True, False]), 1 << 63) | many.none(2) | 1
array([9223372036854775809, 1], dtype=object)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from claimcheck.columns.numbering import Ints

__all__ = ["RuleSets"]

_MOST = 62


class RuleSets:
    """Arrays of sets among a number of rules."""

    def __init__(self, rules: int) -> None:
        self._dtype: Any = np.int64 if rules <= _MOST else object
        self._all = (1 << rules) - 1

    def none(self, many: int) -> Ints:
        """So many empty sets."""
        return np.zeros(many, self._dtype)

    def of(self, sets: Iterable[int]) -> Ints:
        """Some sets, other rules left out."""
        return np.array([one & self._all for one in sets], self._dtype)

    def where(self, holds: npt.NDArray[Any], which: int) -> Ints:
        """The set `which` where something holds, else none."""
        found: Ints = self.of([0, which])[(holds != 0).view(np.int8)]
        return found
