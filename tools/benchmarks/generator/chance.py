"""Columns of random numbers without numpy, the same for a seed in every version of Polars.

Python's Mersenne Twister gives the same bytes for a seed, for ever; Polars turns them into a column without a copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from random import Random

import polars
import pyarrow

__all__ = ["below", "drawn", "ranked", "uniform"]

_BITS = 53


def uniform(chance: Random, size: int) -> polars.Series:
    """So many numbers in [0, 1).

    >>> uniform(Random(1), 3).to_list() == uniform(Random(1), 3).to_list()
    True
    """
    raw = pyarrow.Array.from_buffers(pyarrow.uint64(), size, [None, pyarrow.py_buffer(chance.randbytes(8 * size))])
    whole = polars.Series(polars.from_arrow(raw))
    column: polars.Series = (whole // 2 ** (64 - _BITS)).cast(polars.Float64) / 2.0**_BITS
    return column


def below(chance: Random, size: int, limit: int, power: float = 1.0) -> polars.Series:
    """So many whole numbers in [0, limit); the greater the power, the more often a small one.

    >>> below(Random(1), 1_000, 3).unique().sort().to_list()
    [0, 1, 2]
    """
    return (uniform(chance, size).pow(power) * limit).floor().cast(polars.Int64)


def ranked(chance: Random, size: int, limit: int, half: int) -> polars.Series:
    """So many ranks in [0, limit), half of them below `half`, and the higher the rank the less often.

    Of rank r there are as many as (1 + r / half) ** -2 says: a law of Zipf and Mandelbrot.

    >>> ranks = ranked(Random(1), 10_000, 1_000_000, 100)
    >>> [round(((ranks >= low).sum()) / 10_000, 1) for low in (0, 100, 900)]
    [1.0, 0.5, 0.1]
    """
    chances = uniform(chance, size)
    return (chances / (1 - chances) * half).floor().cast(polars.Int64) % limit


def drawn(chance: Random, size: int, weights: Sequence[float]) -> polars.Series:
    """So many places in `weights`, each as often as its weight says.

    >>> drawn(Random(1), 100, [0, 1, 0]).unique().to_list()
    [1]
    """
    sums = polars.Series([*accumulate(weights)], dtype=polars.Float64)
    places: polars.Series = sums.search_sorted(uniform(chance, size) * sums[-1], side="right")
    return places.cast(polars.Int64)
