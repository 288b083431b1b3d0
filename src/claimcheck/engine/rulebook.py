"""The rules of a policy, sorted by phase and scope, and by what makes them worth running."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Any

import attrs

from claimcheck.rules.facts.setting import is_inpatient
from claimcheck.rules.facts.whole_claim import SHARED_FACTS
from claimcheck.rules.rule import DateWindow, Needs, Phase, Rule, Scope

__all__ = ["Asked", "Rulebook"]

_WIDE = (Scope.CLAIM, Scope.DAY, Scope.MEMBER)

Asked = tuple[tuple[Phase, tuple[tuple[Scope, tuple[Rule, ...]], ...], tuple[Rule, ...]], ...]
"""Phase by phase: claim, day and member rules by scope, and rules whose findings on single lines are known."""


@attrs.frozen(eq=False, repr=False)
class Rulebook:
    """Rules by scope; rules over several lines (`wide`) also by what they need.

    A set of wide rules is a number: the rule at `wide[n]` is bit n, those of inpatient stays alone last. `asked` gives
    the rules of a set, `needing` the rules that declare what they need, each with its bit. `always` are rules that need
    nothing of the lines, `on_repeats` those that look for two lines of one code on one day, `on_pairs` for two
    different codes, `on_every` those that need something of every line, `on_several_days` those that need lines of
    several days, `own` claimcheck's rules, for which it is known what they read of other claims' lines, `of_days` those
    of scope day, `of_members` those of scope member. `by_code` are the rules that evaluate each code of a day by
    itself; `of_other_claims` the rules of scope day whose findings may change with the member's other claims, each with
    its bit; `beyond` says how the rules in `looking_beyond` look at other days.

    `remembered` are the rules whose findings can be cached for claims of one provider with equal lines: `by_diagnoses`
    if the diagnoses are equal as well, and `of_claims` if what they read of the claim itself, given by `by_claim`, is
    equal.
    """

    rules: tuple[Rule, ...]
    of_setting: tuple[Rule, ...]
    of_outline: tuple[Rule, ...]
    of_diagnosis: tuple[Rule, ...]
    of_line: tuple[Rule, ...]
    wide: tuple[Rule, ...]
    needing: tuple[tuple[int, Rule, Needs], ...]
    always: int
    on_repeats: int
    on_pairs: int
    on_every: int
    on_several_days: int
    by_code: tuple[Rule, ...]
    by_diagnoses: int
    by_claim: tuple[tuple[int, Callable[[Any, date | None], Hashable]], ...]
    of_claims: int
    remembered: int
    own: int
    of_days: int
    of_members: int
    of_other_claims: tuple[tuple[int, Rule], ...]
    beyond: tuple[tuple[int, DateWindow], ...]
    looking_beyond: int
    _asked: dict[int, Asked] = attrs.field(factory=dict, init=False)
    _ids: dict[int, tuple[str, ...]] = attrs.field(factory=dict, init=False)
    _bits_of: dict[str, int] = attrs.field(factory=dict, init=False)

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> Rulebook:
        """The rulebook of `rules`, given in the order in which they run."""
        chosen = tuple(rules)

        def in_scope(scope: Scope) -> tuple[Rule, ...]:
            return tuple(rule for rule in chosen if rule.scope is scope)

        wide = tuple(sorted((rule for rule in chosen if rule.scope in _WIDE), key=_is_of_stays))
        return cls(
            chosen,
            in_scope(Scope.SETTING),
            in_scope(Scope.OUTLINE),
            in_scope(Scope.DIAGNOSIS),
            in_scope(Scope.LINE),
            wide,
            tuple((1 << bit, rule, rule.needs) for bit, rule in enumerate(wide) if rule.needs is not None),
            always=_bits(wide, filter(_is_always_asked, wide)),
            on_repeats=_bits(wide, [rule for rule in wide if rule.needs is not None and rule.needs.repeat]),
            on_pairs=_bits(wide, [rule for rule in wide if rule.needs is not None and rule.needs.pair is not None]),
            on_every=_bits(wide, [rule for rule in wide if rule.needs is not None and rule.needs.every]),
            on_several_days=_bits(wide, [rule for rule in wide if rule.needs is not None and rule.needs.several_days]),
            by_code=tuple(rule for rule in wide if rule.needs is not None and rule.needs.by_code),
            by_diagnoses=_bits(wide, filter(_reads_diagnoses, wide)),
            by_claim=tuple(
                (1 << bit, rule.needs.of_claim)
                for bit, rule in enumerate(wide)
                if rule.needs is not None and rule.needs.of_claim is not None
            ),
            of_claims=_bits(
                wide, [rule for rule in wide if rule.needs is not None and rule.needs.of_claim is not None]
            ),
            remembered=_bits(wide, filter(_is_remembered, wide)),
            own=_bits(wide, filter(_is_own, wide)),
            of_days=_bits(wide, in_scope(Scope.DAY)),
            of_members=_bits(wide, in_scope(Scope.MEMBER)),
            of_other_claims=tuple((1 << bit, rule) for bit, rule in enumerate(wide) if rule.scope is Scope.DAY),
            beyond=tuple((1 << bit, rule.window) for bit, rule in enumerate(wide) if rule.window is not None),
            looking_beyond=_bits(wide, [rule for rule in wide if rule.window is not None]),
        )

    def asks_own_tables(self, asked: int) -> bool:
        """Whether rules in a set, and those that evaluate each code by itself, are all claimcheck's.

        Those of other packages may ask tables of their own.
        """
        return not asked & ~self.own and all(self.own & self.bit(rule) for rule in self.by_code)

    def without_stays(self) -> Rulebook:
        """The rulebook without the wide rules of inpatient stays alone; the others keep their bits."""
        return Rulebook.of(rule for rule in self.rules if rule.scope not in _WIDE or not _is_of_stays(rule))

    def asked(self, which: int) -> Asked:
        """The wide rules of a set, by phase and scope, with those of `by_code` that are not in the set.

        Phases without rules are left out, except that of the frequency limits.
        """
        known = self._asked.get(which)
        if known is None:
            rules = [rule for bit, rule in enumerate(self.wide) if which >> bit & 1]
            apart = [rule for rule in self.by_code if rule not in rules]
            phases = [
                (phase, _by_scope(rules, phase), tuple(rule for rule in apart if rule.phase is phase))
                for phase in Phase
            ]
            known = tuple(entry for entry in phases if entry[0] is Phase.FREQUENCY or entry[1] or entry[2])
            self._asked[which] = known
        return known

    def ids(self, which: int) -> tuple[str, ...]:
        """The ids of a set of wide rules, sorted."""
        known = self._ids.get(which)
        if known is None:
            known = tuple(sorted(rule.id for bit, rule in enumerate(self.wide) if which >> bit & 1))
            self._ids[which] = known
        return known

    def bit_of(self, rule_id: str) -> int:
        """The set with the wide rule of that id; empty if it does not run."""
        known = self._bits_of.get(rule_id)
        if known is None:
            known = self._bits_of[rule_id] = sum(self.bit(rule) for rule in self.wide if rule.id == rule_id)
        return known

    def bit(self, rule: Rule) -> int:
        """The set with one wide rule."""
        return 1 << self.wide.index(rule)


def _by_scope(rules: list[Rule], phase: Phase) -> tuple[tuple[Scope, tuple[Rule, ...]], ...]:
    of_phase = {scope: [rule for rule in rules if rule.phase is phase and rule.scope is scope] for scope in _WIDE}
    return tuple((scope, tuple(some)) for scope, some in of_phase.items() if some)


def _is_of_stays(rule: Rule) -> bool:
    """Whether a rule concerns inpatient stays alone, which columns do not hold."""
    return rule.needs is not None and rule.needs.setting is is_inpatient


def _is_shared(rule: Rule) -> bool:
    if rule.scope is Scope.CLAIM:
        return SHARED_FACTS.issuperset(rule.reads)
    return True


def _reads_diagnoses(rule: Rule) -> bool:
    return rule.scope is Scope.CLAIM and "diagnoses" in rule.reads


def _is_remembered(rule: Rule) -> bool:
    """Whether it is known what of a claim decides the rule's findings, so that they can be cached."""
    if rule.needs is not None and rule.needs.of_claim is not None:
        return True
    return _is_shared(rule) or {*SHARED_FACTS, "diagnoses"}.issuperset(rule.reads)


def _is_own(rule: Rule) -> bool:
    return rule.check.__module__.startswith("claimcheck.rules.")


def _is_always_asked(rule: Rule) -> bool:
    return rule.scope is not Scope.MEMBER and (rule.needs is None or not rule.needs.of_lines)


def _bits(wide: tuple[Rule, ...], rules: Iterable[Rule]) -> int:
    return sum(1 << wide.index(rule) for rule in rules)
