"""Lines of one claim and day, two by two: which rules they concern as a pair, and which bill one code."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from claimcheck.columns.judging import Judging
from claimcheck.columns.numbering import Ints

__all__ = ["Pairs"]


class Pairs:
    """The rules that two lines may concern as a pair. What a rule reads of both is asked once."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        self._rules = [(bit, rule, needs.pair) for bit, rule, needs in judging.rulebook.needing if needs.pair]

    def concerned(self, claim: Ints, day: Ints, element: Ints, code: Ints, asks: Ints) -> tuple[Ints, Ints]:
        """For pairs of rows with codes, which stand by claims: the first row of each and the set of rules.

        `code` numbers the codes, `asks` has the rules that may be asked in the setting. The set of two lines of one
        code is that of the rules that look for repeats.
        """
        repeats = self._judging.rulebook.on_repeats
        rows, sets = [], []
        for one, other in _same_day(claim, day):
            same = code[one] == code[other]
            which = np.where(same, asks[one] & repeats, 0)
            for bit, rule, pair in self._rules:
                at = np.flatnonzero(~same & ((asks[one] & bit) != 0))
                which[at] |= bit * self._judging.of_pairs(rule, pair, element[one[at]], element[other[at]])
            rows.append(one)
            sets.append(which)
        if not rows:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        return np.concatenate(rows), np.concatenate(sets)


def _same_day(claim: Ints, day: Ints) -> Iterator[tuple[Ints, Ints]]:
    """The pairs of rows of one claim and one day, those first that stand next to each other."""
    one = np.arange(len(claim))
    distance = 1
    while len(one):
        one = one[one + distance < len(claim)]
        one = one[claim[one] == claim[one + distance]]
        at = one[day[one] == day[one + distance]]
        if len(at):
            yield at, at + distance
        distance += 1
