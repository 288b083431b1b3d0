"""What claims of an 837 report of its format: problems of a segment, by the loop that it stands in.

Beyond a hundred in one loop, they are only counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from claimcheck.claims import Problem
from claimcheck.io.x12.loop import DEPTHS, SCOPES, Loop

__all__ = ["Problems", "another", "fault", "problem"]

_MOST_PROBLEMS = 100
_NO_MORE = "this and later malformed segments are not described one by one"


class Problems:
    """The problems of the open loops; each claim reports those of all loops around it."""

    def __init__(self) -> None:
        self._by_depth: list[list[Problem]] = [[] for _ in SCOPES]

    def __iter__(self) -> Iterator[Problem]:
        """Those of the outermost loop first."""
        return chain.from_iterable(self._by_depth)

    @property
    def around_providers(self) -> bool:
        """Whether the interchange, or the header of its transaction set, has any."""
        return any(self._by_depth[: DEPTHS[Loop.PROVIDER]])

    def close(self, depth: int) -> None:
        """Discards those of loops as deep as that or deeper."""
        for problems in self._by_depth[depth:]:
            if problems:
                problems.clear()

    def add(self, loop: Loop, problem: Problem) -> None:
        """Adds one of a loop."""
        self._by_depth[DEPTHS[loop]].append(problem)

    def note(self, loop: Loop, kind: str, place: int, detail: str) -> None:
        """Adds one of the innermost open loop with problems of its own, from the segment at `place`."""
        problems = self._by_depth[DEPTHS.get(loop, -1)]
        if len(problems) == _MOST_PROBLEMS:
            detail = _NO_MORE
        if len(problems) <= _MOST_PROBLEMS:
            problems.append(problem(kind, place, detail))


def another(known: Sequence[Problem], kind: str, place: int, detail: str) -> Problem | None:
    """One more problem beside those known; None if there are too many of its kind already."""
    already = sum(problem.kind == kind for problem in known)
    if already > _MOST_PROBLEMS:
        return None
    return problem(kind, place, detail if already < _MOST_PROBLEMS else "this and later ones")


@lru_cache(maxsize=1_024)
def fault(kind: str, element: str, detail: str = "") -> Problem:
    """What is wrong with an element of a line or a claim."""
    return Problem(kind, field=element, detail=detail)


def problem(kind: str, place: int, detail: str) -> Problem:
    """What is wrong with a segment."""
    return Problem(kind, detail=f"segment {place}: {detail}")
