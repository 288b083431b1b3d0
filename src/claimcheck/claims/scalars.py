"""Converts values of other libraries to Python's own by protocol, without importing any library.

NumPy scalars have `item()`, Arrow's `as_py()`, and numbers of any library register with `numbers`; pandas' NA and NaT
are recognized by the name of their type. A subclass of a built-in type is read with that type's methods, never with its
own, which may do anything.

>>> from fractions import Fraction
>>> class Shouting(str):
...     def strip(self, *_):
...         raise RuntimeError("no")
>>> plain(Shouting("99213")), plain(Fraction(25, 2)), plain(float("nan")), plain(datetime.datetime(2024, 7, 15))
('99213', Decimal('12.5'), None, datetime.datetime(2024, 7, 15, 0, 0))
>>> plain(3 + 4j) is OPAQUE  # a number that is none of a claim
True
"""

from __future__ import annotations

import datetime
import enum
import math
import numbers
import operator
from collections.abc import Iterable, Mapping
from collections.abc import Set as AnySet
from decimal import Decimal
from typing import Any, Final, NamedTuple

from claimcheck.claims.unreadable import Unreadable

__all__ = ["NARROW", "OPAQUE", "Narrow", "entries", "is_frame", "listed", "narrow", "plain"]


class _Opaque:
    """A value that is present, of an unknown type."""

    __slots__ = ()


OPAQUE: Final = _Opaque()

_OWN = frozenset({type(None), bool, int, str, datetime.date, dict, list, tuple, Unreadable})


class Narrow(NamedTuple):
    """How many significant decimal digits and bits floats of two or four bytes hold."""

    digits: int
    bits: int

    @property
    def all_digits_below(self) -> int:
        """Below it, its decimal digits give every amount to the cent."""
        return int(10 ** (self.digits - 2))

    @property
    def cents_below(self) -> int:
        """Below it, neighbors are less than a cent apart."""
        return 1 << (self.bits - 7)

    @property
    def units_lost_from(self) -> int:
        """From it on, neighbors are more than one apart."""
        return 1 << self.bits


NARROW: Final = {
    **dict.fromkeys(("float16", "halffloat"), Narrow(3, 11)),
    **dict.fromkeys(("float32", "float"), Narrow(7, 24)),
}
"""Floats of two and four bytes (IEEE 754 binary16, binary32), by the names of their types in NumPy and Arrow."""


def plain(value: object) -> Any:
    """The value as one of None, bool, int, float, Decimal, str, date, datetime, dict, list, tuple; or `OPAQUE`.

    Missing values of every library are None. Never raises: a value whose own methods raise is `OPAQUE`.
    """
    if type(value) in _OWN:
        return value
    try:
        return _plain(value, 0)
    except Exception:
        # Its own methods may raise anything; then all that is known is that it is present.
        return OPAQUE


def _plain(value: Any, depth: int) -> Any:
    if value is OPAQUE:
        return value
    kind = type(value)
    for own, read in _BY_BASE:
        if issubclass(kind, own):
            return read(value)
    if kind.__name__ in ("NAType", "NaTType", "MaskedConstant"):  # of pandas, and of NumPy's masked arrays
        return None
    if depth < 3:
        for unwrap in (_of_numpy, _of_arrow):
            inner = unwrap(value)
            if inner is not value:
                return _plain(inner, depth + 1)
        if issubclass(kind, enum.Enum):
            return _plain(value.value, depth + 1)
    return _of_number(value, kind)


def _of_number(value: Any, kind: type[Any]) -> Any:
    """A number of any other library; or a UUID, whose text is an identifier."""
    if issubclass(kind, numbers.Integral) or hasattr(kind, "__index__"):
        return _integer(operator.index(value))
    if issubclass(kind, numbers.Rational):
        return Decimal(_integer(value.numerator)) / Decimal(_integer(value.denominator))
    if issubclass(kind, numbers.Real):
        return _float(float(value))
    if kind.__module__ == "uuid" and kind.__name__ == "UUID":
        return str(value)
    return OPAQUE


def _integer(value: int) -> int:
    return int.__add__(value, 0)


def _float(value: float) -> float | None:
    own = float.__add__(value, 0.0) if value else 0.0
    return None if math.isnan(own) else own


def _decimal(value: Decimal) -> Decimal | None:
    own = Decimal(value)
    return None if own.is_nan() else own


def _moment(value: datetime.datetime) -> datetime.datetime | None:
    kind = type(value)
    if kind is datetime.datetime:
        return value
    if kind.__name__ == "NaTType":
        return None
    day = datetime.date.fromordinal(datetime.datetime.toordinal(value))
    return datetime.datetime.combine(day, datetime.datetime.timetz(value))


def _day(value: datetime.date) -> datetime.date:
    return datetime.date.fromordinal(datetime.date.toordinal(value))


def _mapping(value: dict[Any, Any]) -> dict[Any, Any]:
    return dict(dict.items(value))


#: The built-in types, and how to read a value of a subclass without calling its methods. The first match counts.
_BY_BASE: tuple[tuple[type[Any], Any], ...] = (
    (type(None), lambda value: value),
    (bool, lambda value: value),
    (str, str.__str__),
    (int, _integer),
    (float, _float),
    (Decimal, _decimal),
    (datetime.datetime, _moment),
    (datetime.date, _day),
    (complex, lambda _: OPAQUE),
    (bytes, lambda _: OPAQUE),
    (dict, _mapping),
    (list, lambda value: [*list.__iter__(value)]),
    (tuple, lambda value: (*tuple.__iter__(value),)),
)


def _of_numpy(value: Any) -> Any:
    """The value in a NumPy scalar or a zero-dimensional array."""
    kind = getattr(value, "dtype", None)
    if kind is None or not hasattr(value, "item") or getattr(value, "ndim", 0) != 0:
        return value
    if kind.kind == "M":
        if str(kind).endswith(("[Y]", "[M]", "[W]")):  # a year, month, or week is not a date
            return OPAQUE
        return value.astype("datetime64[us]").item()  # for nanoseconds, `item` would give a number
    inner = value.item()
    return narrow(inner, f"float{kind.itemsize * 8}") if kind.kind == "f" else inner


def _of_arrow(value: Any) -> Any:
    """The value in an Arrow scalar."""
    if not hasattr(value, "as_py"):
        return value
    inner = value.as_py()
    return narrow(inner, str(getattr(value, "type", "")))


def narrow(value: Any, kind: str) -> Any:
    """A narrow float as a Python one of the decimal it represents: 12.1 in four bytes is not 12.1000003815 in eight.

    `kind` is the name of its type in NumPy or Arrow; any other type's cell is returned. Where neighbors are more than
    a cent apart, it is what it is. From the number on that has lost units, as dates and long codes have, it is text
    with an exponent, which no field reads.

    >>> narrow(123456.78125, "float32"), narrow(1234567.875, "float"), narrow(20240716.0, "float")
    (123456.78, 1234567.875, '20240716.0e0')
    """
    if kind not in NARROW or value is None or not math.isfinite(value):
        return value
    size, width = abs(value), NARROW[kind]
    if size >= width.units_lost_from:
        return f"{value!r}e0"
    if size < width.all_digits_below:
        return float(f"{value:.{width.digits}g}")
    return round(value, 2) if size < width.cents_below else value


# ---------------------------------------------------------------------- lists and mappings


def is_frame(value: object) -> bool:
    """Whether a value is a data frame, or an Arrow table.

    >>> is_frame([1])
    False
    """
    kind = type(value)
    return hasattr(kind, "columns") and (hasattr(kind, "__dataframe__") or hasattr(kind, "__arrow_c_stream__"))


def listed(value: object) -> list[Any] | tuple[Any, ...] | None:
    """The items of a list of any kind; None for anything else, such as a text or mapping.

    Lists, tuples, sets (in the order of their texts, as they have none), arrays, series, and columns of NumPy, pandas,
    Polars, and Arrow, and the rows of their frames. No iterators: a claim may be read more than once.

    >>> listed(("25", "59")), listed({"59", "25"}), listed("25"), listed({"code": "25"})
    (('25', '59'), ['25', '59'], None, None)
    """
    kind = type(value)
    if kind is list or kind is tuple:
        return value  # type: ignore[return-value]
    try:
        return _listed(value)
    except Exception:
        return None  # its own methods may raise anything; then it is not a readable list


def _listed(value: Any) -> list[Any] | tuple[Any, ...] | None:
    kind = type(value)
    if issubclass(kind, (list, tuple)):
        return None if issubclass(kind, tuple) and hasattr(kind, "_fields") else plain(value)
    if issubclass(kind, (str, bytes, bytearray, dict, Mapping)):
        return None
    if issubclass(kind, AnySet):
        return sorted(value, key=str)
    if getattr(value, "ndim", 1) == 0:
        return None
    if hasattr(value, "to_dicts"):  # a Polars frame
        return list(value.to_dicts())
    if hasattr(value, "itertuples"):  # a pandas frame
        return list(value.to_dict("records"))
    for name in ("to_pylist", "tolist", "to_list"):
        method = getattr(value, name, None)
        if method is not None:
            found = method()
            return found if type(found) is list else None
    if hasattr(value, "as_py"):
        found = value.as_py()
        return found if type(found) is list else None
    return [*value] if issubclass(kind, Iterable) and hasattr(kind, "__len__") else None


def entries(value: object) -> dict[Any, Any] | None:
    """The fields of a record of any kind, by name; None for anything else.

    Mappings; instances of attrs, dataclass, pydantic, and msgspec classes; named tuples; rows of pandas (a Series with
    an index of names), Arrow, SQLite, and SQLAlchemy.

    >>> from typing import NamedTuple
    >>> class Line(NamedTuple):
    ...     procedure_code: str
    >>> entries(Line("99213")), entries({"units": 1}), entries("units")
    ({'procedure_code': '99213'}, {'units': 1}, None)
    """
    if type(value) is dict:
        return value
    try:
        return _entries(value)
    except Exception:
        return None  # its own methods may raise anything; then it is not a readable record


def _entries(value: Any) -> dict[Any, Any] | None:
    kind = type(value)
    if issubclass(kind, type(None) | str | bytes | int | float) or is_frame(value):
        return None
    if issubclass(kind, dict):
        return dict(dict.items(value))
    if issubclass(kind, Mapping):
        return dict(value.items())
    names = _names(kind)
    if names is not None:
        return {name: getattr(value, name) for name in names}
    if hasattr(value, "as_py"):  # an Arrow struct
        found = value.as_py()
        return found if type(found) is dict else None
    if hasattr(value, "_mapping"):  # a SQLAlchemy row
        return dict(value._mapping)
    if hasattr(value, "to_dict") and hasattr(value, "index") and getattr(value, "ndim", 0) == 1:  # a pandas row
        found = value.to_dict()
        return found if type(found) is dict and all(type(name) is str for name in found) else None
    if hasattr(kind, "keys") and hasattr(kind, "__getitem__"):  # a SQLite row
        return {name: value[name] for name in value.keys()}  # noqa: SIM118 - no mapping, which iterates over its keys
    return None


def _names(kind: type[Any]) -> list[str] | None:
    """The field names of a record class."""
    if hasattr(kind, "__attrs_attrs__"):
        return [field.name for field in kind.__attrs_attrs__]
    for marker in ("__dataclass_fields__", "model_fields", "__struct_fields__"):
        if hasattr(kind, marker):
            return [str(name) for name in getattr(kind, marker)]
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return [str(name) for name in kind._fields]
    return None
