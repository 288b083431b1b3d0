"""Positions of lines in what a rule reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from claimcheck.claims import Reason
from claimcheck.rules.facts import DayLine
from claimcheck.rules.rule import Outcomes, unchecked
from claimcheck.tables.families import is_category_ii

__all__ = ["deciding_positions", "own_lines", "undecided"]

_NAMED = 20


def own_lines(lines: Iterable[DayLine]) -> tuple[int, ...]:
    """The positions of the claim's own lines that an NCCI table may cover."""
    return tuple([line.position for line in lines if line.position is not None and not is_category_ii(line.code)])


def deciding_positions(lines: Iterable[DayLine]) -> tuple[int, ...]:
    """The positions of the claim's own lines among those that decided; if very many, the first."""
    return tuple(islice((line.position for line in lines if line.position is not None), _NAMED))


def undecided(why: Reason | None, lines: Sequence[DayLine]) -> Outcomes:
    """Reports the claim's own lines as not checked, if there is a reason: the edits may apply to them."""
    own = own_lines(lines)
    if why is not None and own:
        yield unchecked(why, lines=own)
