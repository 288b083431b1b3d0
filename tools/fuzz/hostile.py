"""Values whose own methods raise: subclasses of Python's types, and objects that promise what they do not keep."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

__all__ = ["HOSTILE", "hostile"]

_METHODS = (
    *"__eq__ __ne__ __lt__ __gt__ __le__ __ge__ __hash__ __str__ __repr__ __format__ __bool__ __len__ __iter__".split(),  # noqa: SIM905
    *"__contains__ __getitem__ __index__ __int__ __float__ __add__ __neg__ __abs__ __round__ __reversed__".split(),  # noqa: SIM905
    *"__reduce_ex__ __getattr__ strip lower upper split replace isdigit isascii startswith endswith items keys".split(),  # noqa: SIM905
    *"values get copy is_nan is_finite adjusted date time isoformat toordinal timetz year month day tzinfo".split(),  # noqa: SIM905
    *"is_integer item as_py tolist to_list to_pylist to_dict to_dicts itertuples dtype ndim index _mapping".split(),  # noqa: SIM905
    *"columns model_dump _asdict numerator denominator".split(),  # noqa: SIM905
)


def _raises(*_: Any, **__: Any) -> Any:
    raise RuntimeError("a method of a hostile value was called")


def hostile(base: type[Any], *, in_class: bool = True) -> type[Any]:
    """A subclass of `base` of which every method raises, and `__class__` too."""
    body: dict[str, Any] = dict.fromkeys(_METHODS, _raises)
    for name in ("dtype", "ndim", "index", "columns", "_mapping", "year", "month", "day", "tzinfo"):
        body[name] = property(_raises)
    if in_class:
        body["__class__"] = property(_raises)
    return type(f"Hostile{base.__name__.title()}", (base,), body)


class _Endless(dict[str, Any]):
    """A mapping that hands out another value at each look."""

    def __getitem__(self, key: str) -> Any:
        return _Endless()

    def items(self) -> Any:
        raise RecursionError


class _Promises(Mapping[str, Any]):
    """A mapping of which only the promise is kept."""

    def __getitem__(self, key: str) -> Any:
        raise KeyError(key)

    def __iter__(self) -> Any:
        return iter(["procedure_code", "lines"])

    def __len__(self) -> int:
        return 2


class _NotATime(datetime.datetime):
    """As pandas' NaT: a moment by its type, and none by its name."""

    def __ne__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


HOSTILE: tuple[Any, ...] = (
    *(hostile(base)(value) for base, value in ((str, "99213"), (int, 1), (float, 1.5), (Decimal, "2.50"))),
    *(hostile(base)(value) for base, value in ((str, ""), (float, "nan"), (float, "inf"), (Decimal, "sNaN"))),
    hostile(bytes)(b"99213"),
    hostile(dict)({"code": "I10", "procedure_code": "99213"}),
    hostile(list)(["25"]),
    hostile(tuple)(("25",)),
    hostile(set)({"25"}),
    hostile(datetime.date)(2024, 7, 15),
    hostile(datetime.datetime)(2024, 7, 15, 8),
    hostile(object)(),
    hostile(object, in_class=False)(),
    hostile(complex)(1j),
    hostile(Exception)(),
    _Endless(procedure_code="99213"),
    _Promises(),
    _NotATime(2024, 7, 15),
)
