"""Frames of every kind in, frames of the same kind out.

Within the package a frame is Polars'. A Polars frame is taken as it is, an Arrow table is taken without a copy, and
any other that narwhals knows (pandas, Modin, DuckDB, ...) is read by narwhals and given back by it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import narwhals as nw
import polars as pl
import pyarrow

from claimcheck.errors import InputError

__all__ = ["Back", "back_to", "taken"]

Back = Callable[[pl.DataFrame], Any]
"""Makes a frame of the caller's kind of one of Polars."""


_DIGITS = 7
"""Significant decimal digits of a float of four bytes."""


def taken(frame: Any) -> tuple[pl.DataFrame | pl.LazyFrame, Back]:
    """The frame as one of Polars, and the way back to its kind.

    A float of four bytes is the decimal that it stands for: 12.1, and not the 12.1000003815 of eight bytes.

    Raises:
        InputError: it is no frame.

    >>> taken(pl.DataFrame({"claim_id": ["7"]}).lazy())[0].collect().rows()
    [('7',)]
    >>> taken(["claim_id"])
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: no frame, but a list: give a Polars, Arrow or pandas frame, or one that narwhals knows
    """
    given, back = _taken(frame)
    if pl.Float32 in given.collect_schema().values():
        given = given.with_columns(pl.col(pl.Float32).cast(pl.Float64).round_sig_figs(_DIGITS))
    return given, back


def _taken(frame: Any) -> tuple[pl.DataFrame | pl.LazyFrame, Back]:
    if isinstance(frame, pl.DataFrame):
        return frame, lambda given: given
    if isinstance(frame, pl.LazyFrame):
        return frame, lambda given: given.lazy()
    if _is_arrow(frame):
        return _of_arrow(frame), lambda given: given.to_arrow()
    try:
        known = nw.from_native(frame)
    except TypeError:
        said = f"a {type(frame).__name__}"
        advice = "give a Polars, Arrow or pandas frame, or one that narwhals knows"
        raise InputError(f"no frame, but {said}: {advice}") from None
    if isinstance(known, nw.LazyFrame):
        return known.collect("polars").to_native(), lambda given: given
    return known.to_polars(), back_to(known.implementation)


def back_to(backend: Any) -> Back:
    """The way to a frame of that kind, an eager `Implementation` of narwhals."""
    if backend is nw.Implementation.PANDAS:
        return _to_pandas
    return lambda given: nw.from_arrow(given.to_arrow(), backend=backend).to_native()


def _to_pandas(frame: pl.DataFrame) -> Any:
    """The frame as one of pandas: whole numbers stay whole where one is missing, which plain ones become floats."""
    pandas = nw.Implementation.PANDAS.to_native_namespace()
    whole = {pyarrow.int64(): pandas.Int64Dtype()}
    return frame.to_arrow().to_pandas(types_mapper=whole.get, date_as_object=False)


def _is_arrow(frame: Any) -> bool:
    return type(frame).__module__.partition(".")[0] == "pyarrow"


def _of_arrow(frame: Any) -> pl.DataFrame:
    read = pl.from_arrow(frame)
    if isinstance(read, pl.Series):
        raise InputError("a column of Arrow, where a table of several is expected")
    return read
