"""Lines of one claim and day, in pairs: which rules they concern as a pair, and which bill one code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from claimcheck.columns.cells import Bools
from claimcheck.columns.judging import Judging
from claimcheck.columns.numbering import Ints, Numbering
from claimcheck.rules.rule import Rule
from claimcheck.tables import bulk

__all__ = ["Pairs"]

_MOST_KEPT = 1 << 21


class Pairs:
    """The rules that two lines may concern as a pair, asked once for each pair of elements."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        self._edits: dict[tuple[str, str], bulk.Pairs] = {}
        self._numbers: dict[tuple[str, str], Ints] = {}
        self._begin()

    def _begin(self) -> None:
        self._numbering = Numbering(2)
        self._which, self._same = self._judging.claims.sets.none(0), np.empty(0, bool)

    def concerned(self, claim: Ints, day: Ints, element: Ints) -> tuple[Ints, Ints, Ints]:
        """For pairs of rows with codes, sorted by claim: the first row of each and the set of rules.

        And the first row of pairs with one code. The set for two lines with one code is that of the rules that look for
        repeats.
        """
        pairs = [*_same_day(claim, day)]
        if not pairs:
            return claim[:0], claim[:0], claim[:0]
        one, other = (np.concatenate(side) for side in zip(*pairs, strict=True))
        if len(self._numbering) > _MOST_KEPT:
            self._begin()
        numbers, new = self._numbering(element[one], element[other])
        if len(new):
            self._meet(element[one[new]], element[other[new]])
        which = self._which[numbers]
        speaks = np.flatnonzero(which)
        return one[speaks], which[speaks], one[self._same[numbers]]

    def _meet(self, one: Ints, other: Ints) -> None:
        """Asks about new pairs of elements, which are of one setting."""
        judging, sets = self._judging, self._judging.claims.sets
        code = judging.lines.facts.numbers(("code",), judging.shapes)
        same = code[one] == code[other]
        asks = judging.claims.asks[judging.setting_of(one)]
        which = sets.none(len(one))
        which[same] = asks[same] & judging.rulebook.on_repeats
        for bit, rule, needs in judging.rulebook.needing:
            if needs.pair is not None:
                at = np.flatnonzero(~same & ((asks & bit) != 0))
                at = at[self._may_be(rule, one[at], other[at])]
                which[at] |= sets.where(judging.of_pairs(rule, needs.pair, one[at], other[at]), bit)
        self._which = np.concatenate([self._which, which])
        self._same = np.concatenate([self._same, same])

    def _may_be(self, rule: Rule, one: Ints, other: Ints) -> Ints:
        """Which pairs have lines each of which may be one of two, and may be edits in the rule's table."""
        judging = self._judging
        of_pair, found = judging.of_pair.get(rule.id), judging.pair_tables.get(rule.id)
        at = np.arange(len(one)) if of_pair is None else np.flatnonzero(of_pair[one] & of_pair[other])
        if found is None:
            return at
        one, other = one[at], other[at]
        numbers = found[one]
        may_be = numbers == 0
        for number in np.flatnonzero(np.bincount(numbers)).tolist():
            if number:
                here = np.flatnonzero(numbers == number)
                may_be[here] = self._are_edits(judging.tables_met[number - 1], one[here], other[here])
        places: Ints = at[may_be]
        return places

    def _are_edits(self, table: tuple[str, str], one: Ints, other: Ints) -> Bools:
        """Whether the codes of two elements are an edit in either order, or the table cannot tell."""
        judging = self._judging
        edits = self._edits.get(table)
        if edits is None:
            edits = self._edits[table] = bulk.Pairs(judging.workshop.tables, *table)
        numbers = self._numbers_of(table, edits)
        procedure, times = judging.lines.facts.column("procedure"), judging.of_time[one]
        first, second = (numbers[procedure[judging.shapes[side]]] for side in (one, other))
        found = np.zeros(len(one), bool)
        for time in np.flatnonzero(np.bincount(times)).tolist():
            at = np.flatnonzero(times == time)
            day: Any = judging.times[time].on
            found[at] = edits.either(first[at], second[at], np.datetime64(day, "D"))
        return found

    def _numbers_of(self, table: tuple[str, str], edits: bulk.Pairs) -> Ints:
        """The numbers of procedure codes in the edit tables."""
        known = self._numbers.get(table, np.empty(0, np.int64))
        facts = self._judging.lines.parts["procedure"].facts
        if len(known) < len(facts):
            more = edits.meet([one["code"] or "" for one in facts[len(known) :]])
            known = self._numbers[table] = np.concatenate([known, more])
        return known


def _same_day(claim: Ints, day: Ints) -> Iterator[tuple[Ints, Ints]]:
    """The pairs of rows of one claim and one day, adjacent ones first."""
    one = np.arange(len(claim))
    distance = 1
    while len(one):
        one = one[one + distance < len(claim)]
        one = one[claim[one] == claim[one + distance]]
        at = one[day[one] == day[one + distance]]
        if len(at):
            yield at, at + distance
        distance += 1
