"""Periods in which a table's answers are constant."""

from __future__ import annotations

from collections.abc import Container

import numpy as np
import numpy.typing as npt

from claimcheck.tables.tables import Tables

__all__ = ["times"]


def times(tables: Tables, names: Container[str], days: npt.ArrayLike) -> npt.NDArray[np.intp]:
    """The number of each date's period: within one, every named table gives constant answers.

    `days` are dates, or `datetime64` with day resolution.

    >>> quarters = np.array(["2024-03-31", "2024-06-30", "2024-07-01", "2024-09-30"], "datetime64[D]")
    >>> np.diff(times(Tables.starter(), {"ptp_practitioner"}, quarters)).tolist()
    [0, 1, 0]
    """
    boundaries = np.array(tables.boundaries_of(names), "datetime64[D]")
    return np.searchsorted(boundaries, np.asarray(days, "datetime64[D]"), "right")
