"""Selects the lines of other claims that a frequency limit needs; usually few, however many there are.

For a limit of one per year, only the first line of the year counts. A limit over months depends on the chain of uses
that were paid, each so many months after the one before: the chain is followed from paid use to paid use, and
everything between is skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, islice

import attrs

from claimcheck.claims import Claim
from claimcheck.engine.compiled import CompiledLine
from claimcheck.engine.days import Placed
from claimcheck.engine.services import Key, counts, is_use, key_of, whose_of
from claimcheck.history.batch import Batch
from claimcheck.history.parts import day_of
from claimcheck.history.recorded import LookUp, RecordedLine, by_date, settled
from claimcheck.history.rows import Row
from claimcheck.history.uses import uses
from claimcheck.history.window import counted_from, counted_until, free_again
from claimcheck.policies import CodeSpans
from claimcheck.policies.parameters.frequency import BY_DELIVERY, Limit, months_of
from claimcheck.rules.facts.line import Line
from claimcheck.tables import Found

__all__ = ["NOTHING", "Account", "Counted", "counted_in_short", "counted_with", "named"]

_FEW = 8
"""Up to this many lines of a service are all looked at, and all named in the receipt."""

Codes = frozenset[str] | CodeSpans
Ask = Callable[[date], Iterator[RecordedLine]]


@attrs.frozen
class Counted:
    """What was asked of a history for limits, and what was found.

    `asked` says for which codes lines were looked at, from which day on, and whether `lines` holds all of them or, if
    there are very many, only those that decide. `in_short` is everything the result depends on, where that is known;
    see `counted_in_short`.
    """

    lines: Sequence[RecordedLine] = ()
    asked: tuple[tuple[str, date, bool], ...] = ()
    in_short: tuple[tuple[str | None, bool], ...] | None = None


NOTHING = Counted()


@attrs.frozen(eq=False)
class Account:
    """The lines that one limit counts together with one kind of line.

    `is_simple`: if a line is the only use on its claim, the result depends only on whether that many counted uses come
    before it.
    """

    key: Key
    facts: Line
    codes: Codes
    named: str
    is_simple: bool

    @classmethod
    def of(cls, key: Key, facts: Line) -> Account:
        """What is counted together with a line of these facts."""
        codes, limit = codes_of(key, facts), key.limit
        by_window = months_of(limit.window) is None and limit.window not in BY_DELIVERY
        return cls(key, facts, codes, named(codes), by_window and not limit.by_day and not limit.after)

    def has(self, row: Row, batch: Batch) -> bool:
        """Whether a line of another claim counts."""
        known = batch.kinds(self)
        policy = self.facts.setting.policy.on(day_of(row.day))
        kind = row.what, row.who, row.settled, id(policy)  # the policy keeps its values for each day
        counted: bool | None = known.get(kind)
        if counted is None:
            line = batch.read(row)
            counted = is_use(line, self.key, self.facts) and counts(self.key.limit, line.modifiers, settled(line))
            known[kind] = counted
        return counted


def counted_in_short(
    claim: Claim, member_id: str, lines: Sequence[CompiledLine], day: date, batch: Batch
) -> Counted | None:
    """The same as `counted_with`, for a claim whose lines are all on one day, if the history below a batch has no uses.

    Also gives, for each use, the provider counted and whether the use would be over the limit if it counts at all: the
    findings depend on nothing else, so that what holds for one holds for all. None if they depend on more.
    """
    accounts = [*_accounts(claim, lines)]
    if not all(account.is_simple for account in accounts):
        return None
    if len(accounts) > 1 and len({account.key for account in accounts}) < len(accounts):
        return None
    received = claim.received_date if isinstance(claim.received_date, date) else date.max
    own = day.toordinal(), received.toordinal(), claim.claim_id if isinstance(claim.claim_id, str) else ""
    found, asked, in_short = [], [], []
    for account in accounts:
        limit, since = account.key.limit, _since(account.key.limit, day)
        if batch.holds_below(member_id, account.codes, since, day, other_than=claim):
            return None
        rows = batch.first_rows(member_id, account.codes, since, day, other_than=claim, most=_FEW + 1)
        deciding = [*islice((row for row in rows if account.has(row, batch)), limit.most)]
        whole, taken = len(rows) <= _FEW, len(deciding) == limit.most
        if not whole and not taken:
            return None
        found += rows if whole else deciding
        asked.append((account.named, since, whole))
        in_short.append((account.key.whose, taken and batch.order(deciding[-1]) < own))
    return Counted(batch.in_order(found) if found else (), tuple(asked), tuple(in_short))


def _accounts(claim: Claim, lines: Sequence[CompiledLine]) -> Iterator[Account]:
    """What is counted together with each use that the lines of a claim are."""
    for position, line in enumerate(lines, 1):
        for number, (limit, name) in enumerate(line.services):
            whose = whose_of(limit, claim, position)
            account = line.accounts.get((number, whose))
            if account is None:
                account = line.accounts[number, whose] = Account.of(Key(limit, name, whose), line.facts)
            yield account


def counted_with(claim: Claim, member_id: str, placed: Sequence[Placed], history: LookUp) -> Counted:
    """The lines of other claims that limits count together with those of a claim, as far as they decide the result."""
    keys: dict[Key, tuple[Line, set[date]]] = {}
    for line in placed:
        for limit, name in line.compiled.services:
            key = key_of(limit, name, claim, line.position)
            keys.setdefault(key, (line.compiled.facts, set()))[1].add(line.first)
    found: dict[tuple[str, int], RecordedLine] = {}
    asked = []
    for key, (facts, days) in keys.items():
        codes, since, last = codes_of(key, facts), _since(key.limit, min(days)), max(days)

        def ask(first: date, through: date = last, codes: Codes = codes) -> Iterator[RecordedLine]:
            return uses(history, member_id, codes, first, through, other_than=claim)

        lines = [*islice(ask(since), _FEW + 1)]
        whole = len(lines) <= _FEW
        if not whole:
            lines = [*_deciding(key, facts, sorted(days), ask)]
        asked.append((named(codes), since, whole))
        found |= {(line.claim, line.position): line for line in lines}
    return Counted(tuple(sorted(found.values(), key=by_date)), tuple(asked))


def codes_of(key: Key, facts: Line) -> Codes:
    """The codes that are counted together."""
    limit, name, _ = key
    if limit.group is not None:
        return limit.counted
    group = facts.tables.service_group(name if facts.code is None else facts.code) if limit.grouped else None
    return frozenset(group.value.codes) if isinstance(group, Found) else frozenset({facts.code or name})


def named(codes: Codes) -> str:
    """Codes as a receipt names them: the same text for the same codes."""
    return " ".join(sorted(codes))


def _since(limit: Limit, day: date) -> date:
    return counted_from(limit.window, limit.year_starts, day)


def _deciding(key: Key, facts: Line, days: Sequence[date], ask: Ask) -> Iterator[RecordedLine]:
    """Of very many lines, those that decide; the claim's own uses are on `days`."""
    limit = key.limit

    def counting(lines: Iterable[RecordedLine]) -> Iterator[RecordedLine]:
        return (line for line in lines if is_use(line, key, facts) and counts(limit, line.modifiers, settled(line)))

    if limit.after:
        yield from counting(ask(date.min))
    elif months_of(limit.window) is not None:
        yield from _chain(limit, days[0], lambda first: counting(ask(first)))
    elif limit.window in BY_DELIVERY:
        yield from counting(ask(date.min))
    else:
        for since in dict.fromkeys(_since(limit, day) for day in days):
            until = counted_until(limit.window, limit.year_starts, since)
            found = (line for line in counting(ask(since)) if line.service_date <= until)
            yield from islice(_of_days(found) if limit.by_day else found, limit.most)


def _of_days(lines: Iterable[RecordedLine]) -> Iterator[RecordedLine]:
    """The first line of each day."""
    return (next(of_day) for _, of_day in groupby(lines, key=lambda line: line.service_date))


def _chain(limit: Limit, day: date, counting: Ask) -> Iterator[RecordedLine]:
    """The uses paid before `day` under a limit over months, and all uses from that day on."""
    paid: list[RecordedLine] = []
    following = counting(date.min)
    while (line := next(following, None)) is not None:
        if line.service_date >= day:
            yield line
            continue
        if limit.by_day and paid and paid[-1].service_date == line.service_date:
            continue
        free = _free_again(limit, paid[-limit.most :])
        if free is None or free <= line.service_date:
            paid.append(line)
            yield line
        else:
            following = counting(min(free, day))


def _free_again(limit: Limit, latest: Sequence[RecordedLine]) -> date | None:
    """The day on which the next use is allowed; None if the limit is not used up."""
    if len(latest) < limit.most:
        return None
    return free_again(limit.window, latest[0].service_date) or date.max
