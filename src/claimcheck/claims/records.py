"""Lists and records of other libraries as Python's own, recognized by protocol."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AnySet
from typing import Any

from claimcheck.claims.scalars import plain

__all__ = ["entries", "is_frame", "listed"]


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
