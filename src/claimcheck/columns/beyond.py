"""Claims that matter to each other beyond their days: those of which a line looks at a line of the other.

Rules look so for few lines, and at lines of few codes (`claimcheck.rules.rule.OtherDays`). Claims of which none does
are judged as if there were no other.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from claimcheck.columns.cells import Bools
from claimcheck.columns.judging import Judging
from claimcheck.columns.lines import ReadLines
from claimcheck.columns.numbering import Ints
from claimcheck.rules.rule import OtherDays

__all__ = ["Looks"]

_MOST_COMPARED = 200  #: lines of a member that are compared each with each


class _Line(NamedTuple):
    claim: int
    day: int
    code: str
    looks: tuple[OtherDays, ...]


class Looks:
    """At which lines of other claims rules look for lines, each kind of which is asked once."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        self._known: dict[tuple[int, int], tuple[OtherDays, ...]] = {}

    def meeting(self, claim: Ints, member: Ints, lines: ReadLines, odd: Bools) -> set[int]:
        """The claims that look at others of their member, or are looked at; all of members of whom that is not known.

        The arrays have an entry for each row, but for `odd`, which has one for each claim.
        """
        found: set[int] = set()
        of_member: defaultdict[int, list[_Line]] = defaultdict(list)
        unknown = {*member[odd[claim]].tolist()}
        times = self._judging.times.of(np.where(odd[claim], 0, lines.days))
        columns = (claim, member, lines.shapes, lines.days, times)
        for number, whose, shape, day, time in zip(*(column.tolist() for column in columns), strict=True):
            if whose in unknown:
                found.add(number)
            elif (code := self._code(shape)) is not None:
                of_member[whose].append(_Line(number, day, code, self._at(shape, time)))
        for of_one in of_member.values():
            if len(of_one) > _MOST_COMPARED:
                found.update(line.claim for line in of_one)
            else:
                for line in of_one:
                    found |= _looked_at(line, of_one)
        return found

    def _at(self, shape: int, time: int) -> tuple[OtherDays, ...]:
        known = self._known.get((shape, time))
        if known is None:
            judging = self._judging
            line = judging.lines.at(shape, time, judging.times[time])
            setting = judging.claims.compiled[int(judging.lines.facts.column("setting")[shape])]
            found = judging.rulebook.beyond if line.code is not None else ()
            days = [beyond.of_line(line) for bit, beyond in found if bit & setting.asks]
            known = self._known[shape, time] = tuple([one for one in days if one is not None])
        return known

    def _code(self, shape: int) -> str | None:
        procedure = int(self._judging.lines.facts.column("procedure")[shape])
        code: str | None = self._judging.lines.parts["procedure"].facts[procedure]["code"]
        return code


def _looked_at(line: _Line, others: list[_Line]) -> set[int]:
    """The claim of a line and those of others, of which it looks at a line."""
    found: set[int] = set()
    for looks in line.looks:
        for other in others:
            near = -looks.before <= other.day - line.day <= looks.after
            if near and other.claim != line.claim and other.code in looks.codes:
                found |= {line.claim, other.claim}
    return found
