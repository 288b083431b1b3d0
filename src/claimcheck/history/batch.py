"""A history, and over it the claims of the running batch: the claims of a batch see each other.

Every line of the batch is kept, with or without a history below: a line takes some forty bytes, its claim seventy and
its member two hundred, so that ten million lines fit beside everything else. The lines of a member who has many are
found by their days, so that it does not matter how many there are.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date
from heapq import merge
from operator import attrgetter
from typing import Generic, TypeVar

from claimcheck.claims import Claim, ClaimResult, Disposition
from claimcheck.history.entry import Entry, Rank, entry_of, identity, without_frequency
from claimcheck.history.memory import left_out
from claimcheck.history.neighbours import Group, Neighbours, beside, group_of
from claimcheck.history.originals import Meant, bill_key, holds, looked_for
from claimcheck.history.parts import Billed, Who, billed, line_of, who
from claimcheck.history.recorded import LookUp, RecordedLine, by_date
from claimcheck.history.recorded import may_grow as may_grow_below
from claimcheck.history.rows import About, MemberRows, Row
from claimcheck.history.uses import uses
from claimcheck.policies.parameters.ncci import SameProvider

__all__ = ["Batch", "days_of"]

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
        self._members: dict[str, MemberRows] = {}
        self._undone: set[tuple[str, str]] = set()
        self._fallen: set[tuple[str, str]] = set()
        self._names: list[str] = []
        self._billed = _Kept[Billed]()
        self._who = _Kept[Who]()
        self._groups: dict[tuple[int, SameProvider], Group | None] = {}
        self._about = About(self._name, self._code, self._group)
        self._meant: dict[int, Meant] = {}

    @property
    def known_from(self) -> date | None:
        """As of the history below; None without one."""
        return None if self._below is None else self._below.known_from

    def may_hold(self, member_id: str) -> bool:
        """Whether there may be a line of the member, in this batch or below it."""
        if member_id in self._members or self._below is None:
            return member_id in self._members
        return self._below.may_hold(member_id) if isinstance(self._below, Batch) else True

    def lines(
        self, member_id: str, first: date, through: date, *, other_than: Claim | None = None
    ) -> tuple[RecordedLine, ...]:
        """The lines of both; see `LookUp.lines`. Those of a claim of this batch are as this batch has them."""
        return self.beside(member_id, first, through, None, other_than=other_than)

    def beside(
        self,
        member_id: str,
        first: date,
        through: date,
        neighbours: Neighbours | None,
        *,
        other_than: Claim | None = None,
    ) -> tuple[RecordedLine, ...]:
        """The same of the `neighbours` alone, where they are given; see `claimcheck.history.neighbours`."""
        below: tuple[RecordedLine, ...] = ()
        if self._below is not None:
            below = beside(self._below, member_id, first, through, neighbours, other_than=other_than)
        rows = self._members.get(member_id)
        if rows is None and not self._undone:
            return below
        found = [*self._standing(member_id, rows, below)]
        if rows is not None:
            days = first.toordinal(), through.toordinal()
            some = rows.between(*days) if neighbours is None else rows.beside(*days, neighbours, self._about)
            found += self._read(some, left_out(other_than, self.digest_key))
        return tuple(sorted(found, key=by_date))

    def uses(
        self, member_id: str, codes: Container[str], first: date, through: date, *, other_than: Claim | None = None
    ) -> Iterator[RecordedLine]:
        """The lines of some codes that begin on these days, in their order; see `claimcheck.history.uses`."""
        rows = self._members.get(member_id)
        found: list[Iterator[RecordedLine]] = []
        if self._below is not None:
            below = uses(self._below, member_id, codes, first, through, other_than=other_than)
            found.append(self._standing(member_id, rows, below))
        if rows is not None:
            of_codes = rows.of_codes(codes, first.toordinal(), through.toordinal(), self._about)
            found.append(self._read(of_codes, left_out(other_than, self.digest_key)))
        return merge(*found, key=by_date) if len(found) > 1 else iter(*found) if found else iter(())

    def _standing(
        self, member_id: str, rows: MemberRows | None, below: Iterable[RecordedLine]
    ) -> Iterator[RecordedLine]:
        """The lines below of which this batch has nothing else to say."""
        for line in below:
            named = rows is not None and rows.of_claim(line.claim, self._about)
            if not named and (member_id, line.claim) not in self._undone:
                yield line

    def surrounds(self, claim: Claim, same: SameProvider | None = None) -> bool:
        """Whether the batch has lines of the member's other claims on the days of a claim, or the day before or after.

        A claim without any day has none. Where it is told what tells the `same` provider from another, and the claim is
        recorded, only lines that may stand beside its own matter.
        """
        rows = self._members.get(claim.member_id) if isinstance(claim.member_id, str) else None
        days = days_of(claim)
        if rows is None or days is None:
            return False
        leave_out = left_out(claim, self.digest_key)
        near, groups = (days[0] - 1, days[1] + 1), self._groups_of(claim, rows, same)
        some = rows.between(*near) if groups is None else rows.beside(*near, groups, self._about)
        return any(self._names[row.claim] not in leave_out for row in some)

    def holds_any(
        self, claim: Claim, codes: Container[str], first: date, through: date, same: SameProvider | None = None
    ) -> bool:
        """Whether the batch has lines of some codes that begin on these days, of the member's other claims.

        Where it is told what tells the `same` provider from another, and the claim is recorded, of its providers.
        """
        rows = self._members.get(claim.member_id) if isinstance(claim.member_id, str) else None
        if rows is None:
            return False
        leave_out = left_out(claim, self.digest_key)
        groups: Neighbours | None = None
        for row in rows.of_codes(codes, first.toordinal(), through.toordinal(), self._about):
            if self._names[row.claim] in leave_out:
                continue
            groups = groups or self._groups_of(claim, rows, same)
            if groups is None or self._group(row, groups.same) in groups.groups:
                return True
        return False

    def knows(self, member_id: str, name: str) -> bool:
        """Whether a claim of that name was recorded, here or below, whatever became of it."""
        rows = self._members.get(member_id)
        if (member_id, name) in self._fallen or (rows is not None and rows.of_claim(name, self._about)):
            return True
        return self._below is not None and holds(self._below, member_id, (name,))

    def tell(self, claim: Claim, meant: Meant) -> None:
        """Tells what was found of the original of a claim of this batch, by a look at all of its claims."""
        if isinstance(claim.member_id, str):
            self._meant[bill_key(claim.member_id, identity(claim, self.digest_key))] = meant

    def meant(self, claim: Claim) -> Meant:
        """What a claim means without naming it, as this batch was told, or else as its lines and those below tell."""
        if self._meant and isinstance(claim.member_id, str):
            told = self._meant.get(bill_key(claim.member_id, identity(claim, self.digest_key)))
            if told is not None:
                return told
        return looked_for(claim, self)

    def _groups_of(self, claim: Claim, rows: MemberRows, same: SameProvider | None) -> Neighbours | None:
        """The groups that the lines of a recorded claim are of; None where that is not known of all."""
        if same is None:
            return None
        own = rows.of_claim(identity(claim, self.digest_key), self._about)
        groups = {self._group(row, same) for row in own}
        told = [*_who_bills(claim), *(part for line in claim.lines for part in _who_renders(line))]
        if len(own) < len(claim.lines) or not all(part is None or isinstance(part, str) for part in told):
            return None
        known = frozenset([group for group in groups if group is not None])
        return Neighbours(same, known) if known and len(known) == len(groups) else None

    def holds(self, claim: Claim) -> bool:
        """Whether lines are kept here of a first claim of that claim id."""
        rows = self._members.get(claim.member_id) if isinstance(claim.member_id, str) else None
        kept = () if rows is None else rows.of_claim(identity(claim, self.digest_key), self._about)
        return any(row.rank == Rank.ORIGINAL for row in kept)

    def record(self, claim: Claim, result: ClaimResult) -> None:
        """Keeps the claim for the rest of the batch."""
        entry = entry_of(claim, result, self.digest_key)
        if entry is not None:
            self._keep(entry)

    def settle(self, claim: Claim, result: ClaimResult) -> bool:
        """Takes note of what all claims of the batch make of a claim that was recorded by its own verdict.

        Says whether that is anything else.
        """
        changed = self._settled(claim, result)
        if changed and isinstance(claim.member_id, str):
            rows = self._members[claim.member_id]
            rows.drop(identity(claim, self.digest_key), self._about)
            rows.add(changed, self._about)
        return bool(changed)

    def unsettled(self, claim: Claim, result: ClaimResult) -> bool:
        """Whether to `settle` the claim would change anything."""
        return bool(self._settled(claim, result))

    def _settled(self, claim: Claim, result: ClaimResult) -> list[Row]:
        """The lines of a claim as they are settled by a result; none where that is as they are."""
        rows = self._members.get(claim.member_id) if isinstance(claim.member_id, str) else None
        own = [] if rows is None else rows.of_claim(identity(claim, self.digest_key), self._about)
        returned = result.disposition is Disposition.REJECTED
        changed = []
        for row in own:
            now = Disposition.REJECTED if returned else without_frequency(result.lines[row.position - 1])
            settled = 0 if now is self._billed.values[row.what].disposition else _DISPOSITIONS.index(now) + 1
            changed.append(row._replace(settled=settled))
        return changed if changed != own else []

    def _keep(self, entry: Entry) -> None:
        for claim in [*entry.undoes, entry.claim] if entry.rank is Rank.VOID else entry.undoes:
            self._undone.add((entry.member, claim))
            self._drop(entry.member, claim)
        name = entry.member, entry.claim
        received = 0 if entry.received is None else entry.received.toordinal()
        if entry.rank is Rank.SUPERSEDED:
            self._fallen.add(name)
        if entry.rank is Rank.SUPERSEDED or name in self._undone or not self._drop(*name, upto=(entry.rank, received)):
            return
        if entry.lines:
            self._names.append(entry.claim)
            rows = self._members.setdefault(entry.member, MemberRows())
            rows.add([self._row(line, entry) for line in entry.lines], self._about)

    def _drop(self, member: str, claim: str, upto: tuple[int, int] = (Rank.VOID, 0)) -> bool:
        """Drops what is kept of a claim, and says so, unless a version is kept that stands before `upto`."""
        rows = self._members.get(member)
        own = [] if rows is None else rows.of_claim(claim, self._about)
        if any((row.rank, row.received) > upto for row in own):
            return False
        if rows is not None and own:
            rows.drop(claim, self._about)
            self._fallen.add((member, claim))
        return True

    def _row(self, line: RecordedLine, entry: Entry) -> Row:
        number = line.line_number or 0
        return Row(
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

    def _name(self, row: Row) -> str:
        return self._names[row.claim]

    def _group(self, row: Row, same: SameProvider) -> Group | None:
        key = row.who, same
        if key not in self._groups:
            self._groups[key] = group_of(self._who.values[row.who], same)
        return self._groups[key]

    def _code(self, row: Row) -> str:
        return self._billed.values[row.what].code

    def _read(self, rows: Iterable[Row], leave_out: frozenset[str]) -> Iterator[RecordedLine]:
        """The lines of the rows, but for those of claims that are left out."""
        for row in rows:
            name = self._names[row.claim]
            if name not in leave_out:
                plain = row.position, row.day, row.span, row.received or None, row.delivery or None, row.number or None
                by_all = _DISPOSITIONS[row.settled - 1] if row.settled else None
                yield line_of(name, plain, self._billed.values[row.what], self._who.values[row.who], settled=by_all)


def days_of(claim: Claim) -> tuple[int, int] | None:
    """The first and the last day of a claim, as proleptic ordinals; None where it has none."""
    days = [day for line in claim.lines for day in (line.service_date, line.service_date_end)]
    days += [claim.discharge_date, claim.statement_from, claim.statement_through]
    known = [day.toordinal() for day in days if isinstance(day, date)]
    return (min(known), max(known)) if known else None


_who_bills = attrgetter(
    *("billing_npi", "billing_tax_id", "billing_taxonomy", "rendering_npi", "rendering_taxonomy", "claim_type")
)
_who_renders = attrgetter("rendering_npi", "rendering_taxonomy")


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
