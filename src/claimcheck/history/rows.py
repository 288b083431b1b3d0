"""The lines of one member in a batch: a few as one block of bytes, many indexed by day, code, and provider."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from struct import Struct
from typing import NamedTuple, TypeVar

import attrs

from claimcheck.history.by_day import ByCode, ByDay, Order
from claimcheck.history.neighbours import Group, Neighbours
from claimcheck.policies.parameters.ncci import SameProvider

__all__ = ["About", "Found", "MemberRows", "Row"]

T = TypeVar("T")

_PACKED = Struct("<IBIIIIIIIIBq")
_FEW = 32
"""Lines of a member kept as one block, and scanned."""
_NEVER = 2**32
"""Sorts after every day."""


class Row(NamedTuple):
    """A line as integers.

    `claim` is an index into claim names; `day` the first day, `span` the days after it; `received` and `delivery` are
    dates too, 0 if missing, as is `number`; `what` and `who` are the shared parts. `settled` is the line's disposition
    among all claims of the batch, 0 if that is the same as its own claim's. `billed` is the billing digest, 0 if there
    is none.
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
    billed: int


class Sorted:
    """Rows in order, with a likeness number and the billing digest of each, 0 if it has none."""

    __slots__ = ("_likes", "_number", "_numbers", "_starts", "billed", "rows")

    def __init__(
        self, rows: Sequence[Row], likes: Sequence[int], billed: Sequence[int], numbers: dict[tuple[int, ...], int]
    ) -> None:
        self.rows, self.billed = tuple(rows), tuple(billed)
        self._likes, self._numbers = tuple(likes), numbers
        self._number: int | None = None
        self._starts: list[int] = []

    def kind(self, out: tuple[int, ...]) -> tuple[int, ...]:
        """The same for rows with the same likeness numbers, without those at some places.

        One of several like rows in a row is as good as the next.
        """
        if self._number is None:
            self._number = self._numbers.setdefault(self._likes, len(self._numbers))
        if not out:
            return (self._number,)
        if not self._starts:
            begins = 0
            for at, like in enumerate(self._likes):
                begins = begins if like == self._likes[begins] else at
                self._starts.append(begins)
        return (self._number, *[self._starts[place] for place in out])


class Found:
    """Sorted rows, without those at the places in `out`. `is_of_a_day`: all are on the one day asked for."""

    __slots__ = ("_all", "_out", "is_of_a_day")

    def __init__(self, whole: Sorted, out: tuple[int, ...] = (), *, is_of_a_day: bool = True) -> None:
        self._all, self._out, self.is_of_a_day = whole, out, is_of_a_day

    def __len__(self) -> int:
        return len(self._all.rows) - len(self._out)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows."""
        return self._without(self._all.rows)

    @property
    def billed(self) -> Sequence[int]:
        """The billing digest of each row, 0 if there is none."""
        return self._without(self._all.billed)

    @property
    def kind(self) -> tuple[int, ...] | None:
        """The same for rows that rules of the day cannot distinguish; None if some are on other days."""
        return self._all.kind(self._out) if self.is_of_a_day else None

    def of_digest(self, digest: int) -> Iterator[Row]:
        """The rows with a billing digest."""
        billed, at = self._all.billed, -1
        for _ in range(billed.count(digest)):
            at = billed.index(digest, at + 1)
            if at not in self._out:
                yield self._all.rows[at]

    def _without(self, values: tuple[T, ...]) -> Sequence[T]:
        if not self._out:
            return values
        left = [*values]
        for place in reversed(self._out):
            del left[place]
        return left


@attrs.frozen(eq=False)
class About:
    """What is known about rows besides their integers: claim name, code, comparison group.

    `numbers` are those of the kinds of rows on one day.
    """

    name: Callable[[Row], str]
    code: Callable[[Row], str]
    group: Callable[[Row, SameProvider], Group | None]
    numbers: dict[tuple[int, ...], int]

    def order(self, row: Row) -> Order:
        """The sort key of rows, as in `recorded.by_date`."""
        return row.day, row.received or _NEVER, self.name(row), row.position


class MemberRows:
    """The lines of one member. `about` is called when needed."""

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

    def settle(self, claim: str, rows: Sequence[Row], about: About) -> None:
        """Replaces the lines of a claim with others that differ in `settled` only."""
        if self._many is not None:
            self._many.settle(claim, rows)
        else:
            self.drop(claim, about)
            self.add(rows, about)

    def of_claim(self, claim: str, about: About) -> list[Row]:
        """The lines of a claim."""
        if self._many is not None:
            return self._many.claims.get(claim, [])
        return [row for row in self._rows() if about.name(row) == claim]

    def between(self, first: int, through: int) -> Iterator[Row]:
        """The lines on any of the days, unordered."""
        if self._many is not None:
            return self._many.between(first, through)
        return (row for row in self._rows() if row.day <= through and row.day + row.span >= first)

    def beside(self, first: int, through: int, neighbours: Neighbours, about: About) -> Iterator[Row]:
        """The neighbors' lines on any of the days, unordered."""
        if self._many is not None:
            return self._many.beside(first, through, neighbours)
        rows = self.between(first, through)
        return (row for row in rows if about.group(row, neighbours.same) in neighbours.groups)

    def in_order(
        self, first: int, through: int, neighbours: Neighbours, about: About, leave_out: frozenset[str]
    ) -> Found | None:
        """The same in the order of `recorded.by_date`, without those of excluded claims; None if there are none."""
        many, one = self._many, first == through and len(neighbours.groups) == 1
        if many is not None and one and not many.has_longer(neighbours):
            return many.on_a_day(first, neighbours, leave_out)
        rows = [row for row in self.beside(first, through, neighbours, about) if about.name(row) not in leave_out]
        rows.sort(key=about.order)
        if not rows:
            return None
        found = Sorted(rows, [*map(_likeness, rows)], [row.billed for row in rows], about.numbers)
        return Found(found, is_of_a_day=all(row.day == first and not row.span for row in rows))

    def of_codes(self, codes: Container[str], first: int, through: int, about: About) -> Iterator[Row]:
        """The lines with some codes that begin on any of the days, in order."""
        if self._many is not None:
            return self._many.by_code.of(codes, first, through)
        rows = [row for row in self._rows() if first <= row.day <= through and about.code(row) in codes]
        return iter(sorted(rows, key=about.order))

    def _rows(self) -> Iterator[Row]:
        return map(Row._make, _PACKED.iter_unpack(self._block))


class _Many:
    """Many lines by claim, and by day, code, and provider once they are asked for that way."""

    __slots__ = ("_about", "_by_code", "_by_day", "_groups", "claims")

    def __init__(self, about: About) -> None:
        self._about = about
        self._groups: dict[SameProvider, dict[Group | None, _OfGroup]] = {}
        self._by_day: ByDay[Row] | None = None
        self._by_code: ByCode[Row] | None = None
        self.claims: dict[str, list[Row]] = {}

    def add(self, rows: Iterable[Row]) -> None:
        about = self._about
        for row in rows:
            self.claims.setdefault(about.name(row), []).append(row)
            if self._by_day is not None:
                self._by_day.add(row.day, row.span, row)
            if self._by_code is not None:
                self._by_code.add(about.code(row), about.order(row), row)
            for same, groups in self._groups.items():
                _of_group(groups, about.group(row, same)).add(row, about)

    def drop(self, claim: str) -> None:
        about = self._about
        for row in self.claims.pop(claim, ()):
            if self._by_day is not None:
                self._by_day.remove(row.day, row.span, row)
            if self._by_code is not None:
                self._by_code.remove(about.code(row), about.order(row))
            for same, groups in self._groups.items():
                groups[about.group(row, same)].remove(row, about)

    def settle(self, claim: str, rows: Sequence[Row]) -> None:
        if self._by_day is not None or self._by_code is not None or any(row.span for row in rows):
            self.drop(claim)
            self.add(rows)
            return
        about, self.claims[claim] = self._about, [*rows]
        for row in rows:
            for same, groups in self._groups.items():
                groups[about.group(row, same)].settle(row, about)

    def between(self, first: int, through: int) -> Iterator[Row]:
        if self._by_day is None:
            self._by_day = ByDay()
            for row in self._all():
                self._by_day.add(row.day, row.span, row)
        return self._by_day.between(first, through)

    @property
    def by_code(self) -> ByCode[Row]:
        if self._by_code is None:
            self._by_code = ByCode()
            for row in self._all():
                self._by_code.add(self._about.code(row), self._about.order(row), row)
        return self._by_code

    def beside(self, first: int, through: int, neighbours: Neighbours) -> Iterator[Row]:
        groups = self._by_group(neighbours.same)
        for group in neighbours.groups:
            if group in groups:
                yield from groups[group].between(first, through)

    def on_a_day(self, day: int, neighbours: Neighbours, leave_out: frozenset[str]) -> Found | None:
        """The lines of one group on a day, in order, if none of the group is longer than a day."""
        (group,) = neighbours.groups
        rows = self._by_group(neighbours.same).get(group)
        if rows is None:
            return None
        own = [row for name in leave_out for row in self.claims.get(name, ()) if row.day == day]
        return rows.on(day, own, self._about)

    def has_longer(self, neighbours: Neighbours) -> bool:
        """Whether a line of one group is longer than a day."""
        (group,) = neighbours.groups
        rows = self._by_group(neighbours.same).get(group)
        return rows is not None and rows.has_longer

    def _by_group(self, same: SameProvider) -> dict[Group | None, _OfGroup]:
        known = self._groups.get(same)
        if known is None:
            known = self._groups[same] = {}
            for row in self._all():
                _of_group(known, self._about.group(row, same)).add(row, self._about)
        return known

    def _all(self) -> Iterator[Row]:
        return (row for rows in self.claims.values() for row in rows)


def _of_group(groups: dict[Group | None, _OfGroup], group: Group | None) -> _OfGroup:
    known = groups.get(group)
    if known is None:
        known = groups[group] = _OfGroup()
    return known


class _OfGroup:
    """The lines of one group: one-day lines by day, sorted within the day, and longer ones."""

    __slots__ = ("_days", "_first_days", "_long", "_longer")

    def __init__(self) -> None:
        self._days: dict[int, _OfDay] = {}
        self._first_days: list[int] = []
        self._longer: ByDay[Row] = ByDay()
        self._long = 0

    def add(self, row: Row, about: About) -> None:
        if row.span:
            self._longer.add(row.day, row.span, row)
            self._long += 1
            return
        there = self._days.get(row.day)
        if there is None:
            there = self._days[row.day] = _OfDay()
            insort(self._first_days, row.day)
        there.add(about.order(row), row)

    def remove(self, row: Row, about: About) -> None:
        if row.span:
            self._longer.remove(row.day, row.span, row)
            self._long -= 1
            return
        there = self._days[row.day]
        there.remove(about.order(row))
        if not there.rows:
            del self._days[row.day]
            del self._first_days[bisect_left(self._first_days, row.day)]

    def settle(self, row: Row, about: About) -> None:
        self._days[row.day].settle(about.order(row), row)

    def between(self, first: int, through: int) -> Iterator[Row]:
        at = bisect_left(self._first_days, first)
        while at < len(self._first_days) and self._first_days[at] <= through:
            yield from self._days[self._first_days[at]].rows
            at += 1
        if self._long:
            yield from self._longer.between(first, through)

    @property
    def has_longer(self) -> bool:
        return self._long > 0

    def on(self, day: int, own: Sequence[Row], about: About) -> Found | None:
        there = self._days.get(day)
        return None if there is None else there.without([about.order(row) for row in own], about)


class _OfDay:
    """The lines of one group and day, sorted, with their likeness numbers and billing digests."""

    __slots__ = ("_billed", "_likes", "_orders", "_whole", "rows")

    def __init__(self) -> None:
        self._orders: list[Order] = []
        self._likes: list[int] = []
        self._billed: list[int] = []
        self.rows: list[Row] = []
        self._whole: Sorted | None = None

    def add(self, order: Order, row: Row) -> None:
        at = bisect_left(self._orders, order)
        self._orders.insert(at, order)
        self._likes.insert(at, _likeness(row))
        self._billed.insert(at, row.billed)
        self.rows.insert(at, row)
        self._whole = None

    def settle(self, order: Order, row: Row) -> None:
        at = bisect_left(self._orders, order)
        self._likes[at], self.rows[at] = _likeness(row), row
        self._whole = None

    def remove(self, order: Order) -> None:
        at = bisect_left(self._orders, order)
        del self._orders[at], self._likes[at], self._billed[at], self.rows[at]
        self._whole = None

    def without(self, orders: Sequence[Order], about: About) -> Found | None:
        """All except those with some orders, if they are among them; None if no others are."""
        whole = self._whole
        if whole is None:
            whole = self._whole = Sorted(self.rows, self._likes, self._billed, about.numbers)
        out = []
        for order in orders:
            at = bisect_left(self._orders, order)
            if at < len(self._orders) and self._orders[at] == order:
                out.append(at)
        return Found(whole, tuple(sorted(out))) if len(self.rows) > len(out) else None


def _likeness(row: Row) -> int:
    """A number that is equal for rows that bill the same and have the same standing; days are ignored."""
    return row.what << 4 | row.settled
