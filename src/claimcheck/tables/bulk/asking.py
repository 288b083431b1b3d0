"""Asks one table for many codes: what `Tables` does code by code, with one binary search for all.

One `searchsorted` finds the codes that an edition holds. Only the others, and those in tables with dated rows, are
handled one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from claimcheck.tables.as_of import AS_PRINTED
from claimcheck.tables.asking import Layer, absence, presence_counts
from claimcheck.tables.bulk.answers import Answers, Held, Numbers, Silent
from claimcheck.tables.lookup import Absent, NotCovered, Reason
from claimcheck.tables.packed.keys import key
from claimcheck.tables.packed.records import RecordTable
from claimcheck.tables.shelf import Allowances, Shelf, Volume
from claimcheck.tables.tables import MEDICARE, Tables

__all__ = ["ask", "keys_of"]

_UNSAID = np.iinfo(np.intp).min


def ask(tables: Tables, table: str, codes: Iterable[str], on: date, program: str = MEDICARE) -> Answers:
    """A table's answers for the codes on the day, for any table but NCCI pairs.

    >>> answers = ask(Tables.starter(), "modifier", ["LT", "??"], date(2024, 7, 15))
    >>> [type(answer).__name__ for answer in answers], answers.field("active", default=False).tolist()
    (['Found', 'Absent'], [True, False])
    """
    asked = _Asked(tuple(codes), on, tables.allowances)
    for number, layer in enumerate(tables.layers(table, program)):
        asked.ask(layer, last_resort=number > 0)
    return asked.answers()


def keys_of(codes: Sequence[str]) -> npt.NDArray[np.uint64]:
    """The codes as the integers that tables store."""
    return np.fromiter(map(key, codes), np.uint64, len(codes))


class _Asked:
    """The codes, and the answers so far."""

    def __init__(self, codes: tuple[str, ...], on: date, allowances: Allowances) -> None:
        self._codes, self._keys = codes, keys_of(codes)
        self._on, self._allowances = on, allowances
        self._of = np.full(len(codes), _UNSAID)
        self._rows = np.full(len(codes), -1)
        self._held: list[Held] = []
        self._silent: dict[Silent, int] = {}

    def answers(self) -> Answers:
        return Answers(self._codes, tuple(self._held), tuple(self._silent), self._of, self._rows)

    def ask(self, layer: Layer, *, last_resort: bool) -> None:
        """Asks for codes that have no answer yet; as a `last_resort`, if an earlier layer could not tell."""
        before = self._of.copy()
        unclear = self._unclear() if last_resort else np.arange(len(self._codes))
        self._of[unclear] = _UNSAID
        self._layer(layer, unclear)
        if last_resort:
            self._keep(before, unclear)

    def _unclear(self) -> Numbers:
        reasons = [-1 - number for answer, number in self._silent.items() if isinstance(answer, NotCovered)]
        return np.flatnonzero(np.isin(self._of, reasons))

    def _keep(self, before: Numbers, unclear: Numbers) -> None:
        """If the last layer could not tell either, keeps the reason of an earlier layer that is loaded."""
        silent = [*self._silent]
        for place in unclear.tolist():
            now, then = self._of[place], before[place]
            if now < 0 and isinstance(silent[-1 - now], NotCovered):
                earlier = silent[-1 - then]
                if isinstance(earlier, NotCovered) and earlier.reason is not Reason.NO_TABLE:
                    self._of[place] = then

    def _layer(self, layer: Layer, places: Numbers) -> None:
        shelf = layer.shelf
        if shelf is None:
            self._say(places, NotCovered(Reason.NO_TABLE, layer.name))
            return
        covering = shelf.covering(self._on)
        if covering is not None:
            self._edition(shelf, Held(covering, layer.say, self._on), places, covering.absent)
            return
        for volume in shelf.nearest(self._on):
            places = self._hold(shelf, Held(volume, layer.say, self._on), places, proven=True)
        allowed = shelf.allowed(self._on, self._allowances)
        if allowed is None:
            self._say(places, NotCovered(shelf.uncovered(self._on), shelf.name))
        else:
            held = Held(allowed, layer.say, self._on, exact=False)
            self._edition(shelf, held, places, Absent(allowed.edition, exact=False))

    def _edition(self, shelf: Shelf[RecordTable], held: Held, places: Numbers, absent: Absent) -> None:
        """The edition that answers, and what it means if it lacks a code."""
        is_absent = None
        for place in self._hold(shelf, held, places).tolist():
            answer = absence(shelf, absent, self._codes[place], self._on)
            if answer is absent:
                is_absent = self._number(absent) if is_absent is None else is_absent
                self._of[place] = is_absent
            else:
                self._of[place] = self._number(answer)

    def _hold(self, shelf: Shelf[RecordTable], held: Held, places: Numbers, *, proven: bool = False) -> Numbers:
        """Records which codes the edition holds, or whose rows' dates prove them; returns the rest."""
        rows = _first_rows(held.volume, self._keys[places])
        holds = rows >= 0
        if held.say not in AS_PRINTED:
            for at in np.flatnonzero(holds).tolist():
                said = held.said(int(rows[at]), self._codes[places[at]])
                holds[at] = said is not None and (said[1] or not proven)
        elif proven:
            holds[:] = False  # rows without dates prove nothing
        found = places[holds]
        self._rows[found] = rows[holds]
        if presence_counts(shelf, held.volume.edition):
            self._of[found] = len(self._held)
            self._held.append(held)
        else:
            self._say(found, NotCovered(Reason.PARTIAL_TABLE, shelf.name))
        return places[~holds]

    def _say(self, places: Numbers, answer: Silent) -> None:
        if len(places):
            self._of[places] = self._number(answer)

    def _number(self, answer: Silent) -> int:
        return -1 - self._silent.setdefault(answer, len(self._silent))


def _first_rows(volume: Volume[RecordTable], keys: npt.NDArray[np.uint64]) -> Numbers:
    """Where the rows of each code begin; -1 for a code that the edition lacks."""
    held = np.asarray(volume.table.keys)
    rows = np.searchsorted(held, keys)
    rows[held[np.minimum(rows, len(held) - 1)] != keys] = -1
    return rows
