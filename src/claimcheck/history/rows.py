"""The lines of one member in a batch: a few as one block of bytes, many by their days."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import groupby
from struct import Struct
from typing import NamedTuple

from claimcheck.history.by_day import ByDay, DaysOfCodes

__all__ = ["MemberRows", "Row"]

_PACKED = Struct("<IBIIIIIIIIB")
_FEW = 32
"""Lines of a member that are kept as one block, and looked through."""

Names = Sequence[str]
CodeOf = Callable[["Row"], str]


class Row(NamedTuple):
    """A line in numbers.

    `claim` is a place among the names of claims; `day` the first day, `span` the days after it; `received` and
    `delivery` are days too, 0 where missing, as `number` is; `what` and `who` are the parts that lines share. `settled`
    is what all claims of the batch make of the line, 0 where that is what its own claim does.
    """

    claim: int
    rank: int
    position: int
    number: int
    day: int
    span: int
    received: int
    delivery: int
    what: int
    who: int
    settled: int


class MemberRows:
    """The lines of one member. What is asked of a claim by its name goes by the `names` of all claims."""

    __slots__ = ("_block", "_many")

    def __init__(self) -> None:
        self._block = b""
        self._many: _Many | None = None

    def add(self, rows: Sequence[Row], names: Names, code: CodeOf) -> None:
        """Adds lines; `code` gives what a line bills."""
        if self._many is None and len(self._block) // _PACKED.size + len(rows) > _FEW:
            self._many = _Many()
            self._many.add(self._rows(), names, code)
            self._block = b""
        if self._many is None:
            self._block += b"".join([_PACKED.pack(*row) for row in rows])
        else:
            self._many.add(rows, names, code)

    def drop(self, claim: str, names: Names) -> None:
        """Drops the lines of a claim."""
        if self._many is not None:
            self._many.drop(claim)
        else:
            kept = [row for row in self._rows() if names[row.claim] != claim]
            self._block = b"".join([_PACKED.pack(*row) for row in kept])

    def of_claim(self, claim: str, names: Names) -> list[Row]:
        """The lines of a claim."""
        if self._many is not None:
            return self._many.claims.get(claim, [])
        return [row for row in self._rows() if names[row.claim] == claim]

    def between(self, first: int, through: int) -> Iterator[Row]:
        """The lines that lie on any of the days, in no order."""
        if self._many is not None:
            return self._many.by_day.between(first, through)
        return (row for row in self._rows() if row.day <= through and row.day + row.span >= first)

    def of_codes(self, codes: Container[str], first: int, through: int, code: CodeOf) -> Iterator[list[Row]]:
        """The lines of some codes that begin on any of the days, day by day."""
        if self._many is not None:
            days = self._many.days.of(codes, first, through)
            found = ([row for row in self._many.by_day.beginning(day) if code(row) in codes] for day in days)
            return (rows for rows in found if rows)
        rows = [row for row in self._rows() if first <= row.day <= through and code(row) in codes]
        return (list(of_day) for _, of_day in groupby(sorted(rows, key=_day), key=_day))

    def _rows(self) -> Iterator[Row]:
        return map(Row._make, _PACKED.iter_unpack(self._block))


class _Many:
    """Many lines, by their days, by the claim, and the days of each code."""

    __slots__ = ("by_day", "claims", "days")

    def __init__(self) -> None:
        self.by_day: ByDay[Row] = ByDay()
        self.claims: dict[str, list[Row]] = {}
        self.days = DaysOfCodes()

    def add(self, rows: Iterable[Row], names: Names, code: CodeOf) -> None:
        for row in rows:
            self.by_day.add(row.day, row.span, row)
            self.claims.setdefault(names[row.claim], []).append(row)
            self.days.add(code(row), row.day)

    def drop(self, claim: str) -> None:
        for row in self.claims.pop(claim, ()):
            self.by_day.remove(row.day, row.span, row)


def _day(row: Row) -> int:
    return row.day
