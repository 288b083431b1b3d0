"""The claims of members who have several, each validated against the others, in columns.

What is reported on a claim among others depends on its own elements, on what the others' lines bill and their
dispositions, in order, and on which limits are used up: each such combination is evaluated once, with the engine's own
steps (`claimcheck.columns.several_lines`), and the result is joined to all claims that have it.

As in `claimcheck.engine.meeting`, the claims are first validated alone; then given those results, which determines the
disposition of each line among all of them; and if that differs, once more given the new dispositions. Claims that
columns do not support for this, and all claims of their members, are left to the engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import numpy as np

from claimcheck.claims import Claim, ServiceLine
from claimcheck.columns.cells import Bools
from claimcheck.columns.claim_parties import Parties, same_provider
from claimcheck.columns.evaluation import ChunkEvaluation
from claimcheck.columns.exact_duplicates import ExactDuplicates
from claimcheck.columns.limit_uses import LimitUses, Taken
from claimcheck.columns.member_lines import MemberLines
from claimcheck.columns.numbering import Ints, Numbering
from claimcheck.columns.several_lines import OtherLines, StandsBeside
from claimcheck.columns.times import day_of
from claimcheck.engine.compiled import Mark
from claimcheck.engine.counting import NOTHING
from claimcheck.engine.duplicates import NO_TWINS, Twins
from claimcheck.policies import Policy

__all__ = ["OtherClaims"]

_MOST_LINES = 12  #: as in `claimcheck.engine.judgement`
_MOST_OTHERS = 1_000


class _Beside(NamedTuple):
    """A claim affected by others: the range of lines around its own, and its uses of limits.

    `day` is where the lines of its own day begin: those before are from the day before.
    """

    claim: int
    begin: int
    day: int
    end: int
    counts: bool

    def others(self, own: int, after: int) -> list[int]:
        """The indexes of other claims' lines, where the claim's own are those from `own` to before `after`."""
        return [*range(self.begin, own), *range(after, self.end)] if self.end else []


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
        self._duplicates = ExactDuplicates(part, parties, self._lines.coded)
        self._providers = parties.providers.to_list()
        self._ids = parties.ids.to_list()

    def judge(self, left_out: Bools) -> Bools:
        left = left_out | self._parties.unlike | self._hidden_codes()
        beside = self._beside(left)
        self._with_members(left)
        beside = [one for one in beside if not left[one.claim]]
        self._alike = self._part.alike(np.array([one.claim for one in beside if self._part.repeats[one.claim]], int))
        self._pass(beside, left)
        changed = self._lines.settle()
        if changed.any():
            members = np.zeros(int(self._parties.member.max()) + 1, bool)
            members[self._parties.member[changed]] = True
            self._pass([one for one in beside if members[self._parties.member[one.claim]]], left)
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

    def _beside(self, left: Bools) -> list[_Beside]:
        """The claims affected by others; what columns cannot decide is excluded."""
        part, lines = self._part, self._lines
        day = part.lines.days.astype(np.int64)
        first, last = np.minimum.reduceat(day, part.firsts), np.maximum.reduceat(day, part.firsts)
        coded = np.logical_or.reduceat(lines.coded, part.firsts)
        institutional = np.array([one.facts.institutional for one in part.engine.claims.compiled], bool)
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
        begin, on_day, end = (np.where(company, at, 0)[found].tolist() for at in (begin, on_day, end))
        return [*map(_Beside._make, zip(found.tolist(), begin, on_day, end, counts[found].tolist(), strict=True))]

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

    def _pass(self, claims: list[_Beside], left: Bools) -> None:
        """Evaluates each claim given the dispositions of the others' lines."""
        part, rulebook = self._part, self._part.engine.judging.rulebook
        likes, asks, may_ask = self._lines.likes.tolist(), part.asks.tolist(), part.may_ask.tolist()
        begins, sizes = self._lines.begins, self._lines.sizes
        verdict_on = part.engine.several_lines.verdict_on
        for beside in claims:
            claim = beside.claim
            own = int(begins[claim]) if sizes[claim] else beside.day
            after = own + int(sizes[claim])
            before = tuple(likes[beside.begin : beside.day])
            others = (*likes[beside.day : own], *likes[after : beside.end]) if beside.end else ()
            day = int(part.lines.days[part.firsts[claim]])
            taken = self._uses.taken(claim, part.compiled_lines(claim), day) if beside.counts else Taken((), ())
            if taken is None:
                left[claim] = True
                continue
            asked = may_ask[claim]
            if before or others:
                asked |= rulebook.of_days
            if taken.beyond:
                asked |= rulebook.of_members
            asked &= asks[claim]
            if asked & ~rulebook.own:
                left[claim] = True
                continue
            twins = NO_TWINS
            if self._duplicates.may_be[claim]:
                twins = self._duplicates.twins(claim, self._lines.at[beside.others(own, after)].tolist())
            rows = slice(int(part.firsts[claim]), int(part.firsts[claim] + part.sizes[claim]))
            verdict = verdict_on(
                part.elements[rows].tolist(),
                part.lines.days[rows].tolist(),
                asked,
                self._alike.get(claim),
                OtherLines(
                    (before, others, taken.beyond, tuple(twins.items())),
                    partial(self._stands, beside, (own, after), taken, twins),
                ),
                paid=bool(part.paid[claim]),
            )
            if verdict is None:
                left[claim] = True
            else:
                part.put(claim, verdict)

    def _stands(self, beside: _Beside, own: tuple[int, int], taken: Taken, twins: Mapping[int, Twins]) -> StandsBeside:
        """The lines that matter to a claim."""
        claim, lines = beside.claim, self._lines
        provider, day = self._providers[claim], day_of(int(self._part.lines.days[self._part.firsts[claim]]))
        made = Claim(
            claim_id=self._ids[claim],
            received_date=lines.received(claim),
            billing_npi=provider,
            rendering_npi=provider,
            billing_tax_id=provider,
            lines=(ServiceLine(service_date=day),) * int(self._part.sizes[claim]),
        )
        others = tuple([lines.recorded(int(lines.at[place])) for place in beside.others(*own)])
        return StandsBeside(made, others, self._uses.as_counted(taken) if beside.counts else NOTHING, twins)
