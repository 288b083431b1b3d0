"""What is kept of one member in memory: versions of claims, lines in force, and what claims say of each other."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date

import attrs

from claimcheck.claims import Disposition, Overturned
from claimcheck.claims.verdict import strongest
from claimcheck.history.accounts import Account, Days, Held, plain
from claimcheck.history.book import Book
from claimcheck.history.by_day import ByCode, ByDay, Order
from claimcheck.history.denials import Denials
from claimcheck.history.entry import Entry
from claimcheck.history.neighbours import Group, Neighbours, group_of
from claimcheck.history.recorded import RecordedLine, by_date
from claimcheck.history.repeats import DUPLICATE_RULE, can_be_original
from claimcheck.history.retention import remains
from claimcheck.history.standing import speaks_of
from claimcheck.history.superseded import LineKey, RecordedUse, Superseded, Terms, excesses, superseded
from claimcheck.policies.parameters.ncci import SameProvider

__all__ = ["Member"]

GroundKey = tuple[object, ...]


class StandingLines:
    """The lines in force of one member, with their own results, by day, code, and provider."""

    def __init__(self) -> None:
        self.lines: dict[LineKey, RecordedLine] = {}
        self._by_day: ByDay[LineKey] = ByDay()
        self._by_code: ByCode[LineKey] = ByCode()
        self._groups: dict[SameProvider, dict[Group | None, ByDay[LineKey]]] = {}
        self._by_digest: dict[int, dict[LineKey, None]] = {}
        self._denied: dict[LineKey, RecordedLine] = {}

    def add(self, number: int, entry: Entry) -> None:
        """Adds the lines of a claim."""
        for line in entry.lines:
            key, (day, span) = (number, line.position), _span(line)
            self.lines[key] = line
            if line.billing_digest is not None:
                self._by_digest.setdefault(line.billing_digest, {})[key] = None
            self._by_day.add(day, span, key)
            self._by_code.add(line.code, _in_order(line), key)
            for same, groups in self._groups.items():
                groups.setdefault(group_of(line, same), ByDay()).add(day, span, key)

    def remove(self, number: int, entry: Entry) -> None:
        """Removes the lines of a claim."""
        for line in entry.lines:
            key, (day, span) = (number, line.position), _span(line)
            if self.lines.pop(key, None) is not None:
                self._denied.pop(key, None)
                if line.billing_digest is not None:
                    del self._by_digest[line.billing_digest][key]
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

    def billed_as(self, digest: int) -> Iterable[LineKey]:
        """The lines with a billing digest, in the order in which they came."""
        return sorted(self._by_digest.get(digest, ()))

    def denied(self, key: LineKey, against: Disposition) -> RecordedLine:
        """A line with its disposition given what is said against it."""
        line, known = self.lines[key], self._denied.get(key)
        disposition = strongest([line.disposition, against])
        if disposition is line.disposition:
            return line
        if known is None or known.disposition is not disposition:
            known = self._denied[key] = attrs.evolve(line, disposition=disposition)
        return known

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
    denials: Denials = attrs.field(factory=Denials)
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
        against = self.denials.against.get(key)
        return self.found.lines[key] if against is None else self.found.denied(key, against)

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

    def keep(self, version: Held, entry: Entry, claim_id: str) -> None:
        """Keeps a version of a bill, and its lines if it is in force."""
        self.settled = False
        self.kept[version.number] = version, entry if version.stands else _without_lines(entry)
        self.books.setdefault(claim_id, Book()).add(version)
        if version.stands:
            self.found.add(version.number, entry)
            self.standing.add(version.number)
            self.given |= {(version.number, use.position, Terms.of(use)): use.excess for use in entry.uses}

    def fall(self, number: int) -> None:
        """A claim is no longer in force: its lines are removed, and its denials of other claims hold no longer."""
        self.standing.discard(number)
        version, entry = self.kept[number]
        fallen = attrs.evolve(version, stands=False)
        self.kept[number] = fallen, _without_lines(entry)
        self.books[plain(entry.claim)].put(fallen)
        self.found.remove(number, entry)
        for use in entry.uses:
            self.given.pop((number, use.position, Terms.of(use)), None)
        for line in entry.lines:
            self.denials.clear((number, line.position))
        self.denials.end(number)

    def say_again(self, version: Held, entry: Entry) -> None:
        """A claim that arrived again: if the result differs this time, the caller must be told which one is current."""
        for use in entry.uses:
            key = (version.number, use.position, Terms.of(use))
            if self.given.get(key) is (not use.excess):
                self.given[key] = None
                self.settled = False

    def deny(self, number: int, targets: Iterable[tuple[Overturned, Sequence[int]]]) -> None:
        """Records a claim's denials of lines of other claims."""
        for overturned, numbers in targets:
            finding = overturned.finding
            for target in numbers:
                line = target, finding.position or 0
                known = self.found.lines.get(line)
                if known is not None and (len(numbers) == 1 or speaks_of(overturned, known)):
                    self.denials.add(number, line, finding.rule_id, finding.disposition)

    def repeat(self, original: int, line: LineKey) -> None:
        """Records that a line was denied because it repeats one of that claim."""
        self.denials.add(original, line, DUPLICATE_RULE, Disposition.DENIED, given=True)

    def originals(self, entry: Entry) -> dict[int, int]:
        """For each line of a claim that is an exact duplicate, the number of the claim it repeats, as far as known."""
        lines = {line.position: line for line in entry.lines}
        found = {one.position: self._original(lines[one.position]) for one in entry.repeats if one.position in lines}
        return {position: original for position, original in found.items() if original is not None}

    def find_originals_again(self) -> None:
        """Looks for another original for each duplicate whose own is no longer in force, in the order of the claims."""
        left = self.denials.without_original()
        waiting = {line for line, _ in left}
        for line, key in left:
            original = self._original(self.found.lines[line], waiting)
            waiting.discard(line)
            if original is not None:
                self.denials.take_back(key)
                self.repeat(original, line)

    def reconcile(self) -> Iterator[Superseded]:
        """Results that differ from what all recorded claims together give."""
        known = len(self.kept)
        denials = [*self.denials]
        limits = list(excesses(self.uses(), denials))
        yield from superseded(dict(self.found.lines), [*denials, *limits])
        # The caller may have recorded more meanwhile: what is gone is skipped, and what arrived is settled later.
        for ground in limits:
            if ground.key in self.given:
                self.given[ground.key] = ground.holds
        for denial in denials:
            self.denials.delivered(denial)
        self.settled = known == len(self.kept)

    def purge(self, before: date) -> None:
        """Forgets what ended before that day and no later claim can need."""
        for number, (version, entry) in list(self.kept.items()):
            left = remains(entry, before)
            self.found.remove(number, entry)
            if left is None:
                del self.kept[number]
                self.standing.discard(number)
            else:
                self.kept[number] = version, left
                self.found.add(number, left)
        books = {name: Book(Account(undone=book.undone)) for name, book in self.books.items() if book.undone}
        for version, entry in self.kept.values():
            books.setdefault(plain(entry.claim), Book()).add(version)
        self.books = books
        for denial in [*self.denials]:
            if denial.line not in self.found.lines:
                self.denials.clear(denial.line)
        uses = {use.key for use in self.uses()}
        self.given = {key: given for key, given in self.given.items() if key in uses}

    def _original(self, line: RecordedLine, besides: Container[LineKey] = ()) -> int | None:
        """The first claim in force with an accepted line that bills the same, `besides` some lines."""
        if line.billing_digest is None:
            return None
        for key in self.found.billed_as(line.billing_digest):
            one = self.as_it_is(key)
            on_its_day = one.service_date <= line.service_date <= one.service_date_end
            if on_its_day and key not in besides and can_be_original(one, line):
                return key[0]
        return None


def _span(line: RecordedLine) -> tuple[int, int]:
    """The first day of a line, and the number of days after it."""
    first = line.service_date.toordinal()
    return first, line.service_date_end.toordinal() - first


def _in_order(line: RecordedLine) -> Order:
    """The sort key of `by_date`."""
    _, *rest = by_date(line)
    return line.service_date.toordinal(), *rest


def _without_lines(entry: Entry) -> Entry:
    return attrs.evolve(entry, lines=(), uses=(), overturned=())
