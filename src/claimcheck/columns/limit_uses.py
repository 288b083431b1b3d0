"""Which lines of a member's other claims frequency limits count together with those of a claim, in columns.

Equivalent to `claimcheck.engine.counting.counted_in_short`: for a yearly limit, a result depends only on whether that
many uses come before. If other limits apply and there are other uses, the member's claims are validated one by one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import merge
from itertools import islice
from typing import NamedTuple

from claimcheck.columns.claim_parties import Parties
from claimcheck.columns.evaluation import ChunkEvaluation
from claimcheck.columns.fields import EPOCH
from claimcheck.columns.member_lines import MemberLines
from claimcheck.columns.times import day_of
from claimcheck.engine.compiled import CompiledLine
from claimcheck.engine.counting import Account, Counted
from claimcheck.engine.services import Key, counts, is_use
from claimcheck.history.recorded import by_date, settled
from claimcheck.history.window import counted_from
from claimcheck.policies.parameters.frequency import Limit

__all__ = ["LimitUses", "Taken"]

_LAST = 1 << 40
"""After every day."""


class _Use(NamedTuple):
    """A line with a code that some limit counts: its position among those of the member, and its row."""

    day: int
    received: int
    order: int
    row: int
    claim: int
    code: str


class Taken(NamedTuple):
    """For each use of a claim, whether it is beyond its limit, and the rows of other claims' lines that it depends
    on."""

    beyond: tuple[bool, ...]
    rows: tuple[int, ...]


class LimitUses:
    """The uses of the members of a chunk."""

    def __init__(self, part: ChunkEvaluation, parties: Parties, lines: MemberLines) -> None:
        self._part, self._parties, self._lines = part, parties, lines
        self._of_member: dict[int, dict[str, list[_Use]]] = {}
        self._counted: dict[tuple[Account, int, int, int], bool] = {}
        self._first: dict[tuple[int, Account, int, int], Sequence[_Use]] = {}
        self._read()

    def _read(self) -> None:
        part, lines = self._part, self._lines
        counted = part.engine.judging.counted[part.elements[lines.at]] > 0
        rows, claims = lines.at[counted], lines.claim[counted]
        columns = (
            self._parties.member[claims],
            part.lines.days[rows],
            self._parties.received[claims],
            self._parties.order[claims],
            rows,
            claims,
        )
        for member, day, received, order, row, claim in zip(*(column.tolist() for column in columns), strict=True):
            code = part.engine.several_lines.line(int(part.elements[row])).code
            assert code is not None  # noqa: S101 - a limit counts it
            uses = self._of_member.setdefault(member, {}).setdefault(code, [])
            uses.append(_Use(day, received, order, row, claim, code))
        for of_codes in self._of_member.values():
            for uses in of_codes.values():
                uses.sort()

    def taken(self, claim: int, lines: Sequence[CompiledLine], day: int) -> Taken | None:
        """What the uses of a one-day claim depend on; None if that is more than is known here."""
        member = int(self._parties.member[claim])
        accounts = [account for line in lines for account in _accounts(line)]
        own = int(self._parties.received[claim]), int(self._parties.order[claim])
        beyond: list[bool] = []
        rows: list[int] = []
        for account in accounts:
            most = account.key.limit.most
            since = _since(account.key.limit, day)
            if not account.is_simple or (len(accounts) > 1 and sum(one.key == account.key for one in accounts) > 1):
                if next(self._before(self._of_member.get(member, {}), account, since, day, claim), None) is not None:
                    return None
                beyond.append(False)
                continue
            first = self._first_uses(member, account, since, most + len(lines))
            found = [use for use in first if use.day <= day and use.claim != claim][:most]
            rows += [use.row for use in found]
            last = found[-1] if len(found) == most else None
            beyond.append(last is not None and (last.day, last.received, last.order) < (day, *own))
        return Taken(tuple(beyond), tuple(dict.fromkeys(rows)))

    def _first_uses(self, member: int, account: Account, since: int, most: int) -> Sequence[_Use]:
        """The first lines of a member from a day on that count, at most so many."""
        key = member, account, since, most
        known = self._first.get(key)
        if known is None:
            uses = self._before(self._of_member.get(member, {}), account, since, _LAST, None)
            known = self._first[key] = [*islice((use for use in uses if self._counts(account, use)), most)]
        return known

    def settled(self) -> None:
        """Takes note that lines were settled, which changes what counts."""
        self._first.clear()

    def any_before(self, claim: int, lines: Sequence[CompiledLine], first: int, last: int) -> bool:
        """Whether lines of other claims may be counted with those of a claim for several days."""
        of_codes = self._of_member.get(int(self._parties.member[claim]), {})
        for line in lines:
            for account in _accounts(line):
                since = _since(account.key.limit, first)
                if next(self._before(of_codes, account, since, last, claim), None) is not None:
                    return True
        return False

    def as_counted(self, taken: Taken) -> Counted:
        """The same in the engine's form."""
        lines = sorted(map(self._lines.recorded, taken.rows), key=by_date)
        return Counted(tuple(lines), (), tuple((None, one) for one in taken.beyond))

    def _before(
        self, of_codes: dict[str, list[_Use]], account: Account, since: int, day: int, claim: int | None
    ) -> Iterator[_Use]:
        """The lines of other claims between two days that may be uses, in order."""
        found = [
            uses[bisect_left(uses, (since,)) : bisect_left(uses, (day + 1,))]
            for code, uses in of_codes.items()
            if code in account.codes
        ]
        uses = merge(*found) if len(found) > 1 else iter(found[0] if found else ())
        return (use for use in uses if use.claim != claim)

    def _counts(self, account: Account, use: _Use) -> bool:
        """Whether a line of another claim counts."""
        row = use.row
        lines = self._lines
        key = account, int(self._part.elements[row]), int(lines.standing[row]), int(lines.settled[row])
        known = self._counted.get(key)
        if known is None:
            line = lines.recorded(row)
            known = is_use(line, account.key, account.facts)
            known = self._counted[key] = known and counts(account.key.limit, line.modifiers, settled(line))
        return known


@lru_cache(maxsize=65_536)
def _since(limit: Limit, day: int) -> int:
    """The first day from which a limit counts uses for one on a day."""
    return counted_from(limit.window, limit.year_starts, day_of(day)).toordinal() - EPOCH


def _accounts(line: CompiledLine) -> Iterator[Account]:
    """What limits count together with a line, whoever provided it."""
    for number, (limit, name) in enumerate(line.services):
        account = line.accounts.get((number, None))
        if account is None:
            account = line.accounts[number, None] = Account.of(Key(limit, name, None), line.facts)
        yield account
