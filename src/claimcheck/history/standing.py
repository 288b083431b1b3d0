"""Which claims are in force: what voids and replacements leave of all that was recorded.

Of the versions of one bill, one is in force: a void before a replacement, a replacement before an original, and of
equals the one received last, then recorded last. A replacement or a void undoes every version of the other bill that it
names, for good: to void a replacement does not bring back what it replaced (X12 837, CLM05-3 and REF*F8). So does the
payer's record of a claim with the claim as it was submitted. Which claims under one claim id are one bill is decided by
`claimcheck.history.accounts`; what is out of force once stays so.

`in_force` decides this for a whole set; `plan` says what a history must change when claims arrive, given what it holds
of the affected claims. Both agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from claimcheck.claims import Overturned
from claimcheck.history.accounts import Account, Days, Held, Rank, Undone, name_of, plain
from claimcheck.history.book import Book
from claimcheck.history.entry import Entry
from claimcheck.history.recorded import RecordedLine

__all__ = ["Name", "Plan", "account_of", "in_force", "named", "plan", "speaks_of", "standing", "touched"]

Name = tuple[str, str]  #: member and claim id

_STANDS_FOR_NOTHING = (Rank.VOID, Rank.SUPERSEDED)
_NOTHING = Account()


def in_force(entries: Iterable[Entry]) -> list[Entry]:
    """The claims in force among all entries in recording order; voids are not in force.

    Of several bills under one claim id each has a name of its own, as its lines have; see `accounts.name_of`.
    """
    return [entry for _, entry in standing(entries)]


def standing(entries: Iterable[Entry]) -> list[tuple[int, Entry]]:
    """The same, each with its place among the entries."""
    given = list(entries)
    changes = plan(given, {}, 1)
    places: dict[int, int] = {}
    kept = iter(changes.kept)
    version, entry = next(kept, (None, None))
    for place, one in enumerate(given):
        if version is not None and one is entry:
            places[version.number] = place
            version, entry = next(kept, (None, None))
    return [(places[one.number], named(entry, one.visit)) for one, entry in changes.kept if one.stands]


def account_of(entries: Iterable[Entry], member: str, name: str) -> Account:
    """What entries, in the order in which they were recorded, hold under a claim id of a member.

    They are all entries, also those of other members: bills are named after their place among them, as in `standing`.
    """
    book = plan(entries, {}, 1).books.get((member, name))
    return _NOTHING if book is None else book.whole


def named(entry: Entry, visit: int) -> Entry:
    """An entry, and its lines, under the name of its bill."""
    if visit == 1:
        return entry
    name = name_of(entry.claim, visit)
    lines = tuple([attrs.evolve(line, claim=name) for line in entry.lines])
    return attrs.evolve(entry, claim=name, lines=lines)


@attrs.frozen
class Plan:
    """What a history must change: the versions to keep, those whose lines go, and what other claims undo.

    `again` are the standing versions that are kept already and came again, perhaps with another result. `books` hold
    what is held then of each claim id that was looked at.
    """

    kept: tuple[tuple[Held, Entry], ...]
    again: tuple[tuple[Held, Entry], ...]
    books: Mapping[Name, Book]
    fallen: frozenset[int]
    undone: tuple[tuple[Name, Undone], ...]

    def targets(self, entry: Entry, number: int, overturned: Overturned) -> list[Held]:
        """The versions of another claim that a claim, of that number, speaks of: one, as far as their days tell."""
        book = self.books.get((entry.member, plain(overturned.claim)))
        versions = () if book is None else book.near(entry.bill.days).versions
        return Account([one for one in versions if one.stands and one.number != number]).meant_by(entry.bill.days)


def plan(entries: Iterable[Entry], accounts: Mapping[Name, Account], next_number: int) -> Plan:
    """What changes when `entries` arrive, in order.

    `accounts` is what the history holds of each claim id that `touched` names, as far as claims of those days ask.
    Versions kept are numbered from `next_number`, which is at least 1.
    """
    books = {name: Book(account) for name, account in accounts.items()}
    kept: dict[int, Entry] = {}
    again: list[tuple[int, Name, Entry]] = []
    undone: list[tuple[Name, Undone]] = []
    for entry in entries:
        name = entry.member, entry.claim
        book = books.setdefault(name, Book())
        same = book.of_digest(entry.digest)
        if same is not None:
            again.append((same.number, name, entry))
            continue
        for other in entry.undoes:
            one = Undone(entry.bill.days, entry.by if other == entry.claim else entry.claim)
            theirs = books.setdefault((entry.member, other), Book())
            known = len(theirs.undone)
            _fall(theirs, theirs.undo(one))
            if len(theirs.undone) > known:
                undone.append(((entry.member, other), one))
        number = next_number + len(kept)
        _take(book, entry, number)
        kept[number] = entry
    now = {name: {one.number: one for one in book.whole.versions} for name, book in books.items()}
    held = ((name, one) for name, account in accounts.items() for one in account.versions if one.stands)
    return Plan(
        tuple([(now[entry.member, entry.claim][number], entry) for number, entry in kept.items()]),
        tuple([(now[name][number], entry) for number, name, entry in again if now[name][number].stands]),
        books,
        frozenset(one.number for name, one in held if not now[name][one.number].stands),
        tuple(undone),
    )


def _take(book: Book, entry: Entry, number: int) -> None:
    """Keeps a version."""
    account = book.near(entry.bill.days)
    own = account.versions_of(entry)
    visit = min([one.visit for one in own], default=number + 1 if account.versions else 1)
    version = Held(number, entry.rank, entry.received, entry.digest, entry.bill, visit)
    heavier = any(one.weight > version.weight for one in own)
    stands = entry.rank not in _STANDS_FOR_NOTHING and not heavier and account.undoing(entry) is None
    _fall(book, [one for one in own if one.weight <= version.weight])
    book.add(attrs.evolve(version, stands=stands))


def _fall(book: Book, versions: Iterable[Held]) -> None:
    for one in versions:
        if one.stands:
            book.put(attrs.evolve(one, stands=False))


def touched(entries: Iterable[Entry]) -> dict[Name, dict[Days | None, None]]:
    """The claim ids of which `plan` must know, each with the days of those who ask.

    Those that the entries are under, undo, or have something to say of.
    """
    names: dict[Name, dict[Days | None, None]] = {}
    for entry in entries:
        others = [plain(overturned.claim) for overturned in entry.overturned]
        for claim in (entry.claim, *entry.undoes, *others):
            names.setdefault((entry.member, claim), {})[entry.bill.days] = None
    return names


def speaks_of(overturned: Overturned, line: RecordedLine) -> bool:
    """Whether what a claim says against a line of another may mean that line."""
    finding = overturned.finding
    of_day = finding.service_date is None or finding.service_date == line.service_date
    of_code = finding.procedure_code is None or finding.procedure_code == line.code
    return finding.position == line.position and of_day and of_code
