"""A history plus the claims of the running batch, so that the claims of a batch see each other.

Every line of the batch is kept, with or without a history below: about forty bytes per line, seventy per claim, and two
hundred per member, so that ten million lines fit in memory. A member's lines are indexed by day, so their number does
not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from heapq import merge
from itertools import islice
from typing import Any

import attrs

from claimcheck.claims import Claim, ClaimResult, Disposition
from claimcheck.history.accounts import (
    Account,
    Bill,
    Days,
    Held,
    Rank,
    Undone,
    name_below,
    name_of,
    number_of,
    plain,
)
from claimcheck.history.batch_lines import Beside, Lines, Parts
from claimcheck.history.book import Book
from claimcheck.history.entry import (
    Standing,
    asked,
    days_of_bill,
    identity,
    is_kept,
    rank_of,
    undoes,
)
from claimcheck.history.memory import left_out
from claimcheck.history.neighbours import Group, LinesBeside, Neighbours, beside, group_of
from claimcheck.history.originals import Meant, bill_key, holds, looked_for
from claimcheck.history.parts import day_of
from claimcheck.history.recorded import LookUp, RecordedLine, by_date
from claimcheck.history.recorded import may_grow as may_grow_below
from claimcheck.history.rows import About, MemberRows, Row
from claimcheck.history.same_bill import Own, successor
from claimcheck.history.uses import uses
from claimcheck.policies.parameters.ncci import SameProvider

__all__ = ["Batch", "days_of"]

_NOTHING = Account()
_ONE_BILL = Account([Held(0, Rank.ORIGINAL, None, None)])


class Batch(LinesBeside):
    """What a batch knows while it runs: reads the history below it, and never writes to it.

    `may_grow` says that the batch is validated as it is read, so that later claims may change earlier results.
    """

    def __init__(self, below: LookUp | None, *, may_grow: bool = False) -> None:
        self.may_grow = may_grow or may_grow_below(below)
        self._as_read = may_grow
        self.digest_key: bytes = getattr(below, "digest_key", b"")
        self._below = below
        self._members: dict[str, MemberRows] = {}
        self._undone: dict[tuple[str, str], list[Undone]] = {}  #: by member and claim id
        self._hidden: set[tuple[str, str]] = set()  #: claims of the history below of which this batch has a version
        self._apart: set[tuple[str, str]] = set()  #: others of the history below under a claim id of this batch
        self._books: dict[tuple[str, str], Book] = {}  #: of members and claim ids that have several bills
        self._highest: dict[tuple[str, str], int] = {}  #: the last number of a bill under each of them
        self._fallen: set[tuple[str, str]] = set()  #: recorded claims of which no line is in force
        self._parts = Parts()
        self._names = self._parts.names
        self._billed, self._who = self._parts.billed, self._parts.who
        self._kinds: dict[Any, dict[Any, Any]] = {}
        self._groups: dict[tuple[int, SameProvider], Group | None] = {}
        self._about = About(self._name, self._code, self._group, {})
        self._meant: dict[int, Meant] = {}

    @property
    def known_from(self) -> date | None:
        """That of the history below; None without one."""
        return None if self._below is None else self._below.known_from

    @property
    def over(self) -> LookUp | None:
        """The history below."""
        return self._below

    def emptied(self) -> Batch:
        """A batch without claims over the same history, which leaves out what this batch has a version of."""
        found = Batch(self._below, may_grow=self._as_read)
        found._hidden |= self._hidden
        found._apart |= self._apart
        found._meant |= self._meant
        return found

    @property
    def hides_any(self) -> bool:
        """Whether it has a version of any claim of the history below."""
        return bool(self._hidden)

    def may_hold(self, member_id: str) -> bool:
        """Whether there may be a line of the member, in this batch or below it."""
        if member_id in self._members or self._below is None:
            return member_id in self._members
        return self._below.may_hold(member_id) if isinstance(self._below, Batch) else True

    def beside(
        self,
        member_id: str,
        first: date,
        through: date,
        neighbours: Neighbours | None,
        *,
        other_than: Claim | None = None,
    ) -> tuple[RecordedLine, ...]:
        """The same for the `neighbours` only, if given; see `claimcheck.history.neighbours`."""
        below = self.below(member_id, first, through, neighbours, other_than=other_than)
        return tuple(self._with(below, member_id, (first, through), neighbours, other_than))

    def _with(
        self,
        below: Sequence[RecordedLine],
        member_id: str,
        between: tuple[date, date],
        neighbours: Neighbours | None,
        other_than: Claim | None,
    ) -> Sequence[RecordedLine]:
        """The lines below plus those of this batch."""
        rows = self._members.get(member_id)
        if rows is None and not self._hidden:
            return below
        found = [*self._standing(member_id, rows, below)]
        if rows is not None:
            days = between[0].toordinal(), between[1].toordinal()
            some = rows.between(*days) if neighbours is None else rows.beside(*days, neighbours, self._about)
            found += self._read(some, self._left_out(other_than))
        return below if found == [*below] else tuple(sorted(found, key=by_date))

    def found(
        self,
        member_id: str,
        first: date,
        through: date,
        neighbours: Neighbours | None,
        *,
        other_than: Claim,
        below: Sequence[RecordedLine] | None = None,
    ) -> Sequence[RecordedLine]:
        """Like `beside`, but lines of this batch are read lazily.

        `below` are the lines of the history below, if known.
        """
        if below is None:
            below = self.below(member_id, first, through, neighbours, other_than=other_than)
        rows = self._members.get(member_id)
        if below or neighbours is None or rows is None:
            return self._with(below, member_id, (first, through), neighbours, other_than)
        days, leave_out = (first.toordinal(), through.toordinal()), self._left_out(other_than)
        some = rows.in_order(*days, neighbours, self._about, leave_out)
        return () if some is None else Beside(self._parts, some, self._kinds, as_read=self._as_read)

    def below(
        self, member_id: str, first: date, through: date, neighbours: Neighbours | None, *, other_than: Claim | None
    ) -> tuple[RecordedLine, ...]:
        """The lines in the history below."""
        if self._below is None:
            return ()
        return beside(self._below, member_id, first, through, neighbours, other_than=other_than)

    def uses(
        self, member_id: str, codes: Container[str], first: date, through: date, *, other_than: Claim | None = None
    ) -> Iterator[RecordedLine]:
        """The lines with some codes that begin on these days, in order; see `claimcheck.history.uses`."""
        rows = self._members.get(member_id)
        found: list[Iterator[RecordedLine]] = []
        if self._below is not None:
            below = uses(self._below, member_id, codes, first, through, other_than=other_than)
            found.append(self._standing(member_id, rows, below))
        if rows is not None:
            of_codes = rows.of_codes(codes, first.toordinal(), through.toordinal(), self._about)
            found.append(self._read(of_codes, self._left_out(other_than)))
        return merge(*found, key=by_date) if len(found) > 1 else iter(*found) if found else iter(())

    def holds_below(
        self, member_id: str, codes: Container[str], first: date, through: date, *, other_than: Claim
    ) -> bool:
        """Whether the history below has lines with some codes that begin on these days; see `uses`."""
        if self._below is None:
            return False
        return any(True for _ in uses(self._below, member_id, codes, first, through, other_than=other_than))

    def first_rows(
        self, member_id: str, codes: Container[str], first: date, through: date, *, other_than: Claim, most: int
    ) -> list[Row]:
        """The first rows, at most `most`, of the lines that `uses` yields from this batch."""
        rows = self._members.get(member_id)
        if rows is None:
            return []
        names, leave_out = self._names, self._left_out(other_than)
        of_codes = rows.of_codes(codes, first.toordinal(), through.toordinal(), self._about)
        return [*islice((row for row in of_codes if names[row.claim] not in leave_out), most)]

    def in_order(self, rows: Iterable[Row]) -> Sequence[RecordedLine]:
        """The lines of some rows, each once, in the order of `recorded.by_date`, read lazily."""
        several = {(row.claim, row.position): row for row in rows}
        return Lines(self._parts, sorted(several.values(), key=self._about.order))

    def read(self, row: Row) -> RecordedLine:
        """The line in a row."""
        return next(self._parts.read((row,)))

    def order(self, row: Row) -> tuple[int, int, str]:
        """The sort key of a row up to its claim: day, received date (a missing one last), claim."""
        return row.day, *self._parts.came(row)

    def kinds(self, of: object) -> dict[Any, Any]:
        """Where callers may cache what they know about numbers of this batch."""
        return self._kinds.setdefault(of, {})

    def _standing(
        self, member_id: str, rows: MemberRows | None, below: Iterable[RecordedLine]
    ) -> Iterator[RecordedLine]:
        """The lines in the history below that this batch does not change, under names that none of its claims has."""
        for line in below:
            name = member_id, line.claim
            if name in self._hidden:
                continue
            if rows is None or not rows.of_claim(plain(line.claim), self._about):
                yield line
            elif name in self._apart:  # what else is below came since a claim of that id was recorded here
                yield attrs.evolve(line, claim=name_below(line.claim))

    def surrounds(self, claim: Claim) -> bool:
        """Whether the batch has lines of the member's other claims on the days of a claim, or the days next to it.

        False for a claim without any date.
        """
        rows = self._members.get(claim.member_id) if isinstance(claim.member_id, str) else None
        days = days_of(claim)
        if rows is None or days is None:
            return False
        leave_out = self._left_out(claim)
        return any(self._names[row.claim] not in leave_out for row in rows.between(days[0] - 1, days[1] + 1))

    def holds_any(self, claim: Claim, codes: Container[str], first: date, through: date) -> bool:
        """Whether the batch has lines of the member's other claims with some codes that begin on these days."""
        rows = self._members.get(claim.member_id) if isinstance(claim.member_id, str) else None
        if rows is None:
            return False
        leave_out = self._left_out(claim)
        of_codes = rows.of_codes(codes, first.toordinal(), through.toordinal(), self._about)
        return any(self._names[row.claim] not in leave_out for row in of_codes)

    def validated_with(self, member_id: str, name: str) -> bool:
        """Whether a claim with that name is validated together with the batch's other claims, rather than before them.

        Claims in the history below came before, and so did all those read earlier if claims come one by one.
        """
        rows = self._members.get(member_id)
        return not self._as_read and rows is not None and bool(rows.of_claim(name, self._about))

    def knows(self, member_id: str, name: str) -> bool:
        """Whether a claim with that name was recorded, here or below, in force or not."""
        rows = self._members.get(member_id)
        if (member_id, name) in self._fallen or (rows is not None and rows.of_claim(name, self._about)):
            return True
        return self._below is not None and holds(self._below, member_id, (name,))

    def tell(self, claim: Claim, meant: Meant) -> None:
        """Records the original of a claim of this batch, as found in a survey of all its claims."""
        if isinstance(claim.member_id, str):
            self._meant[bill_key(claim.member_id, identity(claim, self.digest_key))] = meant

    def meant(self, claim: Claim) -> Meant:
        """The unnamed original of a claim: as recorded for this batch, or else as inferred from its lines and those
        below."""
        if self._meant and isinstance(claim.member_id, str):
            told = self._meant.get(bill_key(claim.member_id, identity(claim, self.digest_key)))
            if told is not None:
                return told
        return looked_for(claim, self)

    def account(self, member_id: str, name: str, days: Days | None) -> Account:
        """What is held under a claim id of a member, here or else below; see `claimcheck.history.accounts`."""
        own = self._own_account(member_id, name, lambda: days)
        if own.versions or own.undone:
            return own
        below = getattr(self._below, "account", None)
        found: Account = own if below is None else below(member_id, name, days)
        return found

    def number_of(self, claim: Claim) -> int:
        """Which of the bills under its claim id a claim is a version of, by those that were recorded here."""
        if not isinstance(claim.member_id, str) or not isinstance(claim.claim_id, str):
            return 1
        name = identity(claim, self.digest_key)
        account = self._own_account(claim.member_id, name, partial(days_of_bill, claim))
        if not account.versions:
            return 1
        own = account.versions_of(asked(claim, self.digest_key))
        return min([one.visit for one in own], default=self._highest.get((claim.member_id, name), 1) + 1)

    def successor(self, claim: Claim) -> tuple[str | None] | None:
        """The claim id of the claim that replaces a claim; see `same_bill.successor`.

        For a batch that is available as a whole, `claimcheck.history.versions` finds it.
        """
        if self.may_grow and isinstance(claim.member_id, str) and isinstance(claim.claim_id, str):
            name = plain(identity(claim, self.digest_key))
            account = self._own_account(claim.member_id, name, partial(days_of_bill, claim))
            if account.versions or account.undone:
                found = account.successor(name, asked(claim, self.digest_key))
                if found is not None:
                    return found if found[0] is None else (plain(found[0]),)
        return successor(self._below, claim)

    def _own_account(self, member: str, name: str, days: Callable[[], Days | None]) -> Account:
        rows = self._members.get(member)
        undone = self._undone.get((member, name), ())
        if rows is None and not undone:
            return _NOTHING
        spent = (member, name) in self._fallen or (member, name) in self._highest
        book = self._books.get((member, name))
        if book is not None:
            return Account(book.near(days()).versions, undone, spent)
        own = [] if rows is None else rows.of_claim(name, self._about)
        return Account([self._held(1, own)] if own else (), undone, spent)

    def _held(self, number: int, rows: Sequence[Row]) -> Held:
        """A version of a bill, by its lines."""
        one = rows[0]
        days = day_of(min(row.day for row in rows)), day_of(max(row.day + row.span for row in rows))
        who = self._who.values[one.who]
        bill = Bill(days, who.billing_npi, who.claim_type, *self._parts.said(one))
        received = day_of(one.received) if one.received else None
        return Held(number, Rank(one.rank), received, None, bill, number)

    def _note_bill(self, member: str, base: str, number: int, rows: Sequence[Row]) -> None:
        """Records a bill besides others with the same claim id."""
        book = self._books.get((member, base))
        if book is None:
            if number == 1:
                return
            book = self._books[member, base] = Book()
            first = self._members[member].of_claim(base, self._about)
            if first:
                book.add(self._held(1, first))
        book.remove(number)
        book.add(self._held(number, rows))

    def _left_out(self, claim: Claim | None) -> frozenset[str]:
        """The names of the claims of this batch that are not other claims to `claim`: itself, and those it undoes."""
        found = left_out(claim, self.digest_key)
        if claim is None or len(found) == 1 or not self._books or not isinstance(claim.member_id, str):
            return found
        own = identity(claim, self.digest_key)
        return frozenset({own}).union(*(self._meant_by(claim, name) for name in found - {own}))

    def _meant_by(self, claim: Claim, name: str) -> set[str]:
        """The names of the claims of this batch that a claim means by a name."""
        if not isinstance(claim.member_id, str) or (claim.member_id, name) not in self._books:
            return {name}
        days = days_of_bill(claim)
        account = self._own_account(claim.member_id, name, lambda: days)
        return {name_of(name, one.visit) for one in account.meant_by(days)}

    def record(self, claim: Claim, result: ClaimResult | Standing) -> None:
        """Keeps the claim for the rest of the batch, with its result or its standing."""
        standing = _standing(result)
        if not isinstance(claim.member_id, str):
            return
        member, name = claim.member_id, identity(claim, self.digest_key)
        if not is_kept(claim, standing.of_claim):
            self._fallen.add((member, name))
            return
        rank = Rank.SUPERSEDED if standing.of_claim is Disposition.SUPERSEDED else rank_of(claim)
        base, number = plain(name), 1
        if name != base:
            number = number_of(name)
            self._highest[member, base] = max(self._highest.get((member, base), 1), number)
        own_below = None
        if self._below is not None:
            own_below = Own(claim, partial(self._account_below, member), self.digest_key)
        for other in undoes(claim, standing, self.digest_key):
            self._undo(member, other, claim, standing.by if other == name else name)
            self._hide(member, own_below, other)
        if rank is Rank.VOID:
            self._undo(member, name, claim, name)
            self._hide(member, own_below, base)
        received = claim.received_date.toordinal() if isinstance(claim.received_date, date) else 0
        if (
            rank is Rank.SUPERSEDED
            or rank is Rank.VOID
            or self._is_undone(claim, member, base)
            or not self._drop(member, name, upto=(rank, received))
        ):
            self._fallen.add((member, name))
            return
        if made := self._parts.rows_of(claim, standing, name, rank, self.digest_key):
            rows = self._members.get(member)
            if rows is None:
                rows = self._members[member] = MemberRows()
            self._note_bill(member, base, number, made)
            rows.add(made, self._about)
            self._hide(member, own_below, base)
        else:
            self._fallen.add((member, name))

    def settle(self, claim: Claim, result: ClaimResult | Standing) -> bool:
        """Updates a recorded claim with its result among all claims of the batch.

        Returns whether that changes anything.
        """
        changed = self._settled(claim, _standing(result))
        if changed and isinstance(claim.member_id, str):
            rows = self._members[claim.member_id]
            rows.settle(identity(claim, self.digest_key), changed, self._about)
        return bool(changed)

    def unsettled(self, claim: Claim, result: ClaimResult | Standing) -> bool:
        """Whether `settle` would change anything for the claim."""
        return bool(self._settled(claim, _standing(result)))

    def _settled(self, claim: Claim, standing: Standing) -> list[Row]:
        """The lines of a claim updated with a result; empty if nothing changes."""
        rows = self._members.get(claim.member_id) if isinstance(claim.member_id, str) else None
        own = [] if rows is None else rows.of_claim(identity(claim, self.digest_key), self._about)
        returned = standing.of_claim is Disposition.REJECTED
        changed = []
        for row in own:
            now = Disposition.REJECTED if returned else standing.of_lines[row.position - 1]
            changed.append(self._parts.settled(row, now))
        return changed if changed != own else []

    def _undo(self, member: str, name: str, claim: Claim, by: str | None) -> None:
        """Drops what a claim undoes by a name, and records it for later claims."""
        for other in self._meant_by(claim, name):
            self._drop(member, other)
        own = identity(claim, self.digest_key)
        if name == own or plain(name) != plain(own):
            self._undone.setdefault((member, plain(name)), []).append(Undone(days_of_bill(claim), by))

    def _is_undone(self, claim: Claim, member: str, base: str) -> bool:
        """Whether a claim came before that undoes a claim: by its days, or by the claim id where more may come."""
        if (member, base) not in self._undone:
            return False
        account = self._own_account(member, base, partial(days_of_bill, claim))
        by = (account if self.may_grow else attrs.evolve(account, is_spent=True)).undoing(asked(claim))
        return by is not None

    def _account_below(self, member: str, name: str, days: Days | None) -> Account:
        found = getattr(self._below, "account", None)
        return _ONE_BILL if found is None else found(member, name, days)

    def _hide(self, member: str, own: Own | None, name: str) -> None:
        """Records that the batch has a version of bills that the history below holds."""
        if own is not None:
            base = plain(name)
            self._hidden |= {(member, one) for one in (*own.under(base), *([name] if name != base else []))}
            self._apart |= {(member, one) for one in own.apart(base)}

    def _drop(self, member: str, claim: str, upto: tuple[int, int] = (Rank.VOID, 0)) -> bool:
        """Drops what is kept of a claim and returns True, unless a kept version takes precedence over `upto`."""
        rows = self._members.get(member)
        own = [] if rows is None else rows.of_claim(claim, self._about)
        if any((row.rank, row.received) > upto for row in own):
            return False
        if rows is not None and own:
            rows.drop(claim, self._about)
            self._fallen.add((member, claim))
            base = plain(claim)
            if (member, base) in self._books:
                self._books[member, base].remove(number_of(claim))
        return True

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
        """The lines of the rows, except those of excluded claims."""
        return self._parts.read(row for row in rows if self._names[row.claim] not in leave_out)


def _standing(result: ClaimResult | Standing) -> Standing:
    return result if isinstance(result, Standing) else Standing.of(result)


def days_of(claim: Claim) -> tuple[int, int] | None:
    """The first and last day of a claim, as proleptic ordinals; None if it has none."""
    days = [day for line in claim.lines for day in (line.service_date, line.service_date_end)]
    days += [claim.discharge_date, claim.statement_from, claim.statement_through]
    known = [day.toordinal() for day in days if isinstance(day, date)]
    return (min(known), max(known)) if known else None
