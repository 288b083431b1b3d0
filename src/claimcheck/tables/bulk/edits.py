"""The NCCI edits among some codes on one day, all at once, and which other pairs are known not to be edits.

The edition that answers is chosen as in `claimcheck.tables.asking`: that of the day; if there is none, what row dates
prove and what the caller allows; and if the store cannot tell, the starter tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import attrs
import numpy as np
import numpy.typing as npt

from claimcheck.tables.bulk.asking import keys_of
from claimcheck.tables.lookup import Edition
from claimcheck.tables.ncci_as_of import ptp_is_proven
from claimcheck.tables.packed.pairs import PairTable
from claimcheck.tables.rows import PtpRow
from claimcheck.tables.shelf import Allowances, Shelf, Volume
from claimcheck.tables.starter.loading import known_absent_pairs
from claimcheck.tables.starter.silence import stands_in_no_pair
from claimcheck.tables.tables import Tables

__all__ = ["Edits", "Rest", "among"]

Keys = npt.NDArray[np.int64]  #: pairs, encoded as column one's index × number of codes + column two's
Indicators = npt.NDArray[np.int8]
Held = tuple[Keys, Indicators]

_NO_PAIRS, _NO_INDICATORS = np.empty(0, np.int64), np.empty(0, np.int8)


@attrs.frozen(eq=False)
class Rest:
    """Which pairs are known not to be edits: all pairs of some codes, and some pairs."""

    codes: npt.NDArray[np.intp]
    pairs: Keys


@attrs.frozen(eq=False)
class Edits:
    """The distinct edits among `size` codes and their indicators; of the other pairs, `rest` are known not to be edits
    (None: all)."""

    size: int
    pairs: Keys
    indicators: Indicators
    rest: Rest | None


def among(tables: Tables, table: str, program: str, codes: Sequence[str], on: date) -> Edits:
    """The edits of a table between different codes on a day."""
    asked = _Asked(codes, on)
    pairs, indicators = _NO_PAIRS, _NO_INDICATORS
    rest: Rest | None = asked.nothing
    for shelf in tables.shelves(table, program):
        if rest is None:
            break
        held, rest = asked.of_shelf(shelf, tables.allowances)
        for more, of_more in held:
            new = ~np.isin(more, pairs) if len(pairs) else slice(None)
            pairs = np.concatenate([pairs, more[new]])
            indicators = np.concatenate([indicators, of_more[new]])
    return Edits(len(codes), pairs, indicators, rest)


class _Asked:
    """The codes and the day."""

    def __init__(self, codes: Sequence[str], on: date) -> None:
        self._codes, self._keys, self._on = codes, keys_of(codes), on
        self.nothing = Rest(np.empty(0, np.intp), _NO_PAIRS)

    def of_shelf(self, shelf: Shelf[PairTable], allowances: Allowances) -> tuple[list[Held], Rest | None]:
        """The edits in a table's editions, in order of precedence, and what they know of other pairs."""
        held: list[Held] = []
        answering = shelf.covering(self._on)
        if answering is None:
            held = [self._in_force(volume, proven=True) for volume in shelf.nearest(self._on)]
            answering = shelf.allowed(self._on, allowances)
        if answering is None:
            return held, self.nothing
        return [*held, self._in_force(answering)], self._rest(shelf, answering.edition)

    def _in_force(self, volume: Volume[PairTable], *, proven: bool = False) -> Held:
        """The edits in force on the day: those that their dates prove, or all. Of overlapping periods, the last."""
        rows, pairs = self._rows(volume.table)
        windows = np.asarray(volume.table.columns()[3])[rows]
        live = np.frombuffer(volume.table.windows_in_force(self._on), bool)[windows]
        pairs, windows = pairs[live], windows[live]
        last = np.append(pairs[1:] != pairs[:-1], True)[: len(pairs)]
        pairs, windows = pairs[last], windows[last]
        if proven:
            edits = (PtpRow("", "", *window) for window in volume.table.windows)
            of_windows = np.array([ptp_is_proven(edit, self._on, volume.edition) for edit in edits], bool)
            pairs, windows = pairs[of_windows[windows]], windows[of_windows[windows]]
        return pairs, np.array([window[2] for window in volume.table.windows], np.int8)[windows]

    def _rows(self, table: PairTable) -> tuple[npt.NDArray[np.intp], Keys]:
        """The indexes of all rows between two of the codes, those of one pair ordered by period, and the pairs."""
        held, starts, twos, _ = map(np.asarray, table.columns())
        number = np.searchsorted(held, self._keys)
        ones = np.flatnonzero(held[np.minimum(number, len(held) - 1)] == self._keys) if len(held) else number[:0]
        ours = np.full(len(held), -1)
        ours[number[ones]] = ones
        first, end = starts[number[ones]].astype(np.intp), starts[number[ones] + 1].astype(np.intp)
        counts = end - first
        rows = np.arange(counts.sum()) + np.repeat(first - (np.cumsum(counts) - counts), counts)
        two = ours[twos[rows]]
        ours_too = two >= 0
        return rows[ours_too], (np.repeat(ones, counts) * len(self._codes) + two)[ours_too]

    def _rest(self, shelf: Shelf[PairTable], edition: Edition) -> Rest | None:
        if edition.partial:
            return self.nothing
        if not edition.starter:
            return None
        volume = shelf.volumes[0]
        reverse = (self._reversed(self._in_force(volume)[0]), self._rows(volume.table)[1])
        never = [place for place, code in enumerate(self._codes) if stands_in_no_pair(code)]
        same = np.arange(len(self._codes)) * (len(self._codes) + 1)
        absent = self._numbered(known_absent_pairs())
        return Rest(np.array(never, np.intp), np.unique(np.concatenate([*reverse, same, absent])))

    def _reversed(self, pairs: Keys) -> Keys:
        one, two = np.divmod(pairs, max(1, len(self._codes)))
        return two * len(self._codes) + one

    def _numbered(self, pairs: Iterable[tuple[str, str]]) -> Keys:
        numbers = {code: number for number, code in enumerate(self._codes)}
        known = [numbers[one] * len(numbers) + numbers[two] for one, two in pairs if one in numbers and two in numbers]
        return np.array(known, np.int64)
