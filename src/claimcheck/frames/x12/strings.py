"""Pieces of a text as a column of Polars, without a Python object for each.

Polars and Arrow keep a text of twelve bytes or fewer within the column, and of a longer one its place in a buffer
(Arrow columnar format, variable-size binary view layout): such a column can be made of places alone.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import pyarrow as pa

from claimcheck.frames.x12.text import SegmentText, Slices

__all__ = ["column"]

_WITHIN = 12
_PREFIX = 4
_HALF = np.uint64(32)


def column(text: SegmentText, of: Slices) -> pl.Series:
    """The pieces as texts; None where there is nothing.

    >>> from claimcheck.frames.x12.text import Separators
    >>> text = SegmentText.of(b"CLM*7*ACCOUNT-OF-1234567~", Separators("*", ":", "~"))
    >>> column(text, Slices(np.array([4, 6, 6]), np.array([1, 18, 0]))).to_list()
    ['7', 'ACCOUNT-OF-1234567', None]
    """
    sizes = of.sizes.astype(np.uint64)
    views = np.empty((len(sizes), 2), np.uint64)
    views[:, 0] = sizes | (text.word(of) & np.uint64(0xFFFFFFFF)) << _HALF
    views[:, 1] = text.word(of, _PREFIX)
    long = np.flatnonzero(of.sizes > _WITHIN)
    if len(long):
        views[long, 1] = of.starts[long].astype(np.uint64) << _HALF
    there = of.sizes > 0
    valid = None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))
    buffers = [valid, pa.py_buffer(views), *([pa.py_buffer(text.content)] if len(long) else [])]
    made = pa.Array.from_buffers(pa.string_view(), len(sizes), buffers)
    read = pl.from_arrow(made)
    assert isinstance(read, pl.Series)  # noqa: S101 - of an array, a series
    return read
