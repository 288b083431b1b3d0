"""Edits that a payer may not enforce, may enforce more strictly, or may let other modifiers bypass.

An edit can differ only in its parameters: a choice among words, yes or no, modifiers, codes. For each parameter of a
rule involved in unexplained lines, every other word is tried, every modifier on such lines, and every code of them:
first on a few claims and, if that explains something, on all claims concerned.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import combinations
from typing import Any, get_type_hints

import attrs

from claimcheck.policies.kinds import Indicators, Modifiers
from claimcheck.policies.parameter import fields_of, key_of, list_of
from claimcheck.policies.parameters.category_ii import Charge, Incentives
from claimcheck.policies.spans import CodeSpans
from claimcheck.remittance.comparison import carcs_of
from claimcheck.remittance.learning.book import FREQUENCY, Book, Pattern, Settled, open_votes
from claimcheck.remittance.learning.candidate import RULES, Candidate, plain, with_value
from claimcheck.remittance.learning.evidence import LineKey, evidence
from claimcheck.remittance.learning.expectation import BUNDLED, USED_UP
from claimcheck.remittance.learning.proposal import Proposal
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Rule

__all__ = ["EditSearch", "edit_searches"]

_PROBES = 3  #: claims of each pattern
_PATTERNS = 24
_OTHERS = 300  #: claims that nothing seems to concern, on which a value is tried anyway
_SOME = 600
_FINALISTS = 2
_GOOD = 4
_LIKELY = 0.5
_FEW = 12
_ELSEWHERE = (Charge, Incentives)  #: parameters that are searched by payment
_IGNORED_ON = "ignored_on"  #: codes on which the payer does not accept a modifier that others accept
_UNDECIDED = ("review",)  #: a line in review fits whatever the payer does, so this is never learned


@attrs.frozen
class _Change:
    """Another value of one field of a parameter."""

    field: str
    value: Any
    words: str


class EditSearch:
    """The values of one parameter, or of one rule, that answers support; each is tried only once."""

    def __init__(self, book: Book, proposals: Sequence[Proposal]) -> None:
        self._book = book
        self._proposals = proposals

    def best(self, settled: Settled) -> Proposal | None:
        """The value that explains most of what is not settled."""
        found = []
        for proposal in self._proposals:
            dated = proposal.key != RULES
            votes = open_votes(proposal.votes, settled)
            said = evidence(votes, self._book.days, dated=dated)
            if said is not None:
                found.append(Proposal(proposal.candidate, said, votes))
        return max(found, key=lambda one: one.score, default=None)


def edit_searches(book: Book, least: int) -> Iterator[EditSearch]:
    """A search for each parameter and rule involved in unexplained lines."""
    patterns = [(one, keys) for one, keys in book.unexplained(()).items() if len(keys) >= max(4, least // 3)]
    patterns.sort(key=lambda each: -len(each[1]))
    elsewhere = {
        FREQUENCY,
        *(rule.id for rule in all_rules() if rule.parameters[:1] and rule.parameters[0] in _ELSEWHERE),
    }
    ignored = {rule_id: one for rule_id, one in _ignored(book, patterns) if rule_id not in elsewhere}
    by_parameter: dict[type[Any], list[Rule]] = defaultdict(list)
    for rule in all_rules():
        for parameter in rule.parameters:
            if _is_tried(parameter, book) and rule.id not in elsewhere:
                by_parameter[parameter].append(rule)
    for parameter, rules in by_parameter.items():
        concerned = [(one, keys) for one, keys in patterns if any(_concerns(rule, one) for rule in rules)]
        if not concerned:
            continue
        off = [ignored.pop(rule.id) for rule in rules if rule.id in ignored and _switches_off(parameter, rule)]
        proposals = _tried(book, off, concerned, _Trial(book, parameter, concerned[:_PATTERNS]))
        if proposals:
            yield EditSearch(book, proposals)
    for rule_id, candidate in ignored.items():
        yield EditSearch(
            book, _tried(book, [candidate], [each for each in patterns if each[0].rule_id == rule_id], None)
        )


def _is_tried(parameter: type[Any], book: Book) -> bool:
    """Whether the parameter is searched here, and concerns any claim."""
    is_of_facilities = key_of(parameter).startswith("facility.")
    return (
        parameter not in _ELSEWHERE
        and list_of(parameter) is None
        and (not is_of_facilities or any(claim.claim_type == "institutional" for claim in book.claims))
    )


def _ignored(book: Book, patterns: Iterable[tuple[Pattern, Sequence[LineKey]]]) -> Iterator[tuple[str, Candidate]]:
    """Rules that expected a denial the payer did not make."""
    paid: Counter[str] = Counter()
    for pattern, keys in patterns:
        if pattern.rule_id is not None:
            paid[str(pattern.rule_id)] += sum(not book.fits[key] for key in keys)
    for rule_id, count in paid.items():
        if count:
            yield rule_id, Candidate(rule_id, RULES, {"ignore": [rule_id]}, f"{rule_id} is not enforced")


def _switches_off(parameter: type[Any], rule: Rule) -> bool:
    """Whether the parameter says that the rule does not apply: only one of the two is proposed."""
    return rule.parameters[0] is parameter or "applies" in attrs.fields_dict(parameter)


def _concerns(rule: Rule, pattern: Pattern) -> bool:
    """Whether a rule decided the lines, or may answer with the reason for which they were denied."""
    return rule.id == pattern.rule_id or not _kin(carcs_of(rule.id)).isdisjoint(pattern.carcs)


def _kin(carcs: Collection[str]) -> frozenset[str]:
    found = frozenset(carcs)
    for kin in (USED_UP, BUNDLED):
        if not kin.isdisjoint(found):
            found |= kin
    return found


def _tried(
    book: Book,
    candidates: Sequence[Candidate],
    concerned: Sequence[tuple[Pattern, Sequence[LineKey]]],
    trial: _Trial | None,
) -> list[Proposal]:
    """The values that explain most of some claims, with the votes of all claims that have the codes concerned.

    Changes are combined only if each is likely by itself.
    """
    codes = dict.fromkeys(pattern.code for pattern, _ in concerned)
    numbers = sorted({key[0] for code in codes for key in book.by_code.get(code, ())})
    others = range(0, len(book.claims), max(1, len(book.claims) // _OTHERS))
    some = list(dict.fromkeys([*numbers[:: -(-len(numbers) // _SOME) or 1], *others]))
    found = [_proposal(book, candidate, some) for candidate in candidates]
    if trial is not None:
        alone = [(change, _proposal(book, trial.candidate([change]), some)) for change in trial.likely()]
        good = [change for change, one in alone if one is not None and one.evidence.low > _LIKELY]
        pairs = [[one, other] for one, other in combinations(good, 2) if one.field != other.field]
        together = [*([change] for change in trial.joined(good)), *pairs]
        found += [one for _, one in alone] + [_proposal(book, trial.candidate(changes), some) for changes in together]
    best = sorted((one for one in found if one is not None), key=lambda one: -one.score)[:_FINALISTS]
    whole = [_proposal(book, one.candidate, dict.fromkeys([*numbers, *others])) for one in best if one.score > 0]
    return [one for one in whole if one is not None]


def _proposal(book: Book, candidate: Candidate, numbers: Iterable[int]) -> Proposal | None:
    """A candidate with the votes of these claims; None if nothing supports it."""
    votes = book.votes(with_value(book.without_limits, candidate), numbers)
    said = evidence(votes, book.days, dated=candidate.key != RULES)
    return None if said is None else Proposal(candidate, said, votes)


class _Trial:
    """Other values of one parameter, tried on a few claims of each pattern."""

    def __init__(self, book: Book, parameter: type[Any], patterns: Sequence[tuple[Pattern, Sequence[LineKey]]]) -> None:
        self._book = book
        self._key = key_of(parameter)
        self._now = book.policy.on(None)[parameter]
        self._patterns = patterns
        self._hints = get_type_hints(parameter, include_extras=True)

    def likely(self) -> list[_Change]:
        """The changes that explain some pattern by themselves, best first."""
        explained = [(self._explains([change]), change) for change in self._changes()]
        return [change for count, change in sorted(explained, key=lambda each: -each[0])[:_GOOD] if count]

    def _changes(self) -> Iterator[_Change]:
        for field, hint in self._hints.items():
            now = getattr(self._now, field)
            if hint is bool:
                yield _Change(field, not now, f"{field} {str(not now).lower()}")
            elif isinstance(hint, type) and issubclass(hint, StrEnum):
                for choice in hint:
                    if choice != now and choice not in _UNDECIDED:
                        yield _Change(field, choice, f"{field} {choice}")
            elif hint == Modifiers:
                yield from self._of_modifiers(field, now)
            elif hint == Indicators and len(now) <= _FEW:
                for member in sorted(now):
                    yield _Change(field, now - {member}, f"{field} without {member}")
            elif field == _IGNORED_ON:
                for code in dict.fromkeys(pattern.code for pattern, _ in self._patterns):
                    if code and code not in now:
                        yield _Change(field, CodeSpans.of([*now, code]), f"{field} with {code}")

    def _of_modifiers(self, field: str, now: frozenset[str]) -> Iterator[_Change]:
        seen = Counter(
            modifier
            for _, keys in self._patterns
            for key in keys
            for line in self._book.results[key[0]].lines
            for modifier in line.modifiers
        )
        for modifier, count in seen.most_common(8):
            if count >= _PROBES:
                changed = now - {modifier} if modifier in now else now | {modifier}
                words = "without" if modifier in now else "with"
                yield _Change(field, changed, f"{field} {words} {modifier}")

    def joined(self, good: Sequence[_Change]) -> list[_Change]:
        """Changes of one field that add to or remove from a set, as one."""
        found = []
        for field in dict.fromkeys(change.field for change in good):
            added = [change for change in good if change.field == field]
            now = getattr(self._now, field)
            if len(added) < 2:
                continue
            if isinstance(now, frozenset):
                whole = (now | frozenset().union(*(c.value - now for c in added))) - frozenset().union(
                    *(now - c.value for c in added)
                )
                found.append(_Change(field, whole, ", ".join(change.words for change in added)))
            elif isinstance(now, CodeSpans):
                codes = [code for change in added for code in change.value if code not in list(now)]
                found.append(_Change(field, CodeSpans.of([*now, *codes]), f"{field} with {', '.join(codes)}"))
        return found

    def _explains(self, changes: Sequence[_Change]) -> int:
        """In how many patterns most of the sample is explained."""
        policy = with_value(self._book.without_limits, self.candidate(changes))
        probes = [keys[:: max(1, len(keys) // _PROBES)][:_PROBES] for _, keys in self._patterns]
        votes = self._book.votes(policy, dict.fromkeys(key[0] for keys in probes for key in keys))
        return sum(sum(votes.get(key, False) for key in keys) * 2 > len(keys) for keys in probes)

    def candidate(self, changes: Sequence[_Change]) -> Candidate:
        given = {name: plain(own) for name, own in fields_of(self._now).items()}
        given |= {change.field: plain(change.value) for change in changes}
        title = f"{self._key}: {', '.join(change.words for change in changes)}"
        return Candidate(self._key, self._key, given, title, len(changes))
