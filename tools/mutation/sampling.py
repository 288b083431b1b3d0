"""Drawing some of many mutants, and what they say of all."""

from __future__ import annotations

import random
from collections.abc import Iterable
from math import sqrt

__all__ = ["Mutant", "interval", "sample"]

Mutant = tuple[str, str, str, int]  #: module, operator, its arguments, and which of the places it would change

_NORMAL = 1.959964  #: 95 % of a normal distribution lie within so many standard deviations


def sample(given: Iterable[Mutant], size: int, seed: int) -> frozenset[Mutant]:
    """So many of the mutants, drawn by the seed, whatever their order; all of them, where there are no more.

    >>> some = [("codes/npi.py", "NumberReplacer", "{}", place) for place in range(100)]
    >>> sample(some, 5, seed=1) == sample(reversed(some), 5, seed=1), len(sample(some, 500, seed=1))
    (True, 100)
    """
    listed = sorted(given)
    return frozenset(random.Random(seed).sample(listed, min(size, len(listed))))


def interval(noticed: int, tried: int) -> tuple[float, float]:
    """Between how many in 100 of all are noticed, with 95 % confidence, where so many of a sample are (Wilson).

    >>> [round(bound, 1) for bound in interval(57, 60)], interval(0, 0)
    ([86.3, 98.3], (0.0, 100.0))
    """
    if not tried:
        return 0.0, 100.0
    share, square = noticed / tried, _NORMAL * _NORMAL / tried
    middle = (share + square / 2) / (1 + square)
    reach = sqrt(square * share * (1 - share) + square * square / 4) / (1 + square)
    return 100 * max(0.0, middle - reach), 100 * min(1.0, middle + reach)
