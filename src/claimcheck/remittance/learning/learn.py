"""Learning a policy: each candidate judges the claims again that it concerns, and the payer's answers decide.

A value is proposed where at least `least` lines differ by it, and where, with 95 % confidence, more than `share` of
them are on its side. Of the values of one family the one that explains most is proposed. In the end the policy with all
proposals judges every claim, and what explains nothing beside the others is dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import attrs

from claimcheck.claims import Claim, LineResult, ServiceLine
from claimcheck.engine.validator import Validator
from claimcheck.policies import Policy
from claimcheck.remittance.comparison import ComparedLine, compared_with
from claimcheck.remittance.learning.candidate import Candidate, with_value
from claimcheck.remittance.learning.candidates import candidates
from claimcheck.remittance.learning.evidence import Evidence, LineKey, agreement, evidence, votes
from claimcheck.remittance.learning.proposal import Proposal, mapping_of, policy_file
from claimcheck.remittance.values import Remittance, RemittedClaim
from claimcheck.tables import Tables

__all__ = ["LearnedPolicy", "learn"]

_FINALISTS = 3
_SAMPLE = 40  #: members


@attrs.frozen
class LearnedPolicy:
    """What is proposed, on top of which policy; `agreed` is the share of answered lines that each explains.

    Nothing is applied by itself: `to_toml` gives a policy file for a person to read, and `policy` the policy.
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
        """The policy as a file that extends the one in use, each value with what speaks for and against it."""
        return policy_file(mapping_of(self.base, self.proposals), f"{self.base.name}, as learned from remittances")


def learn(
    claims: Iterable[object],
    remittances: Iterable[RemittedClaim | Remittance],
    policy: str | Policy = "default",
    *,
    tables: str | Tables | None = None,
    least: int = 12,
    share: float = 0.7,
) -> LearnedPolicy:
    """What this payer's policy must be, as far as claims and remittances tell it. Needs the extra `learn`.

    Too few lines propose nothing:

    >>> learn([], []).proposals
    ()
    """
    learner = _Learner(claims, remittances, policy, tables)
    families: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates(learner.policy, learner.found, least):
        families[candidate.family].append(candidate)
    found = []
    for family in families.values():
        tried = [Proposal(candidate, said) for candidate in learner.likely(family) if (said := learner.said(candidate))]
        sure = [one for one in tried if one.evidence.lines >= least and one.evidence.low > share]
        found += sorted(sure, key=lambda one: -one.evidence.net)[:1]
    return learner.settled(found, least)


class _Learner:
    """The claims, their answers, and what the policy in use expects of them."""

    def __init__(
        self,
        claims: Iterable[object],
        remittances: Iterable[RemittedClaim | Remittance],
        policy: str | Policy,
        tables: str | Tables | None,
    ) -> None:
        self.policy = policy if isinstance(policy, Policy) else Policy.load(policy)
        self.claims = [Claim.from_dict(claim) for claim in claims]
        validator = Validator(self.policy, tables)
        self.tables = validator.tables
        results = list(validator.validate_many(self.claims))
        self.base: dict[LineKey, LineResult] = {
            (number, place): line for number, result in enumerate(results) for place, line in enumerate(result.lines)
        }
        self.answers: dict[LineKey, ComparedLine] = compared_with(results, remittances)
        self.found = [
            (self.claims[number], self.claims[number].lines[place], answer)
            for (number, place), answer in self.answers.items()
        ]

    def likely(self, family: list[Candidate]) -> list[Candidate]:
        """Of a large family those that explain most of a sample of the members concerned."""
        if len(family) <= _FINALISTS:
            return family
        scores: list[tuple[int, int]] = []
        for candidate in family:
            sample = self._concerned(candidate, most=_SAMPLE)
            votes_of = votes(self.answers, self.base, self._judged(with_value(self.policy, candidate), sample))
            said = evidence(votes_of)
            scores.append((0 if said is None else -said.net, len(scores)))
        return [family[place] for _, place in sorted(scores)[:_FINALISTS]]

    def said(self, candidate: Candidate) -> Evidence | None:
        """What all members whom the candidate concerns say of it."""
        judged = self._judged(with_value(self.policy, candidate), self._concerned(candidate))
        return evidence(votes(self.answers, self.base, judged))

    def _concerned(self, candidate: Candidate, most: int | None = None) -> list[int]:
        """The claims of the members who have a line that the candidate may decide, of the first `most` of them."""
        concerned = dict.fromkeys(
            self._member(number)
            for number, claim in enumerate(self.claims)
            if any(map(candidate.concerns, _lines(claim)))
        )
        members = set(islice(concerned, most))
        return [number for number in range(len(self.claims)) if self._member(number) in members]

    def _member(self, number: int) -> object:
        """Whose claim it is; a claim without a member stands alone."""
        member = self.claims[number].member_id
        return number if member is None else member

    def _judged(self, policy: Policy, numbers: Sequence[int]) -> dict[LineKey, LineResult]:
        results = Validator(policy, self.tables).validate_many([self.claims[number] for number in numbers])
        return {
            (number, place): line
            for number, result in zip(numbers, results, strict=True)
            for place, line in enumerate(result.lines)
        }

    def settled(self, proposals: list[Proposal], least: int) -> LearnedPolicy:
        """The proposals that explain something beside each other, the strongest first."""
        everything = range(len(self.claims))
        proposals.sort(key=lambda proposal: -proposal.evidence.net)
        kept: list[Proposal] = []
        explained = self._explained(self.base)
        for proposal in proposals:
            tried = Policy.from_dict(mapping_of(self.policy, [*kept, proposal]))
            judged = self._judged(tried, everything)
            better = self._explained(judged)
            if better - explained >= least / 2:
                kept.append(proposal)
                explained = better
        lines = len(self.answers) or 1
        return LearnedPolicy(
            self.policy,
            tuple(kept),
            len(self.answers),
            self._explained(self.base) / lines,
            explained / lines,
        )

    def _explained(self, judged: dict[LineKey, LineResult]) -> float:
        """How many answered lines are explained; one whose reason differs is half explained."""
        return sum(agreement(judged[key], answer) for key, answer in self.answers.items()) / 2


def _lines(claim: Claim) -> Iterable[ServiceLine]:
    lines: Any = claim.lines
    return (line for line in lines if isinstance(line, ServiceLine))
