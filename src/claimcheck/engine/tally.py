"""The findings on one claim so far, line by line, and the standing of its lines."""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.claims import Disposition
from claimcheck.claims.verdict import strongest
from claimcheck.engine.digest import Digest, Note, Said, digest, edited_by
from claimcheck.history.recorded import RecordedLine
from claimcheck.rules.outpatient_editor import Edits
from claimcheck.rules.rule import Raised, Rule, Scope

__all__ = ["Tally"]


class Tally:
    """Collects findings while a claim is evaluated, on top of those known for its lines.

    Positions start at 1; 0 is the claim itself.
    """

    def __init__(self, own: Sequence[Digest]) -> None:
        self._own = own
        self._raised: dict[int, list[tuple[Rule, Raised]]] = {}
        self.unchecked: dict[Note, set[int]] = {}
        self.overturned: list[tuple[Rule, Raised, RecordedLine]] = []  # on lines of other claims
        self._standing: tuple[Disposition, ...] | None = None
        for position, said in enumerate(own, 1):
            for note in said.notes:
                self.unchecked.setdefault(note, set()).add(position)

    def add(self, said: Said, position: int = 0) -> None:
        """Places a finding: on the line that it names, otherwise at `position`."""
        rule, what = said
        if isinstance(what, Raised) and what.other is not None:
            self.overturned.append((rule, what, what.other))
        elif isinstance(what, Raised):
            said_here = self._raised.setdefault(what.line or position, [])
            # A rule may find the same on several days of a spanning line: once is enough.
            if rule.scope is not Scope.DAY or said not in said_here:
                said_here.append((rule, what))
                self._standing = None
        else:
            key = (rule.id, what.reason, what.table)
            self.unchecked.setdefault(key, set()).update(what.lines or (position,))

    @property
    def standing(self) -> tuple[Disposition, ...]:
        """The standing of each line by all findings so far."""
        if self._standing is None:
            self._standing = tuple([self._stands(own, position) for position, own in enumerate(self._own, 1)])
        return self._standing

    @property
    def edited(self) -> tuple[Edits, ...]:
        """The outpatient code editor's edits of each line so far."""
        raised = self._raised
        return tuple(
            [
                own.edited if position not in raised else edited_by([*own.raised, *raised[position]])
                for position, own in enumerate(self._own, 1)
            ]
        )

    def _stands(self, own: Digest, position: int) -> Disposition:
        raised = self._raised.get(position)
        if raised is None:
            return own.disposition
        return strongest([own.disposition, *[what.outcome.disposition for _, what in raised]])

    @property
    def of_claim(self) -> Digest:
        """The findings on the claim itself."""
        return digest(self._raised.get(0, ()))

    @property
    def of_lines(self) -> list[Digest]:
        """The findings on each line."""
        raised = self._raised
        return [
            own if position not in raised else digest([*own.raised, *raised[position]])
            for position, own in enumerate(self._own, 1)
        ]
