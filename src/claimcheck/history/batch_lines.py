"""The lines of a batch: kept as integers that refer to shared parts, and read when someone looks at them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Generic, TypeVar, overload

from claimcheck.claims import Claim, Disposition, ServiceLine
from claimcheck.history.accounts import Rank, recorded_frequency
from claimcheck.history.entry import Standing, billed_as, billed_by, days_of_line, frequency_of
from claimcheck.history.exactness import billing_digest
from claimcheck.history.parts import Billed, Who, line_of
from claimcheck.history.recorded import RecordedLine
from claimcheck.history.rows import Found, Row

__all__ = ["Beside", "Lines", "Parts"]

_LARGEST = 2**32 - 1
_LAST = date.max.toordinal()
_DISPOSITIONS = tuple(Disposition)

_CODE, _RECORD = 0x7F, 0x80  #: of what a name says: its frequency, and that it is the payer's record

Part = TypeVar("Part", Billed, Who)


_who_bills = attrgetter(
    *("billing_npi", "billing_tax_id", "billing_taxonomy", "rendering_npi", "rendering_taxonomy", "claim_type"),
    "bill_type",
)
_what_is_billed = attrgetter("procedure_code", "modifiers", "units")
_who_renders = attrgetter("rendering_npi", "rendering_taxonomy")


def _ordinal(day: object) -> int:
    return day.toordinal() if isinstance(day, date) else 0


class _Kept(Generic[Part]):
    """Distinct values, numbered."""

    def __init__(self) -> None:
        self.values: list[Part] = []
        self._numbers: dict[Part, int] = {}

    def number(self, value: Part) -> int:
        """The number of a value."""
        known = self._numbers.get(value)
        if known is None:
            known = self._numbers[value] = len(self.values)
            self.values.append(value)
        return known


class Parts:
    """The values that rows refer to by number: claim names, what was billed, and who billed it."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.says = bytearray()  #: the frequency of each name, and whether it is the payer's record
        self.billed = _Kept[Billed]()
        self.who = _Kept[Who]()
        self._as_given: dict[object, int | None] = {}
        self._by_given: dict[object, int] = {}

    def said(self, row: Row) -> tuple[str | None, bool]:
        """The frequency code of a line's claim, and whether that is a payer's record."""
        says = self.says[row.claim]
        return chr(says & _CODE) if says & _CODE else None, bool(says & _RECORD)

    def rows_of(self, claim: Claim, standing: Standing, name: str, rank: Rank, key: bytes) -> list[Row]:
        """The kept lines of a claim, under a name."""
        return [*self._rows(claim, standing, (self._number(claim, name, rank), rank), key)]

    def settled(self, row: Row, disposition: Disposition) -> Row:
        """A line with its disposition among all claims of the batch."""
        as_before = disposition is self.billed.values[row.what].disposition
        return row._replace(settled=0 if as_before else _DISPOSITIONS.index(disposition) + 1)

    def came(self, row: Row) -> tuple[int, str]:
        """When the claim of a line came: its received date (a missing one last), and its name."""
        return row.received or _LAST, self.names[row.claim]

    def _number(self, claim: Claim, name: str, rank: Rank) -> int:
        """The number of a claim that is kept under a name."""
        self.names.append(name)
        frequency = recorded_frequency(frequency_of(claim), rank)
        said = ord(frequency) & _CODE if frequency is not None and len(frequency) == 1 else 0
        self.says.append(said | (_RECORD if isinstance(claim.submitted_claim_id, str) else 0))
        return len(self.names) - 1

    def _rows(self, claim: Claim, standing: Standing, of_claim: tuple[int, int], key: bytes) -> Iterator[Row]:
        number, rank = of_claim
        received, delivery = _ordinal(claim.received_date), _ordinal(claim.delivery_date)
        biller = _who_bills(claim)
        for position, (line, disposition) in enumerate(zip(claim.lines, standing.of_lines, strict=True), 1):
            days, what = days_of_line(claim, line), self._what(line, disposition)
            if days is None or what is None:
                continue
            first, last = days
            billed = line.line_number
            yield Row(
                number,
                rank,
                position,
                billed if isinstance(billed, int) and 0 <= billed <= _LARGEST else 0,
                first.toordinal(),
                0 if last is first else (last - first).days,
                received,
                delivery,
                what,
                self._by(claim, line, biller),
                0,
                billing_digest(claim, line, key) or 0,
            )

    def _what(self, line: ServiceLine, disposition: Disposition) -> int | None:
        """The number of what a line bills; lines that bill the same share one."""
        as_given = *_what_is_billed(line), disposition
        if as_given not in self._as_given:
            what = billed_as(line, disposition)
            self._as_given[as_given] = None if what is None else self.billed.number(what)
        return self._as_given[as_given]

    def _by(self, claim: Claim, line: ServiceLine, biller: tuple[object, ...]) -> int:
        """The number of who bills a line."""
        as_given = biller, _who_renders(line)
        known = self._by_given.get(as_given)
        if known is None:
            known = self._by_given[as_given] = self.who.number(billed_by(claim, line))
        return known

    def read(self, rows: Iterable[Row]) -> Iterator[RecordedLine]:
        """The lines of the rows."""
        for row in rows:
            plain = (
                *(row.position, row.day, row.span),
                *(row.received or None, row.delivery or None, row.number or None, row.billed or None),
                *self.said(row),
            )
            by_all = _DISPOSITIONS[row.settled - 1] if row.settled else None
            what, who = self.billed.values[row.what], self.who.values[row.who]
            yield line_of(self.names[row.claim], plain, what, who, settled=by_all)


class Lines(Sequence[RecordedLine]):
    """Lines of a batch, read lazily."""

    __slots__ = ("_lines", "_rows", "parts")

    def __init__(self, parts: Parts, rows: Sequence[Row]) -> None:
        self.parts = parts
        self._rows = rows
        self._lines: tuple[RecordedLine, ...] | None = None

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that hold them."""
        return self._rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> RecordedLine: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[RecordedLine, ...]: ...
    def __getitem__(self, place: int | slice) -> RecordedLine | tuple[RecordedLine, ...]:
        return self._read()[place]

    def __iter__(self) -> Iterator[RecordedLine]:
        return iter(self._read())

    def _read(self) -> tuple[RecordedLine, ...]:
        if self._lines is None:
            self._lines = tuple(self.parts.read(self.rows))
        return self._lines


class Beside(Lines):
    """Lines of a batch that are on the same days as a claim's, in order, read lazily.

    `kinds` is a cache for callers, keyed by kinds of lines.
    """

    __slots__ = ("_as_read", "_found", "kinds")

    def __init__(self, parts: Parts, found: Found, kinds: dict[Any, dict[Any, Any]], *, as_read: bool) -> None:
        super().__init__(parts, ())
        self._found = found
        self._as_read = as_read
        self.kinds = kinds

    def __len__(self) -> int:
        return len(self._found)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that hold them."""
        return self._found.rows

    @property
    def kind(self) -> Hashable | None:
        """The same for lines that a day rule cannot distinguish, if all are on the claim's own day, else None."""
        return self._found.kind

    @property
    def billing_digests(self) -> list[int | None]:
        """The billing digest of each line, without reading the rest of it."""
        return [digest or None for digest in self._found.billed]

    def of_digest(self, digest: int, order: tuple[int, str]) -> Iterator[tuple[Disposition, bool]]:
        """The disposition of each line with a billing digest, and whether it came before a claim of some `order`."""
        billed = self.parts.billed.values
        for row in self._found.of_digest(digest):
            yield billed[row.what].disposition, self._is_before(row, order)

    def came_first(self, order: tuple[int, str]) -> list[bool]:
        """Whether each line came before a claim with that received date and name: in a batch that is validated as it
        is read, all did."""
        return [self._is_before(row, order) for row in self.rows]

    def _is_before(self, row: Row, order: tuple[int, str]) -> bool:
        return self._as_read or self.parts.came(row) < order
