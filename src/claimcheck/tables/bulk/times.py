"""The times of tables: spans of days in which a table answers alike."""

from __future__ import annotations

from collections.abc import Container

import numpy as np
import numpy.typing as npt

from claimcheck.tables.tables import Tables

__all__ = ["times"]


def times(tables: Tables, names: Container[str], days: npt.ArrayLike) -> npt.NDArray[np.intp]:
    """The number of the time that each of the days lies in: in one time, every one of the named tables answers alike.

    `days` are dates, or `datetime64` of whole days.

    >>> quarters = np.array(["2024-03-31", "2024-06-30", "2024-07-01", "2024-09-30"], "datetime64[D]")
    >>> np.diff(times(Tables.starter(), {"ptp_practitioner"}, quarters)).tolist()
    [0, 1, 0]
    """
    boundaries = np.array(tables.boundaries_of(names), "datetime64[D]")
    return np.searchsorted(boundaries, np.asarray(days, "datetime64[D]"), "right")
