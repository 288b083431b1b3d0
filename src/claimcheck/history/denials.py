"""What the recorded claims of one member say against lines of each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import attrs

from claimcheck.claims import Disposition
from claimcheck.claims.verdict import strongest
from claimcheck.history.repeats import DUPLICATE_RULE
from claimcheck.history.superseded import Ground, LineKey

__all__ = ["Denials", "Key"]

Key = tuple[int, int, int, str]
"""The claim that causes the denial, the denied claim and line, and the rule."""


class Denials:
    """Denials of lines because of other claims, by line and by the claim that causes them.

    `against` is the strongest disposition of those that hold, for each line that has any.

    >>> denials = Denials()
    >>> denials.add(2, (1, 1), "NCCI101", Disposition.DENIED)
    >>> denials.against
    {(1, 1): <Disposition.DENIED: 'denied'>}
    >>> denials.end(2)
    >>> denials.against, [denial.holds for denial in denials]
    ({}, [False])
    """

    def __init__(self) -> None:
        self.against: dict[LineKey, Disposition] = {}
        self._all: dict[Key, Ground] = {}
        self._upon: dict[LineKey, set[Key]] = {}
        self._by: dict[int, set[Key]] = {}

    def __iter__(self) -> Iterator[Ground]:
        return iter(self._all.values())

    def add(self, by: int, line: LineKey, rule: str, disposition: Disposition, *, given: bool = False) -> None:
        """Adds a denial; `given` says whether the line's result was delivered with it."""
        key = (by, *line, rule)
        self._all[key] = Ground(line, rule, disposition, given=given, holds=True, key=key)
        self._upon.setdefault(line, set()).add(key)
        self._by.setdefault(by, set()).add(key)
        self._weigh(line)

    def end(self, by: int) -> None:
        """The denials that a claim causes hold no longer."""
        for key in self._by.get(by, ()):
            denial = self._all[key]
            self._all[key] = attrs.evolve(denial, holds=False)
            self._weigh(denial.line)

    def take_back(self, key: Key) -> None:
        """Removes a denial."""
        denial = self._all.pop(key)
        self._upon[denial.line].discard(key)
        self._by[key[0]].discard(key)
        self._weigh(denial.line)

    def clear(self, line: LineKey) -> None:
        """Removes all denials of a line."""
        for key in [*self._upon.get(line, ())]:
            self.take_back(key)

    def delivered(self, told: Ground) -> None:
        """A denial was told as it was then: it is removed if it did not hold, and else is part of what was given."""
        key = cast("Key", told.key)
        if key in self._all and not told.holds:
            self.take_back(key)
        elif key in self._all:
            self._all[key] = attrs.evolve(self._all[key], given=True)

    def without_original(self) -> list[tuple[LineKey, Key]]:
        """The lines denied as duplicates of a line that is no longer in force, each with that denial, in order."""
        ended = [(key, one) for key, one in self._all.items() if one.given and not one.holds]
        return sorted((one.line, key) for key, one in ended if key[-1] == DUPLICATE_RULE)

    def _weigh(self, line: LineKey) -> None:
        held = [one.disposition for one in map(self._all.__getitem__, self._upon.get(line, ())) if one.holds]
        if held:
            self.against[line] = strongest(held)
        else:
            self.against.pop(line, None)
