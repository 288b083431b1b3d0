"""Claims, their results under the current policy, and the payer's answers: counted, and partly evaluated again."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from claimcheck.claims import Claim, ClaimResult, Disposition, LineResult, ServiceLine
from claimcheck.claims.outcome import with_claim
from claimcheck.engine.validator import Validator
from claimcheck.policies import Policy
from claimcheck.remittance.comparison import ComparedLine, compared_with
from claimcheck.remittance.learning.evidence import LineKey, Votes, vote
from claimcheck.remittance.learning.expectation import Expectation, fit
from claimcheck.remittance.values import Remittance, RemittedClaim
from claimcheck.tables import Tables

__all__ = ["FREQUENCY", "Book", "Pattern", "Settled", "open_votes"]

FREQUENCY = "FRQ101"
_NOISE = 0.08
_FEW = 8
_ALIKE = 3
_MOST_CODES = 0.8
Settled = Collection[LineKey]
"""Lines explained by a value that is already accepted: they count for no other value."""


@attrs.frozen
class Pattern:
    """What answers unexplained by the current policy have in common; `modifiers` are those of the claim."""

    code: str
    modifiers: tuple[str, ...]
    rule_id: str | None
    carcs: tuple[str, ...] = ()


class Book:
    """What was sent and answered, with the lines by code, by rule and by what is unexplained.

    `claims` are evaluated once with the current policy and everything the members had. A value that concerns one claim
    at a time is tried on the claims it concerns, each alone and without frequency limits, whose uses are counted
    separately.
    """

    def __init__(
        self,
        claims: Iterable[Claim | Mapping[str, Any] | Any],
        remittances: Iterable[RemittedClaim | Remittance],
        policy: Policy,
        tables: str | Tables | None,
    ) -> None:
        self.policy = policy
        self.claims: Sequence[Claim] = [Claim.from_dict(claim) for claim in claims]
        validator = Validator(policy, tables)
        self.tables = validator.tables
        self.results = list(validator.validate_many(self.claims))
        self.lines: Mapping[LineKey, LineResult] = {
            (number, place): line
            for number, result in enumerate(self.results)
            for place, line in enumerate(with_claim(result))
        }
        self.answers: Mapping[LineKey, ComparedLine] = compared_with(self.results, remittances, self.claims)
        self.expected = {key: Expectation.of(self.lines[key]) for key in self.answers}
        self.fits = {key: fit(self.expected[key], answer) for key, answer in self.answers.items()}
        self.days: Mapping[LineKey, datetime.date] = {
            key: answer.service_date for key, answer in self.answers.items() if answer.service_date is not None
        }
        self.without_limits = policy.choosing(ignore=[FREQUENCY])
        self.turn = 0  #: how often other values were taken over
        self._bare: dict[int, ClaimResult] = {}
        self._bare_validator = Validator(self.without_limits, self.tables)

    def take_over(self, policy: Policy) -> None:
        """Uses this policy, with what is accepted so far, for lines to which no limit applies.

        What a limit leaves unpaid may be visible only in the payment: a price has to be learned first.
        """
        self.turn += 1
        self._bare.clear()
        self._bare_validator = Validator(policy.choosing(ignore=[FREQUENCY]), self.tables)

    @cached_property
    def by_code(self) -> Mapping[str, Sequence[LineKey]]:
        """Every line of a procedure code, answered or not."""
        found: dict[str, list[LineKey]] = defaultdict(list)
        for key, line in self.lines.items():
            if line.procedure_code is not None:
                found[line.procedure_code].append(key)
        return found

    @cached_property
    def by_rule(self) -> Mapping[str, Sequence[LineKey]]:
        """The answered lines that a rule decides."""
        found: dict[str, list[LineKey]] = defaultdict(list)
        for key in self.answers:
            deciding = self.lines[key].deciding
            if deciding is not None:
                found[deciding.rule_id].append(key)
        return found

    def unexplained(self, settled: Settled) -> dict[Pattern, list[LineKey]]:
        """The answered lines that the current policy does not fully explain, by what they have in common."""
        found: dict[Pattern, list[LineKey]] = defaultdict(list)
        alike: Counter[Pattern] = Counter()
        everywhere = self._given_anywhere
        for key, answer in self.answers.items():
            billed = Pattern(answer.procedure_code or "", self._modifiers(key[0]), answer.rule_id)
            alike[billed] += 1
            if self.fits[key] < 3 and key not in settled and not everywhere.issuperset(answer.actual_carcs or ("",)):
                found[attrs.evolve(billed, carcs=answer.actual_carcs)].append(key)
        return {
            pattern: keys
            for pattern, keys in found.items()
            if pattern.carcs or len(keys) > _NOISE * alike[pattern]  # even if a rule is enforced, a few are paid
        }

    def _modifiers(self, number: int) -> tuple[str, ...]:
        """The modifiers of a claim: one on another line may decide."""
        return tuple(sorted({modifier for line in self.results[number].lines for modifier in line.modifiers}))

    @cached_property
    def _given_anywhere(self) -> frozenset[str]:
        """Reasons of unexpected denials that occur about equally often for all codes: errors, not an edit."""
        lines: Counter[str | None] = Counter()
        denied: dict[str, Counter[str | None]] = defaultdict(Counter)
        for key, answer in self.answers.items():
            if self.expected[key].disposition is Disposition.PAYABLE:
                lines[answer.procedure_code] += 1
                for carc in answer.actual_carcs:
                    denied[carc][answer.procedure_code] += 1
        found = set()
        for carc, by_code in denied.items():
            rate = by_code.total() / lines.total()
            shares = [by_code[code] / count / rate for code, count in lines.items() if count * rate >= _FEW]
            alike = sum(1 / _ALIKE < share < _ALIKE for share in shares)
            if len(shares) > 1 and alike > _MOST_CODES * len(shares):
                found.add(carc)
        return frozenset(found)

    def service_line(self, key: LineKey) -> ServiceLine:
        """The line as billed."""
        return self.claims[key[0]].lines[key[1]]

    def bare(self, key: LineKey) -> LineResult:
        """The result of a line if its claim is evaluated alone and no frequency limit applies."""
        return with_claim(self._bare_claim(key[0]))[key[1]]

    def _bare_claim(self, number: int) -> ClaimResult:
        known = self._bare.get(number)
        if known is None:
            known = self._bare[number] = self._bare_validator.validate(self.claims[number])
        return known

    def votes(self, policy: Policy, numbers: Iterable[int]) -> dict[LineKey, bool]:
        """The votes on a policy from the claims at these positions, each evaluated alone.

        Lines whose result depends on another claim or a limit give no vote, and neither do claims on which the policy
        leaves more unchecked: not checking is not a result.
        """
        validator = Validator(policy, self.tables)
        found = {}
        for number in numbers:
            tried, bare = validator.validate(self.claims[number]), self._bare_claim(number)
            if not _unchecked(tried) <= _unchecked(bare):
                continue
            lines = zip(with_claim(tried), with_claim(bare), strict=True)
            for place, (line, before) in enumerate(lines):
                key = (number, place)
                if key not in self.answers:
                    continue
                expected, alone = Expectation.of(line), Expectation.of(before)
                if expected != alone == self.expected[key]:
                    said = vote(fit(expected, self.answers[key]), self.fits[key])
                    if said is not None:
                        found[key] = said
        return found

    def explained(self, judged: Mapping[LineKey, LineResult]) -> float:
        """The share of answered lines that results explain; one with another reason counts half."""
        if not self.answers:
            return 0.0
        fits = (fit(Expectation.of(judged[key]), answer) for key, answer in self.answers.items())
        return sum(min(each, 2) for each in fits) / 2 / len(self.answers)

    def judged(self, policy: Policy) -> dict[LineKey, LineResult]:
        """The results of a policy on every line, with everything the members had."""
        results = Validator(policy, self.tables).validate_many(self.claims)
        return {
            (number, place): line
            for number, result in enumerate(results)
            for place, line in enumerate(with_claim(result))
        }


def _unchecked(result: ClaimResult) -> set[tuple[object, ...]]:
    return {
        (entry.reason, rule, line)
        for entry in result.not_checked
        for rule in entry.rules
        for line in entry.lines or (None,)
    }


def open_votes(votes: Votes, settled: Settled) -> dict[LineKey, bool]:
    """The votes of the lines that are not explained yet."""
    return {key: is_for for key, is_for in votes.items() if key not in settled}
