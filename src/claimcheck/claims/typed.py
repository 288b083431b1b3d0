"""Checks that a record read back matches its annotations in every field.

>>> from claimcheck.claims.finding import Adjustment
>>> fits(Adjustment("CO", "16", ("M52",)), Adjustment), fits(Adjustment("CO", 16), Adjustment)
(True, False)
"""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

__all__ = ["fits"]


def fits(value: Any, hint: Any) -> bool:
    """Whether a value has the annotated type. True and False are not integers.

    >>> fits((1, 2), tuple[int, ...]), fits((1, True), tuple[int, ...]), fits(("a", None), tuple[str, str | None])
    (True, False, True)
    """
    if hint is Any:
        return True
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return any(fits(value, one) for one in get_args(hint))
    if origin is tuple:
        return isinstance(value, tuple) and _all_fit(value, get_args(hint))
    if origin is not None:
        return isinstance(value, origin)
    if attrs.has(hint):
        return isinstance(value, hint) and all(fits(getattr(value, name), of) for name, of in _fields(hint))
    return isinstance(value, hint) and (hint is not int or not isinstance(value, bool))


def _all_fit(items: tuple[Any, ...], hints: tuple[Any, ...]) -> bool:
    if hints[-1] is Ellipsis:
        return all(fits(item, hints[0]) for item in items)
    return len(items) == len(hints) and all(map(fits, items, hints))


@cache
def _fields(record: type[Any]) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(record)
    return tuple((field.name, hints[field.name]) for field in attrs.fields(record))
