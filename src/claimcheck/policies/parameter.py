"""Parameters: what a payer may decide, each a frozen class whose fields a policy fills in from a date on.

A parameter is declared once, with its key in the policy file, its documentation and its types:

>>> @parameter("example.limit")
... class Limit:
...     '''How many a payer pays for.'''
...
...     most: int = 1
...     codes: CodeSpans = CodeSpans()
>>> read(Limit, {"most": 2, "codes": ["99202-99215"]})
Limit(most=2, codes=CodeSpans.of(['99202-99215']))
>>> read(Limit, {"most": "two"})
Traceback (most recent call last):
    ...
ValueError: most: a whole number is expected
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints

import attrs

from claimcheck import money
from claimcheck.policies.spans import CodeSpans

__all__ = ["key_of", "parameter", "read"]

P = TypeVar("P")


@dataclass_transform(frozen_default=True, field_specifiers=(attrs.field,))
def parameter(key: str) -> Callable[[type[P]], type[P]]:
    """Make a class of annotated fields a parameter, kept in policy files under `key` ("room.name")."""

    def declare(cls: type[P]) -> type[P]:
        frozen = attrs.frozen(cls)
        setattr(frozen, "_parameter_key", key)
        return frozen

    return declare


def key_of(cls: type[Any]) -> str:
    """The key of a parameter in policy files."""
    key: str = cls._parameter_key
    return key


def read(cls: type[P], given: Mapping[str, Any]) -> P:
    """The parameter that a mapping of plain values (as TOML gives them) describes. ValueError names the field."""
    hints = get_type_hints(cls)
    fields = {field.name: field for field in attrs.fields(cls)}  # type: ignore[arg-type]
    for name in given:
        if name not in fields:
            raise ValueError(f"{name}: unknown; known are {', '.join(fields)}")
    values = {}
    for name, field in fields.items():
        if name in given:
            try:
                values[name] = _convert(given[name], hints[name])
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from None
        elif field.default is attrs.NOTHING:
            raise ValueError(f"{name}: missing")
    return cls(**values)


def _convert(value: Any, hint: Any) -> Any:
    """A plain value as what the annotation `hint` says. ValueError says what is expected."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return None if value is None else _convert(value, next(kind for kind in inner if kind is not type(None)))
    if origin in (tuple, frozenset):
        return origin(_convert(item, inner[0]) for item in _expect(value, (list, tuple, frozenset), "a list"))
    if hint is CodeSpans:
        return value if isinstance(value, CodeSpans) else CodeSpans.of(_convert(value, tuple[str, ...]))
    if attrs.has(hint):
        return value if isinstance(value, hint) else read(hint, _expect(value, Mapping, "a table"))
    if hint is Decimal:
        amount = None if isinstance(value, float) else money.read(value)
        return _expect(amount, Decimal, 'an amount in quotes ("0.01")')
    if issubclass(hint, StrEnum):
        if value not in tuple(hint):
            raise ValueError(f"one of {', '.join(hint)} is expected")
        return hint(value)
    if type(value) is not hint:
        raise ValueError(f"{_EXPECTED[hint]} is expected")
    return value


_EXPECTED: Mapping[type[Any], str] = types.MappingProxyType(
    {str: "text", int: "a whole number", bool: "true or false", date: "a date"}
)


def _expect(value: Any, kind: Any, expected: str) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"{expected} is expected")
    return value
