"""What has been said of one claim so far, line by line, and how its lines stand."""

from __future__ import annotations

from claimcheck.claims import Disposition
from claimcheck.claims.verdict import strongest
from claimcheck.engine.shared import Said
from claimcheck.rules.rule import Raised, Rule, Scope

__all__ = ["Tally"]


class Tally:
    """Collects what rules say while a claim is judged. Positions count from 1; 0 is the claim itself."""

    def __init__(self, lines: int) -> None:
        self.raised: list[list[tuple[Rule, Raised]]] = [[] for _ in range(lines + 1)]
        self.unchecked: dict[tuple[str, str, str | None], set[int]] = {}
        self.overturned: list[tuple[Rule, Raised]] = []  # upon lines of other claims
        self._standing: tuple[Disposition, ...] | None = (Disposition.PAYABLE,) * lines

    def add(self, said: Said, position: int = 0) -> None:
        """Places what a rule said: on the line that it names, else on `position`."""
        rule, what = said
        if isinstance(what, Raised) and what.other is not None:
            self.overturned.append((rule, what))
        elif isinstance(what, Raised):
            said_here = self.raised[what.line or position]
            # A rule may find the same on several days of a line that spans them: once is enough.
            if rule.scope is not Scope.DAY or said not in said_here:
                said_here.append((rule, what))
                self._standing = None
        else:
            key = (rule.id, what.reason, what.table)
            self.unchecked.setdefault(key, set()).update(what.lines or (position,))

    @property
    def standing(self) -> tuple[Disposition, ...]:
        """How each line stands by all that was said of it so far."""
        if self._standing is None:
            self._standing = tuple(
                strongest(raised.outcome.disposition for _, raised in line) for line in self.raised[1:]
            )
        return self._standing
