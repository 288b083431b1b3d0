"""Claims that affect each other across days, because a rule for a line of one looks at lines of the other.

Rules do so for few lines, and look at lines with few codes (`claimcheck.rules.rule.OtherDays`). Claims without such a
look are validated as if there were no other.
"""

from __future__ import annotations

import numpy as np

from claimcheck.columns.cells import Bools
from claimcheck.columns.judging import Judging
from claimcheck.columns.lines import ReadLines
from claimcheck.columns.numbering import Ints, Numbering, distinct
from claimcheck.rules.rule import OtherDays

__all__ = ["Looks"]

_MOST_DAYS = 1 << 22


class Looks:
    """The lines of other claims that rules look at for a line, asked once for each kind of line."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        self._numbering = Numbering(2)
        self._lookers: dict[OtherDays, list[int]] = {}  #: the numbers of the lines with such a look

    def meeting(self, claim: Ints, member: Ints, lines: ReadLines, odd: Bools) -> Bools:
        """The claims that look at others of their member, or are looked at; all claims of members for whom that is
        unknown.

        The arrays have an entry for each row, except `odd`, which has one for each claim.
        """
        found = odd.copy()
        unknown = np.isin(member, member[odd[claim]])
        found[claim[unknown]] = True
        rows = np.flatnonzero(~unknown)
        codes = [one["code"] for one in self._judging.lines.parts["procedure"].facts]
        procedure = self._judging.lines.facts.column("procedure")[lines.shapes[rows]]
        coded = np.array([code is not None for code in codes], bool)[procedure]
        rows, procedure = rows[coded], procedure[coded]
        if not len(rows):
            return found
        members, day = distinct(member[rows])[1].astype(np.int64), lines.days[rows].astype(np.int64)
        at = self._at(lines.shapes[rows], self._judging.times.of(lines.days[rows]))
        for looks, numbers in self._lookers.items():
            lookers = np.flatnonzero(np.isin(at, numbers))
            seen = np.flatnonzero(np.array([code in looks.codes for code in codes])[procedure])
            if len(lookers) and len(seen):
                found[_looked_at(looks, (members, day, claim[rows]), lookers, seen)] = True
        return found

    def _at(self, shapes: Ints, times: Ints) -> Ints:
        """The number of what rules look at for each line."""
        numbers, new = self._numbering(shapes, times)
        lines = zip(numbers[new].tolist(), shapes[new].tolist(), times[new].tolist(), strict=True)
        for number, shape, time in lines:
            judging = self._judging
            line = judging.lines.at(shape, time, judging.times[time])
            setting = judging.claims.compiled[int(judging.lines.facts.column("setting")[shape])]
            for bit, beyond in judging.rulebook.beyond:
                looks = beyond.of_line(line) if bit & setting.asks else None
                if looks is not None:
                    self._lookers.setdefault(looks, []).append(number)
        return numbers


def _looked_at(looks: OtherDays, rows: tuple[Ints, Ints, Ints], lookers: Ints, seen: Ints) -> Ints:
    """The claims of lines that look at other lines, and of the lines they look at; rows have members, days, and claims.

    Lines on the only day of a claim are not lines of another day.
    """
    member, day, claim = rows
    several = _of_several_days(claim, day)[lookers]
    seen = seen[np.lexsort((day[seen], member[seen]))]
    keys = member[seen] * _MOST_DAYS + day[seen]
    own = np.sort(claim[seen] * _MOST_DAYS + day[seen])

    def ends(of: Ints, among: Ints) -> list[Ints]:
        first = of[lookers] * _MOST_DAYS + day[lookers]
        begin, after = (
            np.searchsorted(among, first - looks.before),
            np.searchsorted(among, first + looks.after, "right"),
        )
        on_day, next_day = np.searchsorted(among, first), np.searchsorted(among, first, "right")
        return [begin, np.where(several, after, on_day), np.where(several, after, next_day), after]

    of_member, of_claim = ends(member, keys), ends(claim, own)
    others = np.flatnonzero(_many(of_member) > _many(of_claim))
    marks = np.zeros(len(seen) + 1, np.int64)
    for place, mark in enumerate((1, -1, 1, -1)):
        np.add.at(marks, of_member[place][others], mark)
    found: Ints = np.concatenate([claim[lookers[others]], claim[seen[np.cumsum(marks[:-1]) > 0]]])
    return found


def _many(ends: list[Ints]) -> Ints:
    """How many are in two ranges."""
    many: Ints = ends[1] - ends[0] + ends[3] - ends[2]
    return many


def _of_several_days(claim: Ints, day: Ints) -> Bools:
    """For each row, whether its claim has lines on other days."""
    size = int(claim.max(initial=0)) + 1
    first, last = np.full(size, np.iinfo(np.int64).max), np.full(size, np.iinfo(np.int64).min)
    np.minimum.at(first, claim, day)
    np.maximum.at(last, claim, day)
    found: Bools = (first != last)[claim]
    return found
