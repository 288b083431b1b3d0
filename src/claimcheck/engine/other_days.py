"""Lines of other claims on other days than the claim's own, for rules that look beyond the day.

An operation ninety days ago matters to a visit today. Only what a line of the claim makes a rule look at is requested,
for certain codes within certain days, so most claims request nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from claimcheck.claims import Claim
from claimcheck.engine.compiled import CompiledLine
from claimcheck.engine.counting import NOTHING, Counted, named
from claimcheck.history.neighbours import Neighbours
from claimcheck.history.recorded import LookUp, RecordedLine, by_date
from claimcheck.history.uses import uses
from claimcheck.policies import CodeSpans, Policy
from claimcheck.rules.rule import Rule

__all__ = ["MOST", "Asked", "Reach", "asked_of", "nothing_beyond", "reaches_of", "seen_beyond"]


MOST = 200
"""The limit on lines of other days looked at for one claim. One visit a day for three months is fewer; beyond the
limit, the result says that not all were looked at."""


class Asked(NamedTuple):
    """The lines of certain codes that start from `since` to `through`."""

    codes: CodeSpans
    since: date
    through: date


class Reach(NamedTuple):
    """Two claims of a member may matter to each other if they are at most `days` apart and one bills one of `codes`."""

    codes: CodeSpans
    days: int


def asked_of(lines: Iterable[tuple[CompiledLine, date]]) -> list[Asked]:
    """What is requested for lines that start on these days: one query for each set of codes."""
    found: dict[CodeSpans, Asked] = {}
    for line, day in lines:
        for _, days in line.beyond:
            since, through = days.since(day), days.through(day)
            before = found.get(days.codes)
            if before is not None:
                since, through = min(since, before.since), max(through, before.through)
            found[days.codes] = Asked(days.codes, since, through)
    return [*found.values()]


def nothing_beyond(asked: Iterable[Asked]) -> tuple[tuple[str, date, bool], ...]:
    """What was requested beyond the days of a claim, as `Counted` says it, if there is nothing."""
    return tuple([(named(one.codes), one.since, True) for one in asked])


def seen_beyond(
    claim: Claim,
    member_id: str,
    lines: Iterable[tuple[CompiledLine, date]],
    history: LookUp,
    neighbours: Neighbours | None,
) -> Counted:
    """Lines of other claims that rules look at beyond the days of a claim, limited to `neighbours` if given.

    Of very many lines, one more than `MOST` is returned, which shows that there are more.
    """
    asked = asked_of(lines)
    if not asked:
        return NOTHING
    found: dict[tuple[str, int], RecordedLine] = {}
    for one in asked:
        some = uses(history, member_id, one.codes, one.since, one.through, other_than=claim)
        own = some if neighbours is None else filter(neighbours.has, some)
        found |= {(line.claim, line.position): line for line in islice(own, MOST + 1)}
    others = tuple(sorted(found.values(), key=by_date))
    return Counted(others, nothing_beyond(asked))


def reaches_of(rules: Iterable[Rule], policy: Policy) -> tuple[Reach, ...]:
    """Which claims of a member may matter to each other though they share no day, for every date of the policy."""
    return tuple(dict.fromkeys(_reaches(rules, policy)))


def _reaches(rules: Iterable[Rule], policy: Policy) -> Iterator[Reach]:
    for rule in rules:
        if rule.window is not None:
            for day in (date.min, *policy.boundaries):
                codes = rule.window.codes(policy.on(day))
                if codes:
                    yield Reach(codes, rule.window.days)
