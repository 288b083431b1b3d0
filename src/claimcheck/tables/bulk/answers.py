"""A table's answers for many codes: an array gives the kind of each, and the answer itself is made on demand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, overload

import attrs
import numpy as np
import numpy.typing as npt

from claimcheck.tables.as_of import AS_PRINTED, Say
from claimcheck.tables.lookup import Absent, Found, Lookup, NotCovered
from claimcheck.tables.packed.records import RecordTable
from claimcheck.tables.shelf import Volume

__all__ = ["Answers", "Held"]

Numbers = npt.NDArray[np.intp]
Silent = Absent | NotCovered


@attrs.frozen(eq=False)
class Held:
    """What one edition has for the codes it holds, on one day. `exact` applies to its answers."""

    volume: Volume[RecordTable]
    say: Say
    on: date
    exact: bool = True
    _said: dict[tuple[int, str], tuple[Any, bool] | None] = attrs.field(factory=dict, init=False, repr=False)

    def said(self, place: int, code: str) -> tuple[Any, bool] | None:
        """What the code's rows, which begin at that index, mean, and whether their dates prove it."""
        known = place, code
        if known not in self._said:
            rows = self.volume.table.rows_at(place, code)
            self._said[known] = self.say(rows, self.on, self.volume.edition)
        return self._said[known]

    def found(self, place: int, code: str) -> Found[Any]:
        """The answer for a code that it holds."""
        said = self.said(place, code)
        assert said is not None  # noqa: S101 -- nobody asks who was not told so
        return Found(said[0], self.volume.edition, self.exact)

    def values(self, field: str, places: Sequence[int], codes: Sequence[str]) -> list[Any]:
        """A field of the answers for codes that it holds, whose rows begin at those indexes."""
        table = self.volume.table
        if self.say in AS_PRINTED and table.has(field):
            return table.values(field, places)
        return [getattr(self.found(place, code).value, field) for place, code in zip(places, codes, strict=True)]


@attrs.frozen(eq=False, repr=False)
class Answers(Sequence[Lookup[Any]]):
    """The answers for `codes`, in order. Each equals what the table answers for that code alone.

    >>> from claimcheck.tables import Tables
    >>> from claimcheck.tables.bulk import ask
    >>> answers = ask(Tables.starter(), "mue_practitioner", ["97110", "99499", "3044F"], date(2024, 7, 15))
    >>> answers.found.tolist(), answers.covered.tolist(), answers.field("value", -1).tolist()
    ([True, False, False], [True, False, True], [6, -1, -1])
    >>> answers[1]
    NotCovered(reason=<Reason.STARTER_TABLE: 'starter_table'>, table='mue_practitioner')
    """

    codes: tuple[str, ...]
    _held: tuple[Held, ...]
    _silent: tuple[Silent, ...]  #: the distinct answers for codes that are not found
    _of: Numbers  #: for each code, its edition's number, or -1, -2, ... for a `silent` answer
    _rows: Numbers  #: for each code, where its rows begin in that edition

    @property
    def found(self) -> npt.NDArray[np.bool_]:
        """Whether the table holds the code."""
        found: npt.NDArray[np.bool_] = self._of >= 0
        return found

    @property
    def covered(self) -> npt.NDArray[np.bool_]:
        """Whether the table can tell: it holds the code, or its absence is meaningful."""
        covered = self.found
        for answer, places in self.silent:
            covered[places] = isinstance(answer, Absent)
        return covered

    @property
    def silent(self) -> tuple[tuple[Silent, Numbers], ...]:
        """Each distinct answer for codes that are not found, and the indexes of those codes."""
        return tuple((answer, np.flatnonzero(self._of == -1 - number)) for number, answer in enumerate(self._silent))

    def field(self, name: str, default: Any) -> npt.NDArray[Any]:
        """A field of the answer for each code found, and `default` for the others; the array has its type."""
        values = np.full(len(self.codes), default, object)
        for number, held in enumerate(self._held):
            places = np.flatnonzero(self._of == number)
            codes = [self.codes[place] for place in places.tolist()]
            values[places] = held.values(name, self._rows[places].tolist(), codes)
        return values if default is None else np.array(values.tolist(), type(default))

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, place: int) -> Lookup[Any]: ...
    @overload
    def __getitem__(self, place: slice) -> list[Lookup[Any]]: ...
    def __getitem__(self, place: int | slice) -> Lookup[Any] | list[Lookup[Any]]:
        if isinstance(place, slice):
            return [self._one(each) for each in range(*place.indices(len(self)))]
        return self._one(range(len(self))[place])

    def __iter__(self) -> Iterator[Lookup[Any]]:
        return map(self._one, range(len(self)))

    def _one(self, place: int) -> Lookup[Any]:
        number = int(self._of[place])
        if number < 0:
            return self._silent[-1 - number]
        return self._held[number].found(int(self._rows[place]), self.codes[place])
