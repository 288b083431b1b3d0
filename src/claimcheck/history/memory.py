"""A history in memory: for a notebook, a test, or one run.

>>> from claimcheck import Claim, MemoryHistory, ServiceLine, Validator
>>> history = MemoryHistory()
>>> def claim(claim_id, day, code):
...     line = ServiceLine(code, units=1, charge="0.00", service_date=day)
...     return Claim(claim_id=claim_id, claim_type="professional", member_id="M1", lines=[line])
>>> validator = Validator(history=history)
>>> first = claim("A", "2024-02-01", "3044F")
>>> history.record(first, validator.validate(first))
>>> second = claim("B", "2024-08-01", "3046F")
>>> result = validator.validate(second)
>>> [finding.rule_id for finding in result.findings if finding.carc == "119"]
['FRQ101']
>>> history.record(second, result)

A third claim arrives late, with the earliest date. It is the one that counts, and the first no longer does:

>>> late = claim("C", "2024-01-15", "3044F")
>>> history.record(late, validator.validate(late))
>>> [(old.claim_id, old.line_number, old.rule_id, old.found) for old in history.reconcile()]
[('A', 1, 'FRQ101', True)]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from datetime import date
from types import TracebackType
from typing import Any, Self

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.errors import HistoryError
from claimcheck.guesses import hinted
from claimcheck.history.accounts import Account, Days, plain
from claimcheck.history.book import Book
from claimcheck.history.entry import Entry, entry_of, identity, undone_by
from claimcheck.history.member import Member
from claimcheck.history.neighbours import LinesBeside, Neighbours
from claimcheck.history.recorded import RecordedLine, by_date
from claimcheck.history.repeats import relieved
from claimcheck.history.retention import remains
from claimcheck.history.same_bill import others
from claimcheck.history.standing import named, plan, touched
from claimcheck.history.superseded import Superseded

__all__ = ["MemoryHistory"]

GUESSED = {
    "add": "record(claim, result)",
    "append": "record(claim, result)",
    "claims": "lines(member_id, first, through)",
    "get": "lines(member_id, first, through)",
    "save": "record(claim, result)",
}
"""Common guesses for the names of a history's methods, and the actual names."""


@hinted(GUESSED)
class MemoryHistory(LinesBeside):
    """Members' earlier claims, in memory. Holds member identifiers as given: keep it no longer than the run."""

    def __init__(self) -> None:
        self._members: dict[str, Member] = defaultdict(Member)
        self._numbers = 0
        self._purged = date.min

    @property
    def known_from(self) -> date:
        """The first day from which nothing was forgotten: what was not recorded did not happen."""
        return self._purged

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
        member = self._members.get(member_id)
        if member is None:
            return ()
        found = map(member.as_it_is, member.found.between(first, through, neighbours))
        return tuple(sorted(others(found, other_than, member.account), key=by_date))

    def uses(
        self, member_id: str, codes: Container[str], first: date, through: date, *, other_than: Claim | None = None
    ) -> Iterator[RecordedLine]:
        """The lines with some codes that begin on these days, in order; see `claimcheck.history.uses`."""
        member = self._members.get(member_id)
        if member is None:
            return
        found = map(member.as_it_is, member.found.of_codes(codes, first, through))
        yield from others(found, other_than, member.account)

    def knows(self, member_id: str, name: str) -> bool:
        """Whether a claim with that name was recorded, in force or not."""
        member = self._members.get(member_id)
        return member is not None and bool(member.books.get(plain(name)))

    def account(self, member_id: str, name: str, days: Days | None) -> Account:
        """What is held under a claim id of a member; see `claimcheck.history.accounts`."""
        member = self._members.get(member_id)
        return Account() if member is None else member.account(name, days)

    def record(self, claim: Claim | Mapping[str, Any] | Any, result: ClaimResult) -> None:
        """Keeps the lines of a claim with their results. Recording a claim again changes nothing.

        `claim` is a `Claim`, or a mapping that `Claim.from_dict` accepts.
        """
        judged = entry_of(Claim.from_dict(claim), result)
        entry = None if judged is None else remains(judged, self._purged)
        if entry is None:
            return
        member = self._members[entry.member]
        accounts = {(whose, name): member.account(name, entry.bill.days) for whose, name in touched([entry])}
        changes = plan([entry], accounts, self._numbers + 1)
        for (_, name), undone in changes.undone:
            member.books.setdefault(name, Book()).undone.append(undone)
        for number in changes.fallen & member.standing:
            member.fall(number)
        for version, _ in changes.kept:
            self._numbers += 1
            targets = [
                (overturned, [one.number for one in changes.targets(entry, version.number, overturned)])
                for overturned in entry.overturned
            ]
            originals = member.originals(entry) if version.stands else {}
            member.keep(version, named(_but_for(entry, originals), version.visit), entry.claim)
            if version.stands:
                member.deny(version.number, targets)
            for position, original in originals.items():
                member.repeat(original, (version.number, position))
        if changes.fallen:
            member.find_originals_again()
        for version, _ in changes.again:
            member.say_again(version, entry)

    def reconcile(self) -> Iterator[Superseded]:
        """Results that differ from what all recorded claims together give; see `History.reconcile`."""
        for member in list(self._members.values()):
            if not member.settled:
                yield from member.reconcile()

    def purge(self, before: date) -> None:
        """Forgets what ended before that day and no later claim can need; see `History.purge`."""
        if not all(member.settled for member in self._members.values()):
            raise HistoryError("reconcile() first: results that no longer hold would be lost")
        for name, member in list(self._members.items()):
            member.purge(before)
            if not member.kept:
                del self._members[name]
        self._purged = max(self._purged, before)

    def forget(self, member_id: str) -> None:
        """Forgets everything about a member."""
        self._members.pop(member_id, None)

    def close(self) -> None:
        """Does nothing: the history lives as long as the object."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def left_out(claim: Claim | None, key: bytes = b"") -> frozenset[str]:
    """The claim ids whose lines are no others to `claim`, where a claim id names one claim: itself, those it undoes.

    Where it may name several, as that of an account, see `same_bill.others`.
    """
    if claim is None:
        return frozenset()
    return frozenset((identity(claim, key), *undone_by(claim, key)))


def _but_for(entry: Entry, originals: Container[int]) -> Entry:
    """A claim with its lines as they are but for those whose original is known."""
    known = [one for one in entry.repeats if one.position in originals]
    return attrs.evolve(entry, lines=relieved(entry.lines, known)) if known else entry
