"""Kinds of claims that several-line rules may concern: claims of one kind get one verdict, looked up in columns.

A kind is everything that a verdict depends on, as in `claimcheck.columns.several_lines`: the rules, how the claim is
paid, which lines are alike, and the lines in order, with their days if these differ.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from claimcheck.columns.fields import EPOCH
from claimcheck.columns.judging import Judging
from claimcheck.columns.numbering import Ints, Numbering, distinct, interned, ranges
from claimcheck.columns.several_lines import ClaimVerdict, Likeness, SeveralLines
from claimcheck.columns.verdicts import Lists
from claimcheck.engine.digest import NOTHING_SAID, Digest

if TYPE_CHECKING:
    from claimcheck.columns.evaluation import ChunkEvaluation

__all__ = ["ClaimKinds", "kinds_of_lines"]

_MOST_KEPT = 1 << 20
_NONE = ClaimVerdict((), NOTHING_SAID, ())


class ClaimKinds:
    """The kinds seen so far, and the verdict on each.

    `lines` are the results of its lines, `returned` those of a returned claim, `own` what is reported on the claim;
    `speaks` says which have findings of their own, `odd` which must be validated by themselves.
    """

    def __init__(self, judging: Judging, several_lines: SeveralLines) -> None:
        self._judging, self._several_lines = judging, several_lines
        self._begin()

    def _begin(self) -> None:
        self._lists, self._kinds = Numbering(3), Numbering(4)
        self._asked: dict[int, int] = {}
        self._alike: dict[Hashable, int] = {None: 0}
        self.own: list[Digest] = []
        self.speaks, self.odd = np.empty(0, bool), np.empty(0, bool)
        self.lines = self.returned = Lists.built(())

    def of(self, part: ChunkEvaluation, claims: Ints, asked: Ints, alike: Mapping[int, Likeness]) -> Ints:
        """The kinds of some claims, for each of which a set of rules is `asked`; the verdicts on new ones are found."""
        if len(self._lists) > _MOST_KEPT:
            self._begin()
        sets = interned(asked.tolist(), self._asked)
        likeness = interned(map(alike.get, claims.tolist()), self._alike)
        numbers, new = self._kinds(sets, part.paid[claims], likeness, self._lists_of(part, claims, sets))
        if len(new):
            found = [self._verdict(part, int(claims[at]), int(asked[at]), alike) for at in new.tolist()]
            self.odd = np.concatenate([self.odd, [one is None for one in found]])
            self._keep([one or _NONE for one in found])
        return numbers

    def _verdict(
        self, part: ChunkEvaluation, claim: int, asked: int, alike: Mapping[int, Likeness]
    ) -> ClaimVerdict | None:
        elements, days = part.lines_of(claim)
        return self._several_lines.verdict_on(elements, days, asked, alike.get(claim), paid=bool(part.paid[claim]))

    def _keep(self, verdicts: Sequence[ClaimVerdict]) -> None:
        self.own += [one.own for one in verdicts]
        self.lines = self.lines.followed_by([one.lines for one in verdicts])
        self.returned = self.returned.followed_by([one.returned for one in verdicts])
        self.speaks = np.concatenate([self.speaks, [one.own is not NOTHING_SAID for one in verdicts]])

    def _lists_of(self, part: ChunkEvaluation, claims: Ints, sets: Ints) -> Ints:
        """A number for the lines of each claim, in order, as far as its rules can tell."""
        sizes, firsts = part.sizes[claims], part.firsts[claims]
        begins = np.cumsum(sizes) - sizes
        rows = ranges(firsts, sizes)
        lines = kinds_of_lines(part, rows, np.repeat(np.where(part.paid[claims], -1, sets), sizes), self._asked)
        days = self._days(part, claims, rows)
        lists = np.zeros(len(claims), np.int64)
        for position in range(int(sizes.max(initial=0))):
            longer = np.flatnonzero(sizes > position)
            at = begins[longer] + position
            lists[longer] = 1 + self._lists(lists[longer], lines[at], days[at])[0]
        return lists

    def _days(self, part: ChunkEvaluation, claims: Ints, rows: Ints) -> Ints:
        """The days of the rows of some claims as far as they matter: 0 for claims of one day.

        On a bill for outpatients only the distance between days matters, unless limits count a line.
        """
        sizes = part.sizes[claims]
        begins = np.cumsum(sizes) - sizes
        days = part.lines.days[rows].astype(np.int64)
        if not len(rows):
            return days
        first, last = np.minimum.reduceat(days, begins), np.maximum.reduceat(days, begins)
        counted = np.logical_or.reduceat(self._judging.counted[part.elements[rows]] > 0, begins)
        settings = [one.facts for one in self._judging.claims.compiled]
        outpatient = np.array([one.institutional and not one.inpatient for one in settings], bool)[part.setting[claims]]
        apart: Ints = days - np.repeat(np.where((first == last) | (outpatient & ~counted), first, -EPOCH), sizes)
        return apart


def kinds_of_lines(part: ChunkEvaluation, rows: Ints, which: Ints, sets: Mapping[int, int]) -> Ints:
    """For some rows a number, equal for lines that differ in nothing that the rules asked of their claims can tell.

    `which` is the number of the rules asked of each row's claim among the `sets`; -1 for a row that counts as it is.
    """
    kinds = part.elements[rows]
    asked = {number: one for one, number in sets.items()}
    for number in np.flatnonzero(np.bincount(which + 1)).tolist():
        if number:
            at = np.flatnonzero(which == number - 1)
            first, of_first = distinct(kinds[at])
            found = part.engine.several_lines.kinds(kinds[at[first]].tolist(), asked[number - 1])
            kinds[at] = np.array(found, np.int64)[of_first]
    return kinds
