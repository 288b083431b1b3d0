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
from decimal import Decimal
from typing import Any, Final

from claimcheck.claims.narrow import narrow
from claimcheck.claims.unreadable import Unreadable

__all__ = ["OPAQUE", "plain"]


class _Opaque:
    """A value that is present, of an unknown type."""

    __slots__ = ()


OPAQUE: Final = _Opaque()

_OWN = frozenset({type(None), bool, int, str, datetime.date, dict, list, tuple, Unreadable})


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


# ---------------------------------------------------------------------- lists and mappings
