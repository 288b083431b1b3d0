"""The claims of members who have several, each validated against the others, in columns.

What is reported on a claim among others depends on its own elements, on what the others' lines bill and their
dispositions, in order, and on which limits are used up: each such combination is evaluated once, with the engine's own
steps (`claimcheck.columns.several_lines`), and the result is joined to all claims that have it.

As in `claimcheck.engine.meeting`, the claims are first validated alone; then given those results, which determines the
disposition of each line among all of them; and if that differs, once more given the new dispositions. Claims that
columns do not support for this, and all claims of their members, are left to the engine.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial

import attrs
import numpy as np

from claimcheck.claims import Claim, ServiceLine
from claimcheck.columns.cells import Bools
from claimcheck.columns.claim_kinds import kinds_of_lines
from claimcheck.columns.claim_parties import Parties, same_provider
from claimcheck.columns.evaluation import ChunkEvaluation
from claimcheck.columns.exact_duplicates import ExactDuplicates
from claimcheck.columns.limit_uses import LimitUses, Taken
from claimcheck.columns.member_lines import MemberLines
from claimcheck.columns.numbering import Ints, Numbering, combined, distinct, interned, ranges
from claimcheck.columns.several_lines import ClaimVerdict, OtherLines, StandsBeside
from claimcheck.columns.times import day_of
from claimcheck.engine.compiled import Mark
from claimcheck.engine.counting import NOTHING
from claimcheck.policies import Policy

__all__ = ["OtherClaims"]

_MOST_LINES = 12  #: as in `claimcheck.engine.judgement`
_MOST_OTHERS = 1_000


@attrs.frozen(eq=False)
class _Beside:
    """The claims affected by others: the range of lines around each one's own, and whether limits count any of them.

    `day` is where the lines of its own day begin: those before are from the day before.
    """

    claim: Ints
    begin: Ints
    day: Ints
    end: Ints
    counts: Bools

    def where(self, chosen: Ints | Bools) -> _Beside:
        """Some of them."""
        return _Beside(*(column[chosen] for column in attrs.astuple(self, recurse=False)))


class OtherClaims:
    """Validates claims together with those of their members. Kinds of lines of other claims are numbered
    permanently."""

    def __init__(self, policy: Policy) -> None:
        self._same = same_provider(policy)
        self._likes = Numbering(5)

    def judge(self, part: ChunkEvaluation, left_out: Bools) -> Bools:
        """Updates the claims of a chunk that were validated alone; returns the claims that must be left to the engine.

        The chunk holds all claims of a member that may affect each other. `left_out` are claims known in advance to be
        left to the engine.
        """
        return _Meeting(part, Parties.of(part, self._same), self._likes).judge(left_out)


class _Meeting:
    """The claims of one chunk while they are validated together."""

    def __init__(self, part: ChunkEvaluation, parties: Parties, likes: Numbering) -> None:
        self._part, self._parties = part, parties
        self._lines = MemberLines(part, parties, likes)
        self._uses = LimitUses(part, parties, self._lines)
        self._duplicates = ExactDuplicates(part, parties, self._lines)
        self._providers = parties.providers.to_list()
        self._ids = parties.ids.to_list()

    def judge(self, left_out: Bools) -> Bools:
        left = left_out | self._parties.unlike | self._hidden_codes()
        beside = self._beside(left)
        self._with_members(left)
        beside = beside.where(~left[beside.claim])
        self._alike = self._part.alike(beside.claim[self._part.repeats[beside.claim]])
        self._pass(beside, left)
        changed = self._lines.settle()
        self._uses.settled()
        if changed.any():
            members = np.zeros(int(self._parties.member.max()) + 1, bool)
            members[self._parties.member[changed]] = True
            self._pass(beside.where(members[self._parties.member[beside.claim]]), left)
        self._with_members(left)
        return left

    def _with_members(self, left: Bools) -> None:
        """Excludes all claims of members with an excluded one."""
        members = np.zeros(int(self._parties.member.max(initial=0)) + 1, bool)
        members[self._parties.member[left]] = True
        left |= members[self._parties.member]

    def _hidden_codes(self) -> Bools:
        """The claims without a procedure code where a history may read one, from a field that is not empty."""
        part = self._part
        parts, facts = part.engine.lines.parts, part.engine.lines.facts
        hidden = np.array([one["code"] is None and not one["procedure"].missing for one in parts["procedure"].facts])
        of_rows = hidden[facts.column("procedure")[part.lines.shapes]]
        found: Bools = np.logical_or.reduceat(of_rows, part.firsts)
        return found

    # ------------------------------------------------------------------ which claims affect each other

    def _beside(self, left: Bools) -> _Beside:
        """The claims affected by others; what columns cannot decide is excluded."""
        part, lines = self._part, self._lines
        day = part.lines.days.astype(np.int64)
        first, last = np.minimum.reduceat(day, part.firsts), np.maximum.reduceat(day, part.firsts)
        coded = np.logical_or.reduceat(lines.coded, part.firsts)
        institutional = part.engine.claims.institutional
        since = first - institutional[part.setting]
        group = self._parties.group
        begin, end = lines.between(group, since, last)
        others = (end - begin) - lines.sizes  # all lines of a claim are on its days
        company = coded & (others > 0)
        several_days = first != last
        left |= company & (several_days | (part.sizes > _MOST_LINES) | (others > _MOST_OTHERS))
        counts = self._counting(left, first, last)
        on_day, _ = lines.between(group, first, last)
        found = np.flatnonzero((company | counts) & ~left)
        begin, on_day, end = (np.where(company, at, 0)[found] for at in (begin, on_day, end))
        return _Beside(found, begin, on_day, end, counts[found])

    def _counting(self, left: Bools, first: Ints, last: Ints) -> Bools:
        """The claims with lines that limits count together with those of other claims."""
        part = self._part
        counted = np.zeros(len(part.claim), np.int64)
        regular = ~part.odd[part.claim]
        counted[regular] = part.engine.judging.counted[part.elements[regular]]
        found = np.logical_or.reduceat(counted > 0, part.firsts)
        for claim in np.flatnonzero(found & ~left).tolist():
            lines = part.compiled_lines(claim)
            marks = 0
            for line in lines:
                marks |= line.marks
            if marks & (Mark.ENTANGLED | Mark.BY_PROVIDER):
                left[claim] = True
            elif first[claim] != last[claim] or part.sizes[claim] > _MOST_LINES:
                found[claim] = False
                left[claim] = self._uses.any_before(claim, lines, int(first[claim]), int(last[claim]))
        return found

    # ------------------------------------------------------------------ what is said of them

    def _pass(self, beside: _Beside, left: Bools) -> None:
        """Evaluates the claims given the dispositions of the others' lines: once all that agree in that."""
        part, own_rules = self._part, self._part.engine.judging.rulebook.own
        taken = self._taken(beside)
        asked = self._asked(beside, [one is not None and one.beyond != () for one in taken])
        heeded = [at for at, one in enumerate(taken) if one is not None and not asked[at] & ~own_rules]
        left[np.delete(beside.claim, heeded)] = True
        if not heeded:
            return
        beside, asked = beside.where(np.array(heeded)), [asked[at] for at in heeded]
        taken_by = [taken[at] or _NOTHING_TAKEN for at in heeded]
        denied, alike_with = self._duplicates.denied_on[beside.claim], self._alike_with(beside)
        alike = map(self._alike.get, beside.claim.tolist())
        others = self._around(beside), interned(one.beyond for one in taken_by), denied, interned(alike_with)
        own = self._billed(beside.claim, asked), interned(asked), part.paid[beside.claim], interned(alike)
        # Claims of which rules read more than their lines are told apart.
        reads = part.read_more(part.engine.claims.sets.of(asked)) * np.arange(1, len(asked) + 1)
        first, number = distinct(combined(*others, *own, reads))
        several = np.split(np.argsort(number, kind="stable"), np.cumsum(np.bincount(number))[:-1])
        for at, those in zip(first.tolist(), several, strict=True):
            verdict = self._verdict(beside, at, asked[at], taken_by[at], (int(denied[at]), alike_with[at]))
            if verdict is None:
                left[beside.claim[those]] = True
            else:
                part.put_all(beside.claim[those], verdict)

    def _taken(self, beside: _Beside) -> list[Taken | None]:
        """What the uses of each claim depend on; None for a claim that must be left to the engine."""
        part, firsts = self._part, self._part.firsts
        return [
            self._uses.taken(claim, part.compiled_lines(claim), int(part.lines.days[firsts[claim]]))
            if counts
            else _NOTHING_TAKEN
            for claim, counts in zip(beside.claim.tolist(), beside.counts.tolist(), strict=True)
        ]

    def _asked(self, beside: _Beside, counted: list[bool]) -> list[int]:
        """The set of several-line rules that each claim may concern; `counted`: a limit counts others with it."""
        part, rulebook = self._part, self._part.engine.judging.rulebook
        others = beside.end - beside.begin > np.where(beside.end > 0, self._lines.sizes[beside.claim], 0)
        sets = part.may_ask[beside.claim].tolist(), part.asks[beside.claim].tolist()
        return [
            (may_ask | (rulebook.of_days if has_others else 0) | (rulebook.of_members if counts else 0)) & asks
            for may_ask, asks, has_others, counts in zip(*sets, others.tolist(), counted, strict=True)
        ]

    def _around(self, beside: _Beside) -> Ints:
        """A number for what the others' lines bill, in order, and their dispositions."""
        lines = self._lines
        first, where = distinct(combined(beside.begin, beside.day, beside.end))
        kinds = interned(
            (day - begin, lines.likes[begin:end].tobytes())
            for begin, day, end in zip(
                *(at[first].tolist() for at in (beside.begin, beside.day, beside.end)), strict=True
            )
        )
        size = np.where(beside.end > 0, lines.sizes[beside.claim], 0)
        own = np.where(size > 0, lines.begins[beside.claim], beside.begin)
        one = np.flatnonzero(size == 1)
        # Of several like lines in a row it does not matter which one is the claim's own.
        own[one] = np.maximum(lines.runs[own[one]], beside.day[one])
        return combined(kinds[where], own - beside.begin, size)

    def _billed(self, claims: Ints, asked: list[int]) -> Ints:
        """A number for what the claims' own lines bill, as far as the rules in the set `asked` can tell."""
        part = self._part
        sets: dict[int, int] = {}
        sizes = part.sizes[claims]
        which = np.where(part.paid[claims], -1, interned(asked, sets))
        kinds = kinds_of_lines(part, ranges(part.firsts[claims], sizes), np.repeat(which, sizes), sets)
        begins = np.cumsum(sizes) - sizes
        found = sizes
        for position in range(int(sizes.max())):
            has = sizes > position
            found = combined(found, np.where(has, kinds[np.where(has, begins + position, 0)], 0))
        return found

    def _alike_with(self, beside: _Beside) -> list[Hashable]:
        """Which others are billed exactly like lines of each claim that are not denied for that."""
        found: list[Hashable] = [None] * len(beside.claim)
        for at in np.flatnonzero(self._duplicates.alike_on[beside.claim]).tolist():
            others = self._lines.at[self._others(beside, at)].tolist()
            found[at] = self._duplicates.alike_with(int(beside.claim[at]), others)
        return found

    def _others(self, beside: _Beside, at: int) -> list[int]:
        """The indexes of other claims' lines around those of a claim."""
        claim, begin, day, end = (int(column[at]) for column in attrs.astuple(beside, recurse=False)[:4])
        own = int(self._lines.begins[claim]) if self._lines.sizes[claim] else day
        return [*range(begin, own), *range(own + int(self._lines.sizes[claim]), end)] if end else []

    def _verdict(self, beside: _Beside, at: int, asked: int, taken: Taken, duplicates: Hashable) -> ClaimVerdict | None:
        """What all rules report on one of the claims; None if it must be left to the engine."""
        part, lines, claim = self._part, self._lines, int(beside.claim[at])
        others = self._others(beside, at)
        before = int(beside.day[at] - beside.begin[at]) if others else 0
        likes = tuple(lines.likes[others].tolist())
        elements, days = part.lines_of(claim)
        return part.engine.several_lines.verdict_on(
            elements,
            days,
            asked,
            self._alike.get(claim),
            OtherLines(
                (likes, before, taken.beyond, duplicates),
                partial(self._stands, claim, lines.at[others].tolist(), taken, counts=bool(beside.counts[at])),
            ),
            paid=bool(part.paid[claim]),
            held=part.held(claim, days),
        )

    def _stands(self, claim: int, others: Sequence[int], taken: Taken, *, counts: bool) -> StandsBeside:
        """The lines that matter to a claim, given the `others` by row."""
        lines = self._lines
        provider, day = self._providers[claim], day_of(int(self._part.lines.days[self._part.firsts[claim]]))
        made = Claim(
            claim_id=self._ids[claim],
            received_date=lines.received(claim),
            billing_npi=provider,
            rendering_npi=provider,
            billing_tax_id=provider,
            lines=(ServiceLine(service_date=day),) * int(self._part.sizes[claim]),
        )
        counted = self._uses.as_counted(taken) if counts else NOTHING
        return StandsBeside(made, tuple(map(lines.recorded, others)), counted, self._duplicates.twins(claim, others))


_NOTHING_TAKEN = Taken((), ())
