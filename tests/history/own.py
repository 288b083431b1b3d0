"""A history as a user might write one from the how-to alone: a list of entries, and everything worked out each time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

import attrs

from claimcheck import Claim, ClaimResult, HistoryError
from claimcheck.claims import Overturned
from claimcheck.claims.verdict import strongest
from claimcheck.history import (
    Entry,
    Ground,
    RecordedLine,
    RecordedUse,
    Superseded,
    Terms,
    by_date,
    entry_of,
    excesses,
    remains,
    superseded,
)
from claimcheck.history.accounts import Account, name_of
from claimcheck.history.same_bill import others
from claimcheck.history.standing import account_of, speaks_of, standing

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
        found = []
        for number, entry in self._standing():
            denials = [denial for denial in self._denials() if denial.holds and denial.line[0] == number]
            for line in entry.lines:
                on = [denial.disposition for denial in denials if denial.line[1] == line.position]
                inside = line.service_date <= through and line.service_date_end >= first
                if entry.member == member_id and inside:
                    found.append(_with(line, strongest([line.disposition, *on])))
        return tuple(sorted(others(found, other_than, partial(self.account, member_id)), key=by_date))

    def account(self, member_id: str, name: str, days: object = None) -> Account:
        return account_of(self._entries, member_id, name)

    def record(self, claim: Claim, result: ClaimResult) -> None:
        judged = entry_of(claim, result)
        entry = None if judged is None else remains(judged, self._purged)
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
        stands = number in standing.values()
        for use in entry.uses:
            key = number, use.position, Terms.of(use)
            if key not in self._given and not same:
                self._given[key] = use.excess
            elif self._given.get(key) is (not use.excess):
                self._given[key] = None
        for overturned in () if same else entry.overturned:
            for name in self._meant_by(entry, number, overturned) if stands else ():
                self._given[number, standing[name], overturned.finding.position, overturned.finding] = False

    def reconcile(self) -> Iterator[Superseded]:
        lines = {(number, line.position): line for number, entry in self._standing() for line in entry.lines}
        for member in self._members():
            grounds = self._grounds(member)
            yield from superseded(lines, grounds)
            self._given |= {ground.key: ground.holds for ground in grounds}

    def purge(self, before: date) -> None:
        if any(ground.given != ground.holds for member in self._members() for ground in self._grounds(member)):
            raise HistoryError("reconcile() first")
        self._purged = max(self._purged, before)
        standing = {number for number, _ in self._standing()}
        for number, entry in enumerate(self._entries):
            kept = entry if number in standing else _without_lines(entry)
            self._entries[number] = remains(kept, before) or _without_lines(_unnamed(entry))

    def forget(self, member_id: str) -> None:
        self._entries = [
            _without_lines(_unnamed(entry)) if entry.member == member_id else entry for entry in self._entries
        ]

    def _meant_by(self, entry: Entry, number: int, overturned: Overturned) -> list[str]:
        """The names of the claims of which a claim speaks."""
        lines = {one.claim: one.lines for at, one in self._standing() if at != number and one.member == entry.member}
        held = [one for one in self.account(entry.member, overturned.claim).versions if one.stands]
        names = [name_of(overturned.claim, one.visit) for one in Account(held).meant_by(entry.bill.days)]
        names = [name for name in names if name in lines]
        if len(names) > 1:
            names = [name for name in names if any(speaks_of(overturned, line) for line in lines[name])]
        return names

    def _members(self) -> set[str]:
        return {entry.member for entry in self._entries}

    def _grounds(self, member: str) -> list[Ground]:
        lines = {(number, line.position) for number, entry in self._standing() for line in entry.lines}
        own = {number for number, entry in enumerate(self._entries) if entry.member == member}
        denials = [denial for denial in self._denials() if denial.line in lines and denial.line[0] in own]
        return [*denials, *excesses(self._uses(member), denials)]

    def _standing(self) -> list[tuple[int, Entry]]:
        return standing(self._entries)

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
                        use.rank,
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


def _without_lines(entry: Entry) -> Entry:
    return attrs.evolve(entry, lines=(), uses=(), overturned=())


def _unnamed(entry: Entry) -> Entry:
    return attrs.evolve(entry, member="", claim="", undoes=())
