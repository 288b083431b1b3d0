"""The lines of one member in a batch: a few as one block of bytes, many by their days, codes and providers."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from struct import Struct
from typing import NamedTuple

import attrs

from claimcheck.history.by_day import ByCode, ByDay, Order
from claimcheck.history.neighbours import Group, Neighbours
from claimcheck.policies.parameters.ncci import SameProvider

__all__ = ["About", "MemberRows", "Row"]

_PACKED = Struct("<IBIIIIIIIIB")
_FEW = 32
"""Lines of a member that are kept as one block, and looked through."""
_NEVER = 2**32
"""Comes after every day."""


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


@attrs.frozen(eq=False)
class About:
    """What is known of rows beside their numbers: the name of the claim, the code, the group of neighbours."""

    name: Callable[[Row], str]
    code: Callable[[Row], str]
    group: Callable[[Row, SameProvider], Group | None]

    def order(self, row: Row) -> Order:
        """What puts rows in the order of `recorded.by_date`."""
        return row.day, row.received or _NEVER, self.name(row), row.position


class MemberRows:
    """The lines of one member. What they are `about` is asked for where it is needed."""

    __slots__ = ("_block", "_many")

    def __init__(self) -> None:
        self._block = b""
        self._many: _Many | None = None

    def add(self, rows: Sequence[Row], about: About) -> None:
        """Adds lines."""
        if self._many is None and len(self._block) // _PACKED.size + len(rows) > _FEW:
            self._many = _Many(about)
            self._many.add(self._rows())
            self._block = b""
        if self._many is None:
            self._block += b"".join([_PACKED.pack(*row) for row in rows])
        else:
            self._many.add(rows)

    def drop(self, claim: str, about: About) -> None:
        """Drops the lines of a claim."""
        if self._many is not None:
            self._many.drop(claim)
        else:
            kept = [row for row in self._rows() if about.name(row) != claim]
            self._block = b"".join([_PACKED.pack(*row) for row in kept])

    def of_claim(self, claim: str, about: About) -> list[Row]:
        """The lines of a claim."""
        if self._many is not None:
            return self._many.claims.get(claim, [])
        return [row for row in self._rows() if about.name(row) == claim]

    def between(self, first: int, through: int) -> Iterator[Row]:
        """The lines that lie on any of the days, in no order."""
        if self._many is not None:
            return self._many.by_day.between(first, through)
        return (row for row in self._rows() if row.day <= through and row.day + row.span >= first)

    def beside(self, first: int, through: int, neighbours: Neighbours, about: About) -> Iterator[Row]:
        """The lines of the neighbours that lie on any of the days, in no order."""
        if self._many is not None:
            return self._many.beside(first, through, neighbours)
        rows = self.between(first, through)
        return (row for row in rows if about.group(row, neighbours.same) in neighbours.groups)

    def of_codes(self, codes: Container[str], first: int, through: int, about: About) -> Iterator[Row]:
        """The lines of some codes that begin on any of the days, in their order."""
        if self._many is not None:
            return self._many.by_code.of(codes, first, through)
        rows = [row for row in self._rows() if first <= row.day <= through and about.code(row) in codes]
        return iter(sorted(rows, key=about.order))

    def _rows(self) -> Iterator[Row]:
        return map(Row._make, _PACKED.iter_unpack(self._block))


class _Many:
    """Many lines, by their days, by the claim, by their codes and, from when it is asked for, by who billed them."""

    __slots__ = ("_about", "_groups", "by_code", "by_day", "claims")

    def __init__(self, about: About) -> None:
        self._about = about
        self._groups: dict[SameProvider, dict[Group | None, ByDay[Row]]] = {}
        self.by_day: ByDay[Row] = ByDay()
        self.by_code: ByCode[Row] = ByCode()
        self.claims: dict[str, list[Row]] = {}

    def add(self, rows: Iterable[Row]) -> None:
        about = self._about
        for row in rows:
            self.by_day.add(row.day, row.span, row)
            self.by_code.add(about.code(row), about.order(row), row)
            self.claims.setdefault(about.name(row), []).append(row)
            for same, groups in self._groups.items():
                groups.setdefault(about.group(row, same), ByDay()).add(row.day, row.span, row)

    def drop(self, claim: str) -> None:
        about = self._about
        for row in self.claims.pop(claim, ()):
            self.by_day.remove(row.day, row.span, row)
            self.by_code.remove(about.code(row), about.order(row))
            for same, groups in self._groups.items():
                groups[about.group(row, same)].remove(row.day, row.span, row)

    def beside(self, first: int, through: int, neighbours: Neighbours) -> Iterator[Row]:
        groups = self._by_group(neighbours.same)
        for group in neighbours.groups:
            if group in groups:
                yield from groups[group].between(first, through)

    def _by_group(self, same: SameProvider) -> dict[Group | None, ByDay[Row]]:
        known = self._groups.get(same)
        if known is None:
            known = self._groups[same] = {}
            for rows in self.claims.values():
                for row in rows:
                    known.setdefault(self._about.group(row, same), ByDay()).add(row.day, row.span, row)
        return known
