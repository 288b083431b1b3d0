"""Numbers for values: two values share one if no rule could distinguish them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import attrs

__all__ = ["Values"]

_PLAIN = frozenset({bool, int, str, type(None)})


class Values:
    """Numbers values as they occur.

    Values of different types, decimals with different spellings, and parts that equality ignores are distinguished.
    What cannot be hashed gets a new number each time.

    >>> values = Values()
    >>> [values(one) for one in (1, True, Decimal("1"), Decimal("1.0"), 1, {}, {})]
    [0, 1, 2, 3, 0, 4, 5]
    """

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}
        self._unlike: list[Any] = []  # kept alive, so that nothing else gets their id

    def __call__(self, value: Any) -> int:
        key = _told_apart(value)
        number = len(self._numbers) + len(self._unlike)
        try:
            return self._numbers.setdefault(key, number)
        except TypeError:
            self._unlike.append(value)
            return number


def _told_apart(value: Any) -> Any:
    """A key that is equal for values that no rule can distinguish, and different for all others."""
    kind = type(value)
    if kind in _PLAIN:
        return kind, value
    if kind is Decimal:
        return kind, value.as_tuple()
    if kind is tuple:
        return kind, tuple([_told_apart(one) for one in value])
    known: Any = kind
    names = _fields(known)
    return (kind, value) if names is None else (kind, tuple([_told_apart(getattr(value, name)) for name in names]))


@cache
def _fields(kind: Any) -> tuple[str, ...] | None:
    """The fields of a value class; None for anything else, or a class compared by identity."""
    if not attrs.has(kind) or kind.__eq__ is object.__eq__:
        return None
    return tuple([field.name for field in attrs.fields(kind)])
