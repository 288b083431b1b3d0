"""Converts frames of every kind to Polars and results back to the same kind.

Internally a frame is a Polars frame. A Polars frame is used as is, an Arrow table without a copy, and any other that
narwhals supports (pandas, Modin, DuckDB, ...) is read and returned through narwhals.

Arrow memory is fully validated before Polars uses it, which trusts its input: offsets outside a damaged column would
crash the process. A column without a Polars type, such as a pandas one that mixes numbers and text, is converted cell
by cell. So are cells of subclasses of Python types, whose methods can mislead pyarrow.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeVar

import narwhals as nw
import polars as pl
import pyarrow
from polars import selectors

from claimcheck.claims.narrow import NARROW, Narrow
from claimcheck.claims.scalars import OPAQUE, plain
from claimcheck.errors import InputError
from claimcheck.frames.loading import FAILURES, collected, reading, schema_of

__all__ = ["Back", "back_to", "taken", "with_decimals"]

Frame = TypeVar("Frame", bound=pl.DataFrame | pl.LazyFrame)

Back = Callable[[pl.DataFrame], Any]
"""Converts a Polars frame to the caller's kind."""


_NARROW = {pl.Float16: NARROW["float16"], pl.Float32: NARROW["float32"]}
_DEEPEST = 20  #: levels of lists and mappings within a cell
_PLAIN = frozenset({type(None), str, int, float, bool, Decimal, datetime.date, datetime.datetime})
_DAYS = selectors.date()
_MOMENTS = selectors.datetime(["ms", "us"], None)
"""Arrow and Polars have dates beyond Python's range, on which Polars panics: the nearest one in range is used."""
_EVER = datetime.datetime(1, 1, 1), datetime.datetime(9999, 12, 31)  # noqa: DTZ001 - of columns without a time zone
_TWICE = "two columns of the frame have the same name: rename or drop one"


def taken(frame: Any) -> tuple[pl.DataFrame | pl.LazyFrame, Back]:
    """The frame as a Polars one, and the conversion back to its kind.

    A four-byte float is the decimal it represents, as text: 12.1 rather than the 12.1000003815 of eight bytes.

    Raises:
        InputError: not a frame.

    >>> taken(pl.DataFrame({"claim_id": ["7"]}).lazy())[0].collect().rows()
    [('7',)]
    >>> taken(["claim_id"])
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: no frame, but a list: give a Polars, Arrow or pandas frame, or one that narwhals knows
    """
    given, back = _taken(frame)
    kinds = schema_of(given).values()
    if pl.Object in kinds:
        given = _with_plain_objects(collected(given))
    given = with_decimals(given)
    if any(isinstance(kind, (pl.Date, pl.Datetime)) for kind in kinds):
        given = given.with_columns(_DAYS.clip(datetime.date.min, datetime.date.max), _MOMENTS.clip(*_EVER))
    return given, back


def with_decimals(given: Frame) -> Frame:
    """The frame, its columns of narrow floats as text: the decimals that they represent.

    >>> with_decimals(pl.DataFrame({"charge": [12.1, 1234567.89]}, schema={"charge": pl.Float32}))["charge"].to_list()
    ['12.1', '1234567.875']
    """
    if not any(kind in _NARROW for kind in schema_of(given).values()):
        return given
    decimals: Any = given.with_columns(_of_narrow(kind, width) for kind, width in _NARROW.items())
    return decimals  # type: ignore[no-any-return]


def _of_narrow(kind: type[pl.DataType], width: Narrow) -> pl.Expr:
    """Columns of narrow floats as text, as `claimcheck.claims.narrow.narrow` reads single ones."""
    wide = pl.col(kind).cast(pl.Float64)
    size = wide.abs()
    known = (
        pl.when(size < width.all_digits_below)
        .then(wide.round_sig_figs(width.digits))
        .when(size < width.cents_below)
        .then(wide.round(2))
        .otherwise(wide)
    )
    text = known.fill_nan(None).cast(pl.String)
    return pl.when(size.is_finite() & (size >= width.units_lost_from)).then(pl.format("{}e0", text)).otherwise(text)


def _taken(frame: Any) -> tuple[pl.DataFrame | pl.LazyFrame, Back]:
    if isinstance(frame, pl.DataFrame):
        return frame, lambda given: given
    if isinstance(frame, pl.LazyFrame):
        return frame, lambda given: given.lazy()
    if _is_arrow(frame):
        with reading():
            return _of_arrow(frame), lambda given: given.to_arrow()
    try:
        known = nw.from_native(frame)
    except TypeError:
        raise _no_frame(frame) from None
    except nw.exceptions.DuplicateError:
        raise InputError(_TWICE) from None
    with reading():
        if isinstance(known, nw.LazyFrame):
            return known.collect("polars").to_native(), lambda given: given
        return _of_narwhals(known), back_to(known.implementation)


def _no_frame(given: Any) -> InputError:
    advice = "give a Polars, Arrow or pandas frame, or one that narwhals knows"
    return InputError(f"no frame, but a {type(given).__name__}: {advice}")


def back_to(backend: Any) -> Back:
    """The conversion to frames of that kind, an eager `Implementation` of narwhals."""
    if backend is nw.Implementation.PANDAS:
        return _to_pandas
    return lambda given: nw.from_arrow(given.to_arrow(), backend=backend).to_native()


def _to_pandas(frame: pl.DataFrame) -> Any:
    """The frame as a pandas one: integers stay integers if one is missing, where plain ones become floats."""
    pandas = nw.Implementation.PANDAS.to_native_namespace()
    whole = {pyarrow.int64(): pandas.Int64Dtype()}
    return frame.to_arrow().to_pandas(types_mapper=whole.get, date_as_object=False)


def _is_arrow(frame: Any) -> bool:
    return type(frame).__module__.partition(".")[0] == "pyarrow"


def _of_arrow(frame: Any) -> pl.DataFrame:
    table = frame.read_all() if isinstance(frame, pyarrow.RecordBatchReader) else frame
    if isinstance(table, (pyarrow.Array, pyarrow.ChunkedArray)):
        raise InputError("a column of Arrow, where a table of several is expected")
    if not isinstance(table, (pyarrow.Table, pyarrow.RecordBatch)):
        raise _no_frame(frame)
    if len({*table.schema.names}) < len(table.schema.names):
        raise InputError(_TWICE)
    table.validate(full=True)
    try:
        return pl.DataFrame(pl.from_arrow(table))
    except FAILURES:  # Polars has no such type
        return pl.DataFrame([*map(_column_of_arrow, table.schema.names, table.columns)])


def _column_of_arrow(name: str, column: Any) -> pl.Series:
    try:
        return pl.Series(name, column)
    except FAILURES:
        return _by_cells(name, column.to_pylist())


def _of_narwhals(frame: nw.DataFrame[Any]) -> pl.DataFrame:
    columns = [*frame.iter_columns()]
    if not any(map(_holds_objects, columns)):
        try:
            return frame.to_polars()
        except FAILURES:  # a column mixes types, or has one that Polars does not support
            pass
    return pl.DataFrame([*map(_column_of_narwhals, columns)])


def _holds_objects(column: nw.Series[Any]) -> bool:
    """Whether a column has cells that must not be passed to pyarrow, which trusts subclasses of Python types.

    InputError, through pyarrow's own, if the Arrow memory below a pandas column is damaged.
    """
    native = column.to_native()
    array: Any = getattr(native, "array", None)
    if type(array).__name__.startswith("Arrow"):  # pandas columns backed by Arrow memory
        array.__arrow_array__().validate(full=True)
    return str(getattr(native, "dtype", "")) == "object" and not {*map(type, native)} <= _PLAIN


def _column_of_narwhals(column: nw.Series[Any]) -> pl.Series:
    if _holds_objects(column):
        return _by_cells(column.name, column.to_list())
    try:
        return column.to_polars()
    except FAILURES:
        return _by_cells(column.name, column.to_list())


# ---------------------------------------------------------------------- cells of any type


def _with_plain_objects(frame: pl.DataFrame) -> pl.DataFrame:
    objects = [column for column in frame if column.dtype == pl.Object]
    return frame.with_columns(_by_cells(column.name, column.to_list()) for column in objects)


def _by_cells(name: str, cells: Iterable[Any]) -> pl.Series:
    """A column of cells that keep their types, opaque to Polars."""
    return pl.Series(name, [*map(_cell, cells)], dtype=pl.Object)


def _cell(value: Any, depth: int = 0) -> Any:
    """The cell as built-in values, recursively. A lone surrogate, which text may not contain, becomes "?"."""
    own = plain(value)
    if isinstance(own, str):
        return own.encode("utf-8", "replace").decode()
    if isinstance(own, (list, tuple, dict)) and depth == _DEEPEST:
        return OPAQUE
    if isinstance(own, (list, tuple)):
        return [_cell(item, depth + 1) for item in own]
    if isinstance(own, dict):
        return {str(_cell(name, _DEEPEST)): _cell(item, depth + 1) for name, item in own.items()}
    return own
