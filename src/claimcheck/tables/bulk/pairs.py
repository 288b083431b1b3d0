"""Which of many code pairs are NCCI edits on their dates, and with what modifier indicator.

A matrix holds two bits for each pair among the codes seen so far, so any number of pairs takes one step. It is built
for each period with constant answers once enough pairs are asked for to make it worthwhile. The official tables have
pairs among 13,047 codes, which takes 43 MB if all are used.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import cast

import attrs
import numpy as np
import numpy.typing as npt

from claimcheck.tables.bulk.edits import Edits, among
from claimcheck.tables.bulk.matrix import NO_EDIT, UNKNOWN, Matrix
from claimcheck.tables.bulk.times import times
from claimcheck.tables.lookup import Found, NotCovered
from claimcheck.tables.tables import MEDICARE, Tables

__all__ = ["NO_EDIT", "UNKNOWN", "Pairs"]

Numbers = npt.NDArray[np.intp]
Indicators = npt.NDArray[np.int8]

_NONE = Edits(0, np.empty(0, np.int64), np.empty(0, np.int8), None)
_FEW = 1_000  #: distinct pairs looked up one by one in the time it takes to build a matrix


@attrs.define(eq=False)
class _Time:
    """A period with constant answers: one of its days, the pairs asked for one by one, and the matrix."""

    day: date
    asked: dict[tuple[int, int], int] = attrs.field(factory=dict)
    matrix: Matrix = attrs.field(factory=lambda: Matrix(_NONE))


class Pairs:
    """The pairs of one table among codes, which are numbered as they first occur.

    >>> pairs = Pairs(Tables.starter(), "ptp_practitioner")
    >>> pairs.meet(["20610", "99213", "11102"]).tolist()
    [0, 1, 2]
    >>> days = np.array(["2024-07-15", "2024-07-15", "2024-07-15"], "datetime64[D]")
    >>> pairs.indicators(np.array([0, 1, 1]), np.array([1, 0, 2]), days).tolist() == [1, NO_EDIT, UNKNOWN]
    True
    """

    def __init__(self, tables: Tables, table: str, program: str = MEDICARE) -> None:
        self._tables, self._table, self._program = tables, table, program
        self._codes: list[str] = []
        self._numbers: dict[str, int] = {}
        self._times: dict[int, _Time] = {}

    def meet(self, codes: Iterable[str]) -> Numbers:
        """The numbers of the codes; new codes are numbered after the earlier ones."""
        numbers = [self._numbers.setdefault(code, len(self._numbers)) for code in codes]
        self._codes += list(self._numbers)[len(self._codes) :]
        return np.array(numbers, np.intp)

    def indicators(self, one: npt.ArrayLike, two: npt.ArrayLike, days: npt.ArrayLike) -> Indicators:
        """The indicator of each pair's edit (0 or 1), or `NO_EDIT` or `UNKNOWN`.

        It is the indicator in what `Tables.ptp` finds. `days` is one date for all, or one for each; see `times`.
        """
        one, two = np.asarray(one, np.intp), np.asarray(two, np.intp)
        days = np.asarray(days, "datetime64[D]")
        numbers = times(self._tables, {self._table}, days)
        if not days.ndim:
            return self._in_time(self._time(int(numbers), days), one, two)
        found = np.empty(len(one), np.int8)
        for number in np.flatnonzero(np.bincount(numbers)).tolist():
            at = numbers == number
            found[at] = self._in_time(self._time(number, days[at.argmax()]), one[at], two[at])
        return found

    def either(self, one: npt.ArrayLike, two: npt.ArrayLike, days: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Whether each two codes are an edit in either order on the day, or the table cannot tell."""
        there, back = self.indicators(one, two, days), self.indicators(two, one, days)
        either: npt.NDArray[np.bool_] = (there != NO_EDIT) | (back != NO_EDIT)
        return either

    def _time(self, number: int, day: npt.NDArray[np.datetime64]) -> _Time:
        if number not in self._times:
            self._times[number] = _Time(cast("date", day.item()))
        return self._times[number]

    def _in_time(self, time: _Time, one: Numbers, two: Numbers) -> Indicators:
        if len(self._codes) == time.matrix.size:
            return time.matrix.indicators(one, two)
        outside = np.maximum(one, two) >= time.matrix.size
        pairs, which = np.unique(one[outside] * len(self._codes) + two[outside], return_inverse=True)
        if len(time.asked) + len(pairs) > _FEW:
            edits = among(self._tables, self._table, self._program, self._codes, time.day)
            time.matrix, time.asked = Matrix(edits), {}
            return time.matrix.indicators(one, two)
        found = np.empty(len(one), np.int8)
        found[~outside] = time.matrix.indicators(one[~outside], two[~outside])
        answers = [self._one(time, *divmod(pair, len(self._codes))) for pair in pairs.tolist()]
        found[outside] = np.array(answers, np.int8)[which]
        return found

    def _one(self, time: _Time, one: int, two: int) -> int:
        known = time.asked.get((one, two))
        if known is None:
            answer = self._tables.ptp(self._table, self._codes[one], self._codes[two], time.day, self._program)
            known = UNKNOWN if isinstance(answer, NotCovered) else NO_EDIT
            known = time.asked[one, two] = answer.value.indicator if isinstance(answer, Found) else known
        return known
