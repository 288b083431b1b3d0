"""A history, and over it the claims of the running batch: the claims of a batch see each other.

Every line of the batch is kept, with or without a history below: a line takes some forty bytes, its claim seventy and
its member two hundred, so that ten million lines fit beside everything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from struct import Struct
from typing import Generic, TypeVar

from claimcheck.claims import Claim, ClaimResult, Disposition
from claimcheck.history.entry import Entry, Rank, entry_of, identity, without_frequency
from claimcheck.history.memory import left_out
from claimcheck.history.parts import Billed, Who, billed, line_of, who
from claimcheck.history.recorded import LookUp, RecordedLine, by_date
from claimcheck.history.recorded import may_grow as may_grow_below

__all__ = ["Batch"]

#: claim, rank, position, line number, first day, days after it, receipt, delivery (0: none), the two parts, and how it
#: is settled (0: by its own claim)
_ROW = Struct("<IBIIIIIIIIB")
_LARGEST = 2**32 - 1
_DISPOSITIONS = tuple(Disposition)

Part = TypeVar("Part", Billed, Who)


class Batch:
    """What a batch knows while it runs: reads the history below it, and never writes to it.

    `may_grow` says that the batch is judged as it is read, so that claims may follow that change what was said.
    """

    def __init__(self, below: LookUp | None, *, may_grow: bool = False) -> None:
        self.may_grow = may_grow or may_grow_below(below)
        self.digest_key: bytes = getattr(below, "digest_key", b"")
        self._below = below
        self._rows: dict[str, bytes] = {}  # by member
        self._undone: set[tuple[str, str]] = set()
        self._names: list[str] = []
        self._billed = _Kept[Billed]()
        self._who = _Kept[Who]()

    @property
    def known_from(self) -> date | None:
        """As of the history below; None without one."""
        return None if self._below is None else self._below.known_from

    def may_hold(self, member_id: str) -> bool:
        """Whether there may be a line of the member, in this batch or below it."""
        return self._below is not None or member_id in self._rows

    def lines(
        self, member_id: str, first: date, through: date, *, other_than: Claim | None = None
    ) -> tuple[RecordedLine, ...]:
        """The lines of both; see `LookUp.lines`. Those of a claim of this batch are as this batch has them."""
        rows = self._rows.get(member_id)
        below = () if self._below is None else self._below.lines(member_id, first, through, other_than=other_than)
        if rows is None and not self._undone:
            return below
        leave_out = left_out(other_than, self.digest_key)
        own = list(self._read(rows or b""))
        mine = {line.claim for line in own}
        found = [line for line in below if line.claim not in mine and (member_id, line.claim) not in self._undone]
        found += [
            line
            for line in own
            if line.service_date <= through and line.service_date_end >= first and line.claim not in leave_out
        ]
        return tuple(sorted(found, key=by_date))

    def record(self, claim: Claim, result: ClaimResult) -> None:
        """Keeps the claim for the rest of the batch."""
        entry = entry_of(claim, result, self.digest_key)
        if entry is not None:
            self._keep(entry)

    def settle(self, claim: Claim, result: ClaimResult) -> None:
        """Takes note of what all claims of the batch make of a claim that was recorded by its own verdict."""
        member = claim.member_id
        rows = self._rows.get(member) if isinstance(member, str) else None
        if not rows or not isinstance(member, str):
            return
        name, returned = identity(claim, self.digest_key), result.disposition is Disposition.REJECTED
        kept = []
        for row in _ROW.iter_unpack(rows):
            settled = 0
            if self._names[row[0]] == name:
                now = Disposition.REJECTED if returned else without_frequency(result.lines[row[2] - 1])
                settled = 0 if now is self._billed.values[row[8]].disposition else _DISPOSITIONS.index(now) + 1
            kept.append(_ROW.pack(*row[:-1], settled or row[-1]))
        self._rows[member] = b"".join(kept)

    def _keep(self, entry: Entry) -> None:
        for claim in [*entry.undoes, entry.claim] if entry.rank is Rank.VOID else entry.undoes:
            self._undone.add((entry.member, claim))
            self._drop(entry.member, claim)
        name = entry.member, entry.claim
        received = 0 if entry.received is None else entry.received.toordinal()
        if entry.rank is Rank.SUPERSEDED or name in self._undone or not self._drop(*name, upto=(entry.rank, received)):
            return
        if entry.lines:
            self._names.append(entry.claim)
            rows = [self._row(line, entry) for line in entry.lines]
            self._rows[entry.member] = b"".join([self._rows.get(entry.member, b""), *rows])

    def _drop(self, member: str, claim: str, upto: tuple[int, int] = (Rank.VOID, 0)) -> bool:
        """Drops what is kept of a claim, and says so, unless a version is kept that stands before `upto`."""
        rows = self._rows.get(member)
        if rows is None:
            return True
        kept = []
        for row in _ROW.iter_unpack(rows):
            if self._names[row[0]] != claim:
                kept.append(_ROW.pack(*row))
            elif (row[1], row[6]) > upto:
                return False
        self._rows[member] = b"".join(kept)
        return True

    def _row(self, line: RecordedLine, entry: Entry) -> bytes:
        number = line.line_number or 0
        return _ROW.pack(
            len(self._names) - 1,
            entry.rank,
            line.position,
            number if 0 <= number <= _LARGEST else 0,
            line.service_date.toordinal(),
            (line.service_date_end - line.service_date).days,
            0 if entry.received is None else entry.received.toordinal(),
            0 if entry.delivery is None else entry.delivery.toordinal(),
            self._billed.number(billed(line)),
            self._who.number(who(line)),
            0,
        )

    def _read(self, rows: bytes) -> Iterator[RecordedLine]:
        for claim, _, position, number, day, span, received, delivery, what, by, settled in _ROW.iter_unpack(rows):
            row = position, day, span, received or None, delivery or None, number or None
            by_all = _DISPOSITIONS[settled - 1] if settled else None
            yield line_of(self._names[claim], row, self._billed.values[what], self._who.values[by], settled=by_all)


class _Kept(Generic[Part]):
    """Values that are kept once, and numbered."""

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
