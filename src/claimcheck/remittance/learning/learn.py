"""Learns a policy: hypotheses are counted on the lines they concern, and the payer's answers decide.

A value is proposed if it makes a difference on at least `least` lines and, with 95 % confidence, more than `share` of
them support it. The value that explains most is taken first, and the lines it explains count for no other value; so of
two values that explain the same lines, one is proposed. At the end, the policy with all proposals evaluates every claim
with everything the members had, and proposals that explain nothing there are dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import attrs

from claimcheck.claims import Claim, LineResult
from claimcheck.policies import Policy
from claimcheck.remittance.learning.book import Book, Settled
from claimcheck.remittance.learning.edits import edit_searches
from claimcheck.remittance.learning.evidence import LineKey
from claimcheck.remittance.learning.expectation import Expectation, fit
from claimcheck.remittance.learning.limits import LIMITS, LimitSearch
from claimcheck.remittance.learning.proposal import Proposal, explained_by, mapping_of, policy_file
from claimcheck.remittance.learning.reports import IncentiveSearch, PriceSearch
from claimcheck.remittance.values import Remittance, RemittedClaim
from claimcheck.tables import Tables

__all__ = ["LearnedPolicy", "learn"]


@attrs.frozen
class LearnedPolicy:
    """What is proposed, and the policy it extends; `agreed` is the share of answered lines that each explains.

    Nothing is applied automatically: `to_toml` gives a policy file for a person to read, and `policy` the policy.
    """

    base: Policy
    proposals: tuple[Proposal, ...]
    lines: int
    agreed_before: float
    agreed_after: float

    @property
    def policy(self) -> Policy:
        """The policy with all proposals."""
        return Policy.from_dict(mapping_of(self.base, self.proposals), name=f"{self.base.name} (learned)")

    def to_toml(self) -> str:
        """The policy as a file that extends the current one, each value with the evidence for and against it."""
        return policy_file(mapping_of(self.base, self.proposals), f"{self.base.name}, as learned from remittances")


class _Search(Protocol):
    """One kind of difference: its best value, given the lines already explained."""

    def best(self, settled: Settled) -> Proposal | None: ...


def learn(
    claims: Iterable[Claim | Mapping[str, Any] | Any],
    remittances: Iterable[RemittedClaim | Remittance],
    policy: str | Policy = "default",
    *,
    tables: str | Tables | None = None,
    least: int = 12,
    share: float = 0.7,
) -> LearnedPolicy:
    """Infers this payer's policy, as far as claims and remittances show it. Needs the extra `learn`.

    Nothing is proposed from too few lines:

    >>> learn([], []).proposals
    ()
    """
    base = policy if isinstance(policy, Policy) else Policy.load(policy)
    Policy.from_dict(mapping_of(base, ()))  # what is proposed extends it: PolicyError if that is impossible
    book = Book(claims, remittances, base, tables)
    limits = LimitSearch(book, least)
    price = PriceSearch(book, least)
    searches: list[_Search] = [
        price,
        *edit_searches(book, least),
        IncentiveSearch(book, price, least, share),
    ]
    return _settled(book, _chosen(book, limits, searches, least, share), least)


def _chosen(book: Book, limits: LimitSearch, searches: list[_Search], least: int, share: float) -> list[Proposal]:
    """The proposals, best first; lines that one explains count for no other.

    Limits take longest. What was found of them before another value was chosen tells which to look at first, and they
    are counted again only where they come next.
    """
    chosen: list[Proposal] = []
    settled: frozenset[LineKey] = frozenset()
    waiting: list[_Search] = [*searches, limits]
    known: dict[int, Proposal | None] = {}
    is_old = False  #: whether what is known of limits is
    while True:
        for search in waiting:
            if id(search) not in known:
                known[id(search)] = search.best(settled)
        sure = [
            (proposal.score, -place, search, proposal)
            for place, search in enumerate(waiting)
            if (proposal := known[id(search)]) is not None and proposal.is_sure(least, share)
        ]
        best = max(sure, key=lambda each: each[:2], default=None)
        if is_old and (best is None or best[2] is limits):
            known.pop(id(limits))
            is_old = False
            continue
        if best is None:
            return chosen
        _, _, search, proposal = best
        chosen.append(proposal)
        explained = explained_by(proposal)
        settled |= explained
        if search is limits:  # a policy has many limits, and one value of everything else
            limits.take(proposal)
        else:
            waiting.remove(search)
            without = [one for one in chosen if one.key != LIMITS]
            book.take_over(Policy.from_dict(mapping_of(book.policy, without)))
            is_old = True
        known = {
            place: said
            for place, said in known.items()
            if place != id(search) and (place == id(limits) or (said is not None and explained.isdisjoint(said.votes)))
        }


def _settled(book: Book, proposals: list[Proposal], least: int) -> LearnedPolicy:
    """The proposals that still explain their evidence when all apply, and what they explain together."""
    before = book.explained(book.lines)
    if not proposals:
        return LearnedPolicy(book.policy, (), len(book.answers), before, before)
    judged = book.judged(Policy.from_dict(mapping_of(book.policy, proposals)))
    kept = [proposal for proposal in proposals if _holds(book, proposal, judged, least)]
    if len(kept) < len(proposals):
        judged = book.judged(Policy.from_dict(mapping_of(book.policy, kept))) if kept else dict(book.lines)
    return LearnedPolicy(book.policy, tuple(kept), len(book.answers), before, book.explained(judged))


def _holds(book: Book, proposal: Proposal, judged: dict[LineKey, LineResult], least: int) -> bool:
    """Whether most lines supporting a proposal are explained together with the others."""
    start = proposal.evidence.start
    mine = [
        key
        for key, is_for in proposal.votes.items()
        if is_for and (start is None or book.days.get(key, start) >= start)
    ]
    explained = sum(fit(Expectation.of(judged[key]), book.answers[key]) > book.fits[key] for key in mine)
    return explained >= least / 2 and explained > len(mine) / 2
