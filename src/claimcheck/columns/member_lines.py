"""The lines of a chunk's claims as other claims see them: what a history would keep of each.

What counts is what a line bills and its disposition: by its own claim, and `settled` among all claims of the member.
Lines that agree in that have one number, so that the lines around a claim are a list of numbers.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from claimcheck.claims import Disposition
from claimcheck.columns.cells import Bools
from claimcheck.columns.claim_parties import Parties
from claimcheck.columns.evaluation import ChunkEvaluation
from claimcheck.columns.numbering import Ints, Numbering
from claimcheck.columns.times import day_of
from claimcheck.columns.verdicts import DISPOSITIONS, STRENGTH
from claimcheck.history.recorded import RecordedLine, SettledLine

__all__ = ["MemberLines"]

_NEVER = np.iinfo(np.int32).max
_MOST_DAYS = 1 << 22
_OF_LINES = ("procedure", "modifiers", "units")


class MemberLines:
    """The kept lines of claims, sorted by group, day, received date, claim id, and position.

    `at` has the rows in that order, `begins` and `sizes` where each claim's own lines begin, and how many there are.
    `likes` numbers the lines by what they bill and their disposition, in that order, and `runs` has where the run of
    equal numbers begins that each is in.
    """

    def __init__(self, part: ChunkEvaluation, parties: Parties, likes: Numbering) -> None:
        self._part, self._parties, self._likes = part, parties, likes
        judging = part.engine.judging
        self.coded = np.zeros(len(part.claim), bool)
        regular = ~part.odd[part.claim]
        self.coded[regular] = judging.is_coded[part.elements[regular]]
        of_setting = np.array([one.facts.predetermination for one in part.engine.claims.compiled], bool)
        kept = ~part.odd & ~of_setting[part.setting] & ~self.returned()
        rows = np.flatnonzero(self.coded & kept[part.claim])
        claim, day = part.claim[rows], part.lines.days[rows].astype(np.int64)
        order = np.lexsort((rows, parties.order[claim], parties.received[claim], day, parties.group[claim]))
        self.at = rows[order]
        self.claim = part.claim[self.at]
        self._keys = self.key(parties.group[self.claim], part.lines.days[self.at])
        self.begins = np.zeros(len(part.sizes), np.int64)
        self.begins[self.claim[::-1]] = np.arange(len(self.at) - 1, -1, -1)
        self.sizes = np.bincount(self.claim, minlength=len(part.sizes))
        self.standing = self._standing()
        self.settled = np.zeros(len(part.claim), np.int64)
        self._number()

    @staticmethod
    def key(group: Ints, day: Ints) -> Ints:
        """A number that increases with group and day."""
        keys: Ints = group.astype(np.int64) * _MOST_DAYS + day.astype(np.int64)
        return keys

    def between(self, group: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """Where the lines of groups and days begin and end."""
        begins = np.searchsorted(self._keys, self.key(group, first))
        return begins, np.searchsorted(self._keys, self.key(group, last), "right")

    def returned(self) -> Bools:
        """Which claims are rejected by the current hits."""
        part, verdicts = self._part, self._part.engine.verdicts.dispositions
        rejected = STRENGTH[Disposition.REJECTED]
        all_lines = np.logical_and.reduceat(verdicts[part.verdicts] == rejected, part.firsts)
        found: Bools = all_lines | (verdicts[part.of_claims] == rejected)
        return found

    def settle(self) -> Bools:
        """Updates the lines' dispositions from the current hits; returns the claims for which that changes anything."""
        part = self._part
        now = np.where(self.returned()[part.claim], STRENGTH[Disposition.REJECTED], self._standing())
        self.settled[self.at] = np.where(now == self.standing, 0, now + 1)[self.at]
        self._number()
        changed = np.zeros(len(part.sizes), bool)
        changed[self.claim] = np.bincount(self.claim, self.settled[self.at], minlength=len(changed))[self.claim] > 0
        return changed

    def recorded(self, row: int) -> RecordedLine:
        """A line in a history's form. Of the billing parties it has only what distinguishes providers."""
        part = self._part
        claim = int(part.claim[row])
        shape = int(part.lines.shapes[row])
        facts = {name: self._facts(name, shape) for name in _OF_LINES}
        day, units = day_of(int(part.lines.days[row])), facts["units"]["units"]
        provider = self._parties.providers[claim]
        fields: tuple[Any, ...] = (
            self._parties.ids[claim],
            row - int(part.firsts[claim]) + 1,
            day,
            day,
            facts["procedure"]["code"],
            facts["modifiers"]["modifier_codes"],
            units if isinstance(units, Decimal) else None,
            DISPOSITIONS[int(self.standing[row])],
            part.engine.claims.compiled[int(part.setting[claim])].facts.claim_type,
            self.received(claim),
            None,
            provider,
            None,
            provider,
            provider,
        )
        settled = int(self.settled[row])
        return SettledLine(*fields, settled=DISPOSITIONS[settled - 1]) if settled else RecordedLine(*fields)

    def received(self, claim: int) -> date | None:
        """The day on which a claim was received."""
        day = int(self._parties.received[claim])
        return None if day == _NEVER else day_of(day)

    def _facts(self, component: str, shape: int) -> Any:
        lines = self._part.engine.lines
        return lines.parts[component].facts[int(lines.facts.column(component)[shape])]

    def _standing(self) -> Ints:
        """The disposition of each row by the current hits, apart from frequency limits."""
        standing: Ints = self._part.engine.verdicts.without_frequency[self._part.verdicts]
        return standing

    def _number(self) -> None:
        facts, shapes = self._part.engine.lines.facts, self._part.lines.shapes[self.at]
        columns = [facts.column(name)[shapes] for name in _OF_LINES]
        self.likes = self._likes(*columns, self.standing[self.at], self.settled[self.at])[0]
        begins = np.arange(len(self.likes))
        begins[1:][self.likes[1:] == self.likes[:-1]] = 0
        self.runs = np.maximum.accumulate(begins)
