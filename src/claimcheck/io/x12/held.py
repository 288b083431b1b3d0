"""The last claim that was complete: held back until the trailers of its transaction set, group, and interchange have
confirmed their counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from claimcheck.claims import Claim, Problem
from claimcheck.io.x12.making import made_claim
from claimcheck.io.x12.problems import another

__all__ = ["HeldClaim"]


class HeldClaim:
    """The claim before the one being read, or none; and notes for the next claim, where none precedes them."""

    def __init__(self) -> None:
        self.is_here = False  #: whether the last claim, held or skipped, belongs to this interchange
        self._fields: dict[str, Any] | None = None
        self._is_skipped = False
        self._for_the_next: list[Problem] = []

    def hold(self, fields: Mapping[str, Any], problems: Iterable[Problem]) -> None:
        """Holds a claim, after the one before it was released."""
        self.is_here = True
        self._fields = {**fields, "problems": (*self._for_the_next, *problems)}
        self._for_the_next = []

    def skip(self) -> None:
        """Holds none, because the last claim is not read."""
        self.is_here, self._is_skipped, self._for_the_next = True, True, []

    def release(self) -> Claim | None:
        """Returns the held claim, if any, once nothing more can be added to it."""
        self._is_skipped = False
        if self._fields is None:
            return None
        claim, self._fields = made_claim(self._fields), None
        return claim

    def add(self, problem: Problem) -> None:
        """Adds a problem to the held claim; a skipped one needs none."""
        if self._fields is not None:
            self._fields["problems"] += (problem,)

    def note_between(self, kind: str, place: int, detail: str) -> None:
        """Something besides claims was skipped: the claim before it reports that, or else the next one."""
        if self._is_skipped:
            return
        noted = self._for_the_next if self._fields is None else self._fields["problems"]
        problem = another(noted, kind, place, detail)
        if problem is None:
            return
        if self._fields is None:
            self._for_the_next.append(problem)
        else:
            self.add(problem)
