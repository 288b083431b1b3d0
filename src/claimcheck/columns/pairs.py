"""Lines of one claim and day, in pairs: which rules they concern as a pair, and which bill one code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from claimcheck.columns.cells import Bools
from claimcheck.columns.judging import Judging
from claimcheck.columns.numbering import Ints
from claimcheck.rules.rule import Rule
from claimcheck.tables import bulk

__all__ = ["Pairs"]


class Pairs:
    """The rules that two lines may concern as a pair. What a rule reads of both is asked once."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        self._edits: dict[tuple[str, str], bulk.Pairs] = {}
        self._numbers: dict[tuple[str, str], Ints] = {}

    def concerned(self, claim: Ints, day: Ints, element: Ints, asks: Ints) -> tuple[Ints, Ints, Ints]:
        """For pairs of rows with codes, sorted by claim: the first row of each and the set of rules.

        And the first row of pairs with one code. `asks` has the rules that may be called in the setting. The set for
        two lines with one code is that of the rules that look for repeats.
        """
        judging = self._judging
        code = judging.lines.facts.numbers(("code",), judging.shapes[element])
        needing = [(bit, rule, needs.pair) for bit, rule, needs in judging.rulebook.needing if needs.pair is not None]
        pairs = [*_same_day(claim, day)]
        if not pairs:
            return claim[:0], claim[:0], claim[:0]
        one, other = (np.concatenate(side) for side in zip(*pairs, strict=True))
        same = code[one] == code[other]
        sets = judging.claims.sets
        which = sets.none(len(one))
        which[same] = asks[one[same]] & judging.rulebook.on_repeats
        for bit, rule, pair in needing:
            applies = ~same & ((asks[one] & bit) != 0)
            at = self._of_those(rule, element, one, other, np.flatnonzero(applies))
            which[at] |= sets.where(judging.of_pairs(rule, pair, element[one[at]], element[other[at]]), bit)
        speaks = np.flatnonzero(which)
        return one[speaks], which[speaks], one[same]

    def _of_those(self, rule: Rule, element: Ints, one: Ints, other: Ints, at: Ints) -> Ints:
        """Pairs in which each line may be one of two, and which may be edits in the rule's table."""
        judging = self._judging
        of_pair, found = judging.of_pair.get(rule.id), judging.pair_tables.get(rule.id)
        if of_pair is not None:
            at = at[(of_pair[element[one[at]]] & of_pair[element[other[at]]]) > 0]
        if found is None:
            return at
        first, second = element[one[at]], element[other[at]]
        numbers = found[first]
        may_be = numbers == 0
        for number in np.flatnonzero(np.bincount(numbers)).tolist():
            if number:
                here = np.flatnonzero(numbers == number)
                may_be[here] = self._are_edits(judging.tables_met[number - 1], first[here], second[here])
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
