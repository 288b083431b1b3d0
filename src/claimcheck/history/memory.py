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
from collections.abc import Container, Iterator, Sequence
from datetime import date
from types import TracebackType
from typing import Self, cast

import attrs

from claimcheck.claims import Claim, ClaimResult, Disposition, Overturned
from claimcheck.claims.verdict import strongest
from claimcheck.errors import HistoryError
from claimcheck.guesses import hinted
from claimcheck.history.accounts import Account, Days, Held, plain
from claimcheck.history.book import Book
from claimcheck.history.by_day import ByCode, ByDay, Order
from claimcheck.history.entry import Entry, entry_of, identity, undone_by
from claimcheck.history.neighbours import Group, LinesBeside, Neighbours, group_of
from claimcheck.history.recorded import RecordedLine, by_date
from claimcheck.history.repeats import DUPLICATE_RULE, can_be_original, relieved
from claimcheck.history.retention import remains
from claimcheck.history.same_bill import others
from claimcheck.history.standing import named, plan, speaks_of, touched
from claimcheck.history.superseded import Ground, LineKey, RecordedUse, Superseded, Terms, excesses, superseded
from claimcheck.policies.parameters.ncci import SameProvider

__all__ = ["MemoryHistory"]

GUESSED = {
    "add": "record(claim, result)",
    "append": "record(claim, result)",
    "claims": "lines(member_id, first, through)",
    "get": "lines(member_id, first, through)",
    "save": "record(claim, result)",
}
"""Common guesses for the names of a history's methods, and the actual names."""

GroundKey = tuple[object, ...]
DenialKey = tuple[int, int, int, str]
"""The claim that causes the denial, the denied claim and line, and the rule."""


class StandingLines:
    """The lines in force of one member, with their own results, by day, code, and provider."""

    def __init__(self) -> None:
        self.lines: dict[LineKey, RecordedLine] = {}
        self._by_day: ByDay[LineKey] = ByDay()
        self._by_code: ByCode[LineKey] = ByCode()
        self._groups: dict[SameProvider, dict[Group | None, ByDay[LineKey]]] = {}

    def add(self, number: int, entry: Entry) -> None:
        """Adds the lines of a claim."""
        for line in entry.lines:
            key, (day, span) = (number, line.position), _span(line)
            self.lines[key] = line
            self._by_day.add(day, span, key)
            self._by_code.add(line.code, _in_order(line), key)
            for same, groups in self._groups.items():
                groups.setdefault(group_of(line, same), ByDay()).add(day, span, key)

    def remove(self, number: int, entry: Entry) -> None:
        """Removes the lines of a claim."""
        for line in entry.lines:
            key, (day, span) = (number, line.position), _span(line)
            if self.lines.pop(key, None) is not None:
                self._by_day.remove(day, span, key)
                self._by_code.remove(line.code, _in_order(line))
                for same, groups in self._groups.items():
                    groups[group_of(line, same)].remove(day, span, key)

    def between(self, first: date, through: date, neighbours: Neighbours | None = None) -> Iterator[LineKey]:
        """The lines with a service date from `first` to `through`, of the `neighbours` if given, unordered."""
        days = first.toordinal(), through.toordinal()
        if neighbours is None:
            yield from self._by_day.between(*days)
            return
        groups = self._by_group(neighbours.same)
        for group in neighbours.groups:
            if group in groups:
                yield from groups[group].between(*days)

    def of_codes(self, codes: Container[str], first: date, through: date) -> Iterator[LineKey]:
        """The lines with some codes that begin on these days, in order."""
        return self._by_code.of(codes, first.toordinal(), through.toordinal())

    def _by_group(self, same: SameProvider) -> dict[Group | None, ByDay[LineKey]]:
        known = self._groups.get(same)
        if known is None:
            known = self._groups[same] = {}
            for key, line in self.lines.items():
                known.setdefault(group_of(line, same), ByDay()).add(*_span(line), key)
        return known


@attrs.define(eq=False, repr=False)
class Member:
    """What is kept of one member, by the numbers of the versions of claims; entries are named by their bills."""

    kept: dict[int, tuple[Held, Entry]] = attrs.field(factory=dict)
    books: dict[str, Book] = attrs.field(factory=dict)  #: by claim id
    standing: set[int] = attrs.field(factory=set)
    found: StandingLines = attrs.field(factory=StandingLines)
    denials: dict[DenialKey, Ground] = attrs.field(factory=dict)
    upon: dict[LineKey, set[DenialKey]] = attrs.field(factory=dict)  #: the denials of each line
    by: dict[int, set[DenialKey]] = attrs.field(factory=dict)  #: the denials that a claim causes
    given: dict[GroundKey, bool | None] = attrs.field(factory=dict)  #: whether a use was reported as an excess
    settled: bool = True

    def account(self, name: str, days: Days | None) -> Account:
        """What is held under a claim id, as far as a claim of some days asks."""
        return self.books[name].near(days) if name in self.books else Account()

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """The claims in force."""
        return ((number, self.kept[number][1]) for number in sorted(self.standing))

    def as_it_is(self, key: LineKey) -> RecordedLine:
        """A line in force, with its disposition given all denials of it."""
        line = self.found.lines[key]
        held = [ground.disposition for ground in map(self.denials.__getitem__, self.upon.get(key, ())) if ground.holds]
        return attrs.evolve(line, disposition=strongest([line.disposition, *held])) if held else line

    def uses(self) -> Iterator[RecordedUse]:
        """The uses of services in force."""
        for number, entry in self.entries():
            lines = {line.position: line for line in entry.lines}
            for use in entry.uses:
                key = (number, use.position, Terms.of(use))
                yield RecordedUse(
                    (number, use.position),
                    entry.claim,
                    lines[use.position].service_date,
                    entry.received,
                    entry.delivery,
                    Terms.of(use),
                    use.counts,
                    self.given[key],
                    key,
                    use.rank,
                    use.limited,
                    use.takes,
                )


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

    def record(self, claim: object, result: ClaimResult) -> None:
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
            _fall(member, number)
        for version, _ in changes.kept:
            self._numbers += 1
            targets = [
                (overturned, [one.number for one in changes.targets(entry, version.number, overturned)])
                for overturned in entry.overturned
            ]
            originals = _originals(member, entry) if version.stands else {}
            _keep(member, version, named(_but_for(entry, originals), version.visit), entry.claim)
            if version.stands:
                _deny(member, version.number, targets)
            for position, original in originals.items():
                _repeat(member, original, (version.number, position))
        if changes.fallen:
            _find_originals_again(member)
        for version, _ in changes.again:
            _say_again(member, version, entry)

    def reconcile(self) -> Iterator[Superseded]:
        """Results that differ from what all recorded claims together give; see `History.reconcile`."""
        for member in list(self._members.values()):
            if not member.settled:
                yield from _reconcile(member)

    def purge(self, before: date) -> None:
        """Forgets what ended before that day and no later claim can need; see `History.purge`."""
        if not all(member.settled for member in self._members.values()):
            raise HistoryError("reconcile() first: verdicts that are superseded would be lost")
        for name, member in list(self._members.items()):
            _purge(member, before)
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


def _span(line: RecordedLine) -> tuple[int, int]:
    """The first day of a line, and the number of days after it."""
    first = line.service_date.toordinal()
    return first, line.service_date_end.toordinal() - first


def _in_order(line: RecordedLine) -> Order:
    """The sort key of `by_date`."""
    _, *rest = by_date(line)
    return line.service_date.toordinal(), *rest


def left_out(claim: Claim | None, key: bytes = b"") -> frozenset[str]:
    """The claim ids whose lines are no others to `claim`, where a claim id names one claim: itself, those it undoes.

    Where it may name several, as that of an account, see `same_bill.others`.
    """
    if claim is None:
        return frozenset()
    return frozenset((identity(claim, key), *undone_by(claim, key)))


def _keep(member: Member, version: Held, entry: Entry, claim_id: str) -> None:
    member.settled = False
    member.kept[version.number] = version, entry if version.stands else _without_lines(entry)
    member.books.setdefault(claim_id, Book()).add(version)
    if version.stands:
        member.found.add(version.number, entry)
        member.standing.add(version.number)
        member.given |= {(version.number, use.position, Terms.of(use)): use.excess for use in entry.uses}


def _originals(member: Member, entry: Entry) -> dict[int, int]:
    """For each line of a claim that is an exact duplicate, the number of the claim that it repeats, as far as known."""
    lines = {line.position: line for line in entry.lines}
    found = {one.position: _original(member, lines[one.position]) for one in entry.repeats if one.position in lines}
    return {position: original for position, original in found.items() if original is not None}


def _original(member: Member, line: RecordedLine, besides: Container[LineKey] = ()) -> int | None:
    """The first claim in force with an accepted line that bills the same, `besides` some lines."""
    digest, lines = line.billing_digest, member.found.lines
    if digest is None:
        return None
    same = (
        key[0]
        for key in member.found.between(line.service_date, line.service_date)
        if lines[key].billing_digest == digest and key not in besides and can_be_original(member.as_it_is(key), line)
    )
    return min(same, default=None)


def _but_for(entry: Entry, originals: Container[int]) -> Entry:
    """A claim with its lines as they are but for those whose original is known."""
    known = [one for one in entry.repeats if one.position in originals]
    return attrs.evolve(entry, lines=relieved(entry.lines, known)) if known else entry


def _repeat(member: Member, original: int, line: LineKey) -> None:
    """Records that a line was denied because it repeats one of that claim."""
    key = (original, *line, DUPLICATE_RULE)
    member.denials[key] = Ground(line, DUPLICATE_RULE, Disposition.DENIED, given=True, holds=True, key=key)
    member.upon.setdefault(line, set()).add(key)
    member.by.setdefault(original, set()).add(key)


def _find_originals_again(member: Member) -> None:
    """Looks for another original for each duplicate whose own is no longer in force, in the order of the claims."""
    left = [
        (denial.line, key)
        for key, denial in member.denials.items()
        if key[-1] == DUPLICATE_RULE and denial.given and not denial.holds
    ]
    waiting = {line for line, _ in left}
    for line, key in sorted(left):
        original = _original(member, member.found.lines[line], waiting)
        waiting.discard(line)
        if original is not None:
            _take_back(member, key)
            _repeat(member, original, line)


def _say_again(member: Member, version: Held, entry: Entry) -> None:
    """A claim that arrived again: if the result differs this time, the caller must be told which one is current."""
    for use in entry.uses:
        key = (version.number, use.position, Terms.of(use))
        if member.given.get(key) is (not use.excess):
            member.given[key] = None
            member.settled = False


def _without_lines(entry: Entry) -> Entry:
    return attrs.evolve(entry, lines=(), uses=(), overturned=())


def _deny(member: Member, number: int, targets: Sequence[tuple[Overturned, Sequence[int]]]) -> None:
    """Records a claim's denials of lines of other claims."""
    for overturned, numbers in targets:
        finding = overturned.finding
        for target in numbers:
            line = target, finding.position or 0
            known = member.found.lines.get(line)
            if known is not None and (len(numbers) == 1 or speaks_of(overturned, known)):
                key = (number, *line, finding.rule_id)
                member.denials[key] = Ground(line, finding.rule_id, finding.disposition, False, True, key=key)
                member.upon.setdefault(line, set()).add(key)
                member.by.setdefault(number, set()).add(key)


def _fall(member: Member, number: int) -> None:
    """A claim is no longer in force: its lines are removed, and so are its denials of other claims."""
    member.standing.discard(number)
    version, entry = member.kept[number]
    fallen = attrs.evolve(version, stands=False)
    member.kept[number] = fallen, _without_lines(entry)
    member.books[plain(entry.claim)].put(fallen)
    member.found.remove(number, entry)
    for use in entry.uses:
        member.given.pop((number, use.position, Terms.of(use)), None)
    for line in entry.lines:
        for key in [*member.upon.get((number, line.position), ())]:
            _take_back(member, key)
    for key in member.by.get(number, ()):
        member.denials[key] = attrs.evolve(member.denials[key], holds=False)


def _take_back(member: Member, key: DenialKey) -> None:
    """Removes a denial."""
    denial = member.denials.pop(key)
    member.upon[denial.line].discard(key)
    member.by[key[0]].discard(key)


def _reconcile(member: Member) -> Iterator[Superseded]:
    known = len(member.kept)
    denials = list(member.denials.values())
    limits = list(excesses(member.uses(), denials))
    yield from superseded(dict(member.found.lines), [*denials, *limits])
    # The caller may have recorded more meanwhile: what is gone is skipped, and what arrived is settled later.
    for ground in limits:
        if ground.key in member.given:
            member.given[ground.key] = ground.holds
    for denial in denials:
        key = cast("DenialKey", denial.key)
        if key in member.denials and not denial.holds:
            _take_back(member, key)
        elif key in member.denials:
            member.denials[key] = attrs.evolve(member.denials[key], given=True)
    member.settled = known == len(member.kept)


def _purge(member: Member, before: date) -> None:
    for number, (version, entry) in list(member.kept.items()):
        left = remains(entry, before)
        member.found.remove(number, entry)
        if left is None:
            del member.kept[number]
            member.standing.discard(number)
        else:
            member.kept[number] = version, left
            member.found.add(number, left)
    books = {name: Book(Account(undone=book.undone)) for name, book in member.books.items() if book.undone}
    for version, entry in member.kept.values():
        books.setdefault(plain(entry.claim), Book()).add(version)
    member.books = books
    for key, denial in list(member.denials.items()):
        if denial.line not in member.found.lines:
            _take_back(member, key)
    uses = {use.key for use in member.uses()}
    member.given = {key: given for key, given in member.given.items() if key in uses}
