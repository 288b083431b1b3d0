"""Frequency limits that a payer may have, counted from the uses of each member.

No claim is evaluated again: which uses a limit leaves unpaid is a pure function of their dates (`history.winners`).
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType
from typing import Any

import attrs

from claimcheck.claims import Disposition
from claimcheck.engine.services import counts, key_of
from claimcheck.history.winners import taken_by
from claimcheck.money import ZERO
from claimcheck.policies import CodeSpans
from claimcheck.policies.parameters.category_ii import Results
from claimcheck.policies.parameters.frequency import Excess, Limit, Limits, Per, Window, months_of
from claimcheck.remittance.learning.book import FREQUENCY, Book, Settled
from claimcheck.remittance.learning.candidate import Candidate, plain
from claimcheck.remittance.learning.evidence import LineKey, evidence, vote
from claimcheck.remittance.learning.expectation import Expectation, fit, is_used_up
from claimcheck.remittance.learning.proposal import Proposal

__all__ = ["LIMITS", "LimitSearch"]

LIMITS = "frequency.limits"

_MOST = 24  #: the highest count that is tried
#: Windows tried first, and those tried as refinements of the best of them.
_COARSE = (
    "calendar_year",
    "rolling_12_months",
    "11_full_months",
    "lifetime",
    "calendar_month",
    *(f"rolling_{months}_months" for months in (1, 3, 6, 24, 36, 60)),
)
_FINE = (
    *((months, f"rolling_{months}_months") for months in (*range(1, 25), 30, 36, 48, 60, 84, 120)),
    *((months + 1, f"{months}_full_months") for months in (1, 2, 3, 5, 6, 8, 11, 12, 17, 23, 35, 47, 59, 119)),
)
_YEARS = ("calendar_year", "rolling_12_months", "11_full_months")
_STARTS = tuple(f"{month:02}-01" for month in range(2, 13))  #: of policy years
#: Ways of counting, in the order of preference if the data do not distinguish them.
_WAYS = (Per.MEMBER, Per.MEMBER_AND_GROUP, Per.MEMBER_AND_PROVIDER)
_FEW_USES = 6_000
_FINALISTS = 2
_CHANGE = 5  #: how many more lines a limit with a start date must explain than one for all dates


@attrs.frozen(weakref_slot=False)
class _Use:
    """A line as a use of a service, with the member or provider it counts for under each way of counting."""

    day: datetime.date
    order: tuple[object, ...]
    key: LineKey
    member: object
    whose: tuple[str | None, ...]
    service: str
    counts: bool = True
    delivery: datetime.date | None = None
    limited: bool = True
    takes: bool = True


@attrs.frozen
class _Hypothesis:
    """A limit, its start date, and what its uses say of it; or no limit at all."""

    limit: Limit | None
    votes: Mapping[LineKey, bool]
    start: datetime.date | None = None

    @property
    def net(self) -> int:
        return sum(1 if is_for else -1 for is_for in self.votes.values())


class LimitSearch:
    """The limits that answers support, one after the other, best first."""

    def __init__(self, book: Book, least: int) -> None:
        self._book = book
        self._least = least
        self._known: dict[Any, tuple[object, _Hypothesis | None]] = {}
        self._taken: set[str] = set()

    def take(self, proposal: Proposal) -> None:
        """Proposes no other limit of the same codes, or instead of the same limit of the policy."""
        self._taken.add(proposal.candidate.family)

    def best(self, settled: Settled) -> Proposal | None:
        """The limit that explains most of what is not settled; None if none explains enough."""
        found = [*self._changed(settled), *self._new(settled)]
        proposals = [one for one in found if one is not None and one.candidate.family not in self._taken]
        return max(proposals, key=lambda one: one.score, default=None)

    # Limits in the policy.

    def _changed(self, settled: Settled) -> Iterator[Proposal | None]:
        for limit in self._book.policy.on(None)[Limits].limits:
            concerned = [key for code in self._book.by_code if code in limit.codes for key in self._book.by_code[code]]
            beyond = self._beyond_now(limit)
            wrong = sum(
                key in self._book.answers
                and key not in settled
                and (self._book.fits[key] < 2 if key in beyond else is_used_up(self._book.answers[key]))
                for key in concerned
            )
            if wrong >= max(4, self._least // 2):
                yield self._proposal(limit, self._best_instead(limit, settled))

    def _beyond_now(self, limit: Limit) -> frozenset[LineKey]:
        """The lines that the current policy expects to be over the limit."""
        return self._beyond_each.get(limit.name, frozenset())

    @cached_property
    def _beyond_each(self) -> Mapping[str, frozenset[LineKey]]:
        found: dict[str, set[LineKey]] = defaultdict(set)
        for number, result in enumerate(self._book.results):
            for use in result.services:
                if use.excess:
                    found[use.limit].add((number, use.position - 1))
        return {name: frozenset(keys) for name, keys in found.items()}

    def _best_instead(self, limit: Limit, settled: Settled) -> _Hypothesis | None:
        services = {
            (number, use.position - 1): use.service
            for number, result in enumerate(self._book.results)
            for use in result.services
            if use.limit == limit.name
        }
        state = self._book.turn, frozenset(key for key in services if key in settled)
        known = self._known.get(limit)
        if known is None or known[0] != state:
            uses = _Uses(self._book, services, limit, self._beyond_now(limit), settled)
            none = _Hypothesis(None, uses.votes(None))
            best = uses.best()
            known = self._known[limit] = state, none if best is None or none.net > best.net else best
        return known[1]

    # Limits missing from the policy.

    def _new(self, settled: Settled) -> Iterator[Proposal | None]:
        left = self._denied(settled)
        enough = max(4, self._least // 3)
        codes = [code for code, keys in left.items() if len(keys) >= enough]
        taken: set[str] = set()
        for code in sorted(codes, key=lambda code: (-len(left[code]), code)):
            if code in taken:
                continue
            group, best = self._grown((code,), left, settled)
            taken.update(group)
            yield self._proposal(None, best)

    def _denied(self, settled: Settled) -> dict[str, list[LineKey]]:
        """Lines denied because a benefit is used up that no limit expected, by code."""
        found: dict[str, list[LineKey]] = defaultdict(list)
        for key, answer in self._book.answers.items():
            code = answer.procedure_code
            if code is not None and is_used_up(answer) and self._book.fits[key] < 2 and key not in settled:
                found[code].append(key)
        return found

    def _grown(
        self, group: tuple[str, ...], denied: Mapping[str, Sequence[LineKey]], settled: Settled
    ) -> tuple[tuple[str, ...], _Hypothesis | None]:
        """The codes that share a limit with the given ones, if that explains more than separate limits."""
        best = self._of(group, settled)
        while True:
            net = 0 if best is None else best.net
            gains = []
            for other in self._before(group, best, denied):
                joined, alone = self._of((*group, other), settled), self._of((other,), settled)
                if joined is not None:
                    gains.append((joined.net - net - max(0, 0 if alone is None else alone.net), other, joined))
            gain, other, joined = max(gains, key=lambda each: each[0], default=(0, "", None))
            if joined is None or gain < max(4, net // 10):
                return group, best
            group, best = tuple(sorted((*group, other))), joined

    def _before(
        self, group: tuple[str, ...], best: _Hypothesis | None, denied: Mapping[str, Sequence[LineKey]]
    ) -> list[str]:
        """Codes that members had before a use was denied that the group alone does not explain."""
        explained = set() if best is None else best.votes.keys()
        of_group = [key for code in group for key in denied.get(code, ()) if key in self._book.days]
        left = [key for key in of_group if key not in explained]
        if len(left) < max(4, self._least // 2, len(of_group) // 10):
            return []
        seen: Counter[str] = Counter()
        for key in left:
            day = self._book.days[key]
            seen.update({code for earlier, code in self._of_member[_member(self._book, key[0])] if earlier <= day})
        common = [code for code, count in seen.items() if code not in group and count > 0.4 * len(left)]
        return sorted(common, key=lambda code: len(self._book.by_code[code]) / seen[code])[:4]

    @cached_property
    def _of_member(self) -> Mapping[object, Sequence[tuple[datetime.date, str]]]:
        found: dict[object, list[tuple[datetime.date, str]]] = defaultdict(list)
        for (number, _), line in self._book.lines.items():
            if line.service_date is not None and line.procedure_code is not None:
                found[_member(self._book, number)].append((line.service_date, line.procedure_code))
        return found

    def _of(self, group: tuple[str, ...], settled: Settled) -> _Hypothesis | None:
        """The best limit on these codes together."""
        group = tuple(sorted(group))
        keys = [key for code in group for key in self._book.by_code.get(code, ())]
        gone = frozenset(key for key in keys if key in settled)
        known = self._known.get(group)
        if known is not None and known[0] == gone:
            return known[1]
        name = " and ".join(group)
        limit = Limit(
            f"{name}, as remitted",
            CodeSpans.of(group),
            grouped=False,
            group=name if len(group) > 1 else None,
            excess=None if all(code.endswith("F") for code in group) else Excess.DENIED,
        )
        services = dict.fromkeys(keys, name)
        best = _Uses(self._book, services, limit, frozenset(), settled).best()
        self._known[group] = gone, best
        return best

    def _proposal(self, now: Limit | None, best: _Hypothesis | None) -> Proposal | None:
        if best is None:
            return None
        said = evidence(best.votes, self._book.days, dated=False, start=best.start)
        return None if said is None else Proposal(_candidate(now, best.limit), said, best.votes)


def _candidate(now: Limit | None, limit: Limit | None) -> Candidate:
    if limit is None:
        name = "" if now is None else now.name
        values = {"limits": [{"drops": name}]}
        return Candidate(f"limit {name}", LIMITS, values, f"{name}: no limit")
    own = {**plain(limit), "most": limit.most, "window": str(limit.window), "per": str(limit.per)}
    own.pop("reference", None)
    if now is not None:
        own = {**own, "name": f"{now.name}, as remitted", "replaces": now.name}
    name = now.name if now is not None else own["name"].removesuffix(", as remitted")
    title = f"{name}: {limit.most} per {limit.per.replace('_', ' ')}, {limit.window.replace('_', ' ')}"
    return Candidate(f"limit {name}", LIMITS, {"limits": [own]}, title, len(limit.codes.spans))


def _member(book: Book, number: int) -> object:
    """Whose claim it is; a claim without a member is kept separate."""
    member = book.claims[number].member_id
    return number if member is None else member


class _Uses:
    """The uses that a limit counts, in order, and what each says about being over it."""

    def __init__(
        self,
        book: Book,
        services: Mapping[LineKey, str],
        limit: Limit,
        now: frozenset[LineKey],
        settled: Settled,
    ) -> None:
        self._book = book
        self._limit = limit
        self._now = now
        self._settled = settled
        self._uses = sorted(self._found(services), key=lambda use: (use.day, use.order))
        self._said: dict[tuple[LineKey, str], bool | None] = {}

    def _found(self, services: Mapping[LineKey, str]) -> Iterator[_Use]:
        for key, service in services.items():
            line = self._book.lines[key]
            deciding, day = line.deciding, line.service_date
            if day is None:
                continue
            if key in self._now:
                line = self._book.bare(key)
            elif deciding is not None and deciding.rule_id == FREQUENCY:
                continue  # over another limit: it does not use up this one
            if not counts(self._limit, frozenset(line.modifiers), line.disposition):
                continue
            yield self._use(key, service, day)

    def _use(self, key: LineKey, service: str, day: datetime.date) -> _Use:
        claim = self._book.claims[key[0]]
        received = claim.received_date if isinstance(claim.received_date, datetime.date) else datetime.date.max
        code = self._book.lines[key].procedure_code
        rank = self._book.policy.on(day)[Results].rank(code)
        whose = tuple(key_of(attrs.evolve(self._limit, per=per), service, claim, key[1] + 1).whose for per in _WAYS)
        delivery = claim.delivery_date if isinstance(claim.delivery_date, datetime.date) else None
        order = (received, str(claim.claim_id or ""), rank, key[1])
        return _Use(day, order, key, _member(self._book, key[0]), whose, service, delivery=delivery)

    def best(self) -> _Hypothesis | None:
        """The limit that explains most, if any explains something."""
        found = [self._dated(_Hypothesis(limit, self.votes(limit))) for limit in self._likely(self._sample)]
        most = max(found, key=lambda one: one.net, default=None)
        return None if most is None or most.net <= 0 else most

    def _likely(self, uses: Sequence[_Use]) -> Iterable[Limit]:
        """The limits that explain most of these uses, refined."""
        scores: list[tuple[int, int, Limit]] = []
        seen: list[_Lots] = []
        for per in _WAYS:
            lots = self._lots(per, uses)
            if any(lots.is_like(other) for other in seen):
                continue  # the data do not distinguish the two ways of counting
            seen.append(lots)
            for window in _COARSE:
                scores += [(net, -len(scores), limit) for net, limit in self._counts_tried(per, window, lots)]
        best = sorted(scores, key=lambda score: score[:2], reverse=True)[:_FINALISTS]
        return dict.fromkeys(self._finer(limit, uses) for net, _, limit in best if net > 0)

    def _counts_tried(self, per: Per, window: str, lots: _Lots) -> Iterator[tuple[int, Limit]]:
        """One use in the window, two, and so on, until more explain less and less."""
        before, falling = None, 0
        for most in range(1, min(lots.longest, _MOST + 1)):
            limit = attrs.evolve(self._limit, per=per, window=window, most=most, year_starts="01-01")
            net = self._net(limit, lots)
            yield net, limit
            falling = falling + 1 if before is not None and net <= before else 0
            before = net
            if falling == 3:
                return

    @cached_property
    def _sample(self) -> Sequence[_Use]:
        """All uses or, if there are many, those of a sample of members."""
        if len(self._uses) <= _FEW_USES:
            return self._uses
        members = list(dict.fromkeys(use.member for use in self._uses))
        kept = set(members[:: -(-len(self._uses) // _FEW_USES)])
        return [use for use in self._uses if use.member in kept]

    def _finer(self, limit: Limit, uses: Iterable[_Use]) -> Limit:
        """Refinements of the best window, policy years, and lines of a day as one use: those that explain more."""
        lots = self._lots(limit.per, uses)
        best, net = limit, self._net(limit, lots)
        months = _months(limit.window)
        near = [window for number, window in _FINE if months / 1.8 <= number <= months * 1.8]
        near.sort(key=lambda window: window not in _COARSE)  # the more usual of two that explain as much
        choices = [attrs.evolve(limit, window=window) for window in near]
        if limit.window in _YEARS:
            choices += [attrs.evolve(limit, window=Window.POLICY_YEAR, year_starts=start) for start in _STARTS]
        for choice in choices:
            if (score := self._net(choice, lots)) > net:
                best, net = choice, score
        for most in (best.most - 1, best.most + 1):
            if most > 0 and (score := self._net(attrs.evolve(best, most=most), lots)) > net:
                best, net = attrs.evolve(best, most=most), score
        by_day = attrs.evolve(best, by_day=not best.by_day)
        return by_day if self._net(by_day, lots) > net + 2 else best

    def _dated(self, best: _Hypothesis) -> _Hypothesis:
        """The limit from the first of a month on, if it did not apply before; earlier uses are not counted.

        What explains most then may be another limit: it is looked for again among the uses from that day on.
        """
        if best.limit is None or sum(not is_for for is_for in best.votes.values()) < _CHANGE:
            return best
        found = self._started(best.limit, best.net + _CHANGE)
        if found is None or found.start is None:
            return best
        begun = found.start
        for limit in self._likely([use for use in self._uses if use.day >= begun]):
            found = self._started(limit, found.net) or found
        return found

    def _started(self, limit: Limit, least: int) -> _Hypothesis | None:
        """The limit from the month on from which it explains most; None if that is not more than `least`."""
        found = None
        for start in sorted({use.day.replace(day=1) for use in self._uses})[1:]:
            tried = _Hypothesis(limit, self.votes(limit, start), start)
            if tried.net > least:
                found, least = tried, tried.net
        return found

    def _lots(self, per: Per, uses: Iterable[_Use]) -> _Lots:
        place = _WAYS.index(per)
        found: dict[Any, list[_Use]] = defaultdict(list)
        for use in uses:
            if per is Per.MEMBER or use.whose[place] is not None:
                found[use.member, use.service, use.whose[place]].append(use)
        return _Lots(list(found.values()))

    def _net(self, limit: Limit, lots: _Lots) -> int:
        """How many more of these lines the limit explains than it leaves unexplained: of all, or from a month on.

        A limit that starts late would not be found if everything before spoke against it.
        """
        beyond, carc = lots.beyond(limit), _carc(limit)
        worth: Counter[int] = Counter()
        for key in beyond:
            worth[self._months[key]] += _WORTH[self._vote_beyond(key, carc)]
        if self._now:
            for key in self._now & lots.keys - beyond:
                worth[self._months[key]] += _WORTH[self._vote_within(key)]
        from_each = list(accumulate(worth[month] for month in sorted(worth, reverse=True)))
        return max(from_each[-1], max(from_each) - _CHANGE) if from_each else 0

    @cached_property
    def _months(self) -> Mapping[LineKey, int]:
        """The month of each use, counted through."""
        return {use.key: use.day.year * 12 + use.day.month for use in self._uses}

    def votes(self, limit: Limit | None, start: datetime.date | None = None) -> dict[LineKey, bool]:
        """What the lines say about a limit from a day on, or about having no limit."""
        beyond: Collection[LineKey] = ()
        found: dict[LineKey, bool | None] = {}
        if limit is not None:
            uses = self._uses if start is None else [use for use in self._uses if use.day >= start]
            beyond = self._lots(limit.per, uses).beyond(limit)
            found = {key: self._vote_beyond(key, _carc(limit)) for key in beyond}
        for key in self._now:
            if key not in beyond and (start is None or self._book.days.get(key, start) >= start):
                found[key] = self._vote_within(key)
        return {key: is_for for key, is_for in found.items() if is_for is not None}

    def _vote_beyond(self, key: LineKey, carc: str) -> bool | None:
        if (key, carc) not in self._said:
            outcome = Disposition.REPORT_ONLY if self._limit.when_exceeded is Excess.REPORT_ONLY else Disposition.DENIED
            self._said[key, carc] = self._vote(key, Expectation(outcome, carc, ZERO))
        return self._said[key, carc]

    def _vote_within(self, key: LineKey) -> bool | None:
        """The vote of a line that the current policy expects to be over the limit, and that is within this one."""
        if (key, "") not in self._said:
            self._said[key, ""] = self._vote(key, Expectation.of(self._book.bare(key)))
        return self._said[key, ""]

    def _vote(self, key: LineKey, expected: Expectation) -> bool | None:
        if key not in self._book.answers or key in self._settled:
            return None
        return vote(fit(expected, self._book.answers[key]), self._book.fits[key])


@attrs.frozen(slots=False, eq=False)
class _Lots:
    """The uses that one way of counting counts together."""

    lots: Sequence[Sequence[_Use]]

    @property
    def longest(self) -> int:
        return max(map(len, self.lots), default=0)

    @cached_property
    def keys(self) -> frozenset[LineKey]:
        return frozenset(use.key for lot in self.lots for use in lot)

    def beyond(self, limit: Limit) -> frozenset[LineKey]:
        """The lines over a limit."""
        return frozenset(lot[place].key for lot in self.lots if len(lot) > limit.most for place in taken_by(limit, lot))

    def is_like(self, other: _Lots) -> bool:
        """Whether the other counts the same lines together."""
        return [[use.key for use in lot] for lot in self.lots] == [[use.key for use in lot] for lot in other.lots]


def _months(window: str) -> int:
    """The approximate length of a window in months; nothing is near a lifetime or a calendar month."""
    months = months_of(window)
    if months is not None:
        return months.number + months.full
    return 12 if window == Window.CALENDAR_YEAR else 0


_WORTH: Mapping[bool | None, int] = MappingProxyType({True: 1, False: -1, None: 0})


def _carc(limit: Limit) -> str:
    """The reason with which the frequency rule answers."""
    return "149" if limit.window == Window.LIFETIME else "119"
