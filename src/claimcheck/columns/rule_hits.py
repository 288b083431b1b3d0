"""Rule answers, numbered: equal hits and gaps have one number, 0 for nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from claimcheck.columns.numbering import Ints, distinct
from claimcheck.engine.digest import Said

__all__ = ["NOTHING", "RuleHits", "distinct_rows"]

NOTHING = 0


class RuleHits:
    """All answers so far: each number identifies a list of what rules reported together."""

    def __init__(self) -> None:
        self.said: list[tuple[Said, ...]] = [()]
        self._numbers: dict[tuple[tuple[str, object], ...], int] = {(): NOTHING}

    def __call__(self, said: Sequence[Said]) -> int:
        """The number of an answer."""
        if not said:
            return NOTHING
        key = tuple([(rule.id, what) for rule, what in said])
        number = self._numbers.setdefault(key, len(self.said))
        if number == len(self.said):
            self.said.append(tuple(said))
        return number

    def all_of(self, numbers: Sequence[int]) -> list[Said]:
        """Everything that some numbers identify."""
        return [one for number in numbers for one in self.said[number]]


def distinct_rows(hits: Ints, say: Callable[[tuple[int, ...]], int], *, whole: bool = False) -> Ints:
    """What `say` makes of each row of hits, called once for each distinct row with any hits.

    `whole`: with all hits in the row.

    >>> distinct_rows(np.array([[0, 7], [8, 9], [0, 7]]), lambda row: len(row)).tolist()
    [1, 2, 1]
    """
    if not len(hits):
        return np.empty(0, np.int64)
    weights = np.random.default_rng(7).integers(1, 1 << 62, hits.shape[1], dtype=np.int64) | 1
    first, inverse = distinct((hits * weights).sum(1))
    if not (hits[first][inverse] == hits).all():  # two rows hash to one number
        _, first, inverse = np.unique(hits, axis=0, return_index=True, return_inverse=True)
    rows = hits[first]
    numbers = [say(tuple((row if whole else row[row != NOTHING]).tolist())) for row in rows]
    return np.array(numbers, np.int64)[inverse.ravel()]
