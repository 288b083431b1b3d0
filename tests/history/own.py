"""A history as a user might write one from the how-to alone: a list of entries, and everything worked out each time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from claimcheck import Claim, ClaimResult
from claimcheck.claims.verdict import strongest
from claimcheck.history import (
    Entry,
    Ground,
    RecordedLine,
    RecordedUse,
    Superseded,
    Terms,
    by_date,
    counted_from,
    entry_of,
    excesses,
    in_force,
    left_out,
    superseded,
)

#: The key of the stored histories in tests.
KEY = bytes(range(32))


class ListHistory:
    """Keeps every entry that ever came, and works out what stands when it is asked."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._given: dict[object, bool | None] = {}
        self._purged = date.min

    @property
    def known_from(self) -> date:
        return self._purged

    def lines(
        self, member_id: str, first: date, through: date, *, other_than: Claim | None = None
    ) -> tuple[RecordedLine, ...]:
        mine = left_out(other_than)
        found = []
        for number, entry in self._standing():
            denials = [denial for denial in self._denials() if denial.holds and denial.line[0] == number]
            for line in entry.lines:
                on = [denial.disposition for denial in denials if denial.line[1] == line.position]
                inside = line.service_date <= through and line.service_date_end >= first
                if entry.member == member_id and line.claim not in mine and inside:
                    found.append(_with(line, strongest([line.disposition, *on])))
        return tuple(sorted(found, key=by_date))

    def record(self, claim: Claim, result: ClaimResult) -> None:
        entry = entry_of(claim, result)
        if entry is None:
            return
        same = [
            number
            for number, known in enumerate(self._entries)
            if (known.member, known.claim, known.digest) == (entry.member, entry.claim, entry.digest)
        ]
        if not same:
            self._entries.append(entry)
        number = same[0] if same else len(self._entries) - 1
        standing = {claim.claim: at for at, claim in self._standing() if claim.member == entry.member}
        for use in entry.uses:
            key = number, use.position, Terms.of(use)
            if key not in self._given and not same:
                self._given[key] = use.excess
            elif self._given.get(key) is (not use.excess):
                self._given[key] = None
        for overturned in () if same else entry.overturned:
            if overturned.claim in standing and standing.get(entry.claim) == number:
                self._given[number, standing[overturned.claim], overturned.finding.position, overturned.finding] = False

    def reconcile(self) -> Iterator[Superseded]:
        lines = {(number, line.position): line for number, entry in self._standing() for line in entry.lines}
        for member in {entry.member for entry in self._entries}:
            own = {number for number, entry in enumerate(self._entries) if entry.member == member}
            denials = [denial for denial in self._denials() if denial.line in lines and denial.line[0] in own]
            grounds = [*denials, *excesses(self._uses(member), denials)]
            yield from superseded(lines, grounds)
            self._given |= {ground.key: ground.holds for ground in grounds}

    def purge(self, before: date) -> None:
        for number, entry in enumerate(self._entries):
            days = {line.position: line.service_date for line in entry.lines}
            uses = [
                use for use in entry.uses if days[use.position] >= counted_from(use.window, use.year_starts, before)
            ]
            needed = {use.position for use in uses}
            lines = [line for line in entry.lines if line.service_date_end >= before or line.position in needed]
            self._entries[number] = _with_lines(entry, tuple(lines), tuple(uses))
        self._purged = max(self._purged, before)

    def forget(self, member_id: str) -> None:
        self._entries = [
            _with_lines(_unnamed(entry), (), ()) if entry.member == member_id else entry for entry in self._entries
        ]

    def _standing(self) -> list[tuple[int, Entry]]:
        numbers = {id(entry): number for number, entry in enumerate(self._entries)}
        return [(numbers[id(entry)], entry) for entry in in_force(self._entries)]

    def _uses(self, member: str) -> Iterator[RecordedUse]:
        for number, entry in self._standing():
            days = {line.position: line.service_date for line in entry.lines}
            for use in entry.uses:
                if entry.member == member:
                    key = number, use.position, Terms.of(use)
                    yield RecordedUse(
                        (number, use.position),
                        entry.claim,
                        days[use.position],
                        entry.received,
                        entry.delivery,
                        Terms.of(use),
                        use.counts,
                        self._given[key],
                        key,
                    )

    def _denials(self) -> list[Ground]:
        standing = {number for number, _ in self._standing()}
        return [
            Ground(
                key[1:3],
                key[3].rule_id,
                key[3].disposition,
                bool(given),
                key[0] in standing,
                key=key,
            )
            for key, given in self._given.items()
            if len(key) == 4 and key[1] in standing
        ]


def _with(line: RecordedLine, disposition) -> RecordedLine:
    return attrs.evolve(line, disposition=disposition)


def _with_lines(entry: Entry, lines, uses) -> Entry:
    return attrs.evolve(entry, lines=lines, uses=uses)


def _unnamed(entry: Entry) -> Entry:
    return attrs.evolve(entry, member="", claim="", undoes=None)
