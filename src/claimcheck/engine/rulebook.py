"""The rules that a policy runs, sorted by when and upon what."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from claimcheck.rules.rule import Phase, Rule, Scope

__all__ = ["Rulebook"]

_WIDE = (Scope.CLAIM, Scope.DAY, Scope.MEMBER)


@attrs.frozen(eq=False, repr=False)
class Rulebook:
    """Rules by scope, and by phase and scope; those of a phase in the order of their ids."""

    rules: tuple[Rule, ...]
    of_setting: tuple[Rule, ...]
    of_diagnosis: tuple[Rule, ...]
    of_line: tuple[Rule, ...]
    later: tuple[tuple[Phase, tuple[tuple[Scope, tuple[Rule, ...]], ...]], ...]
    """Claim, day and member rules, phase by phase, and within a phase scope by scope."""

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> Rulebook:
        """The rulebook of `rules`, which come in the order in which they run."""
        chosen = tuple(rules)

        def in_scope(scope: Scope) -> tuple[Rule, ...]:
            return tuple(rule for rule in chosen if rule.scope is scope)

        def in_phase(phase: Phase) -> tuple[tuple[Scope, tuple[Rule, ...]], ...]:
            of_phase = {scope: [rule for rule in in_scope(scope) if rule.phase is phase] for scope in _WIDE}
            return tuple((scope, tuple(rules)) for scope, rules in of_phase.items() if rules)

        later = tuple((phase, in_phase(phase)) for phase in Phase)
        return cls(chosen, in_scope(Scope.SETTING), in_scope(Scope.DIAGNOSIS), in_scope(Scope.LINE), later)
