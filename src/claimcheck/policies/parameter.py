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
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints

import attrs

from claimcheck import money
from claimcheck.policies.spans import CodeSpans

__all__ = ["Table", "key_of", "parameter", "read"]

P = TypeVar("P")


@attrs.frozen(repr=False)
class Table(Mapping[str, Any]):
    """An immutable mapping from a name to a value, as a policy file writes one."""

    _entries: tuple[tuple[str, Any], ...] = ()

    def __getitem__(self, name: str) -> Any:
        for own, value in self._entries:
            if own == name:
                return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"{{{', '.join(f'{name!r}: {value!r}' for name, value in self._entries)}}}"


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
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _convert(value, next(kind for kind in get_args(hint) if kind is not type(None)))
    if origin is tuple:
        return tuple(_convert(item, get_args(hint)[0]) for item in _list(value))
    if origin is frozenset:
        return frozenset(_convert(item, get_args(hint)[0]) for item in _list(value))
    if hint is Table or origin is Table:
        return Table(tuple((str(name), _frozen(item)) for name, item in _expect(value, Mapping, "a table").items()))
    if hint is CodeSpans:
        return value if isinstance(value, CodeSpans) else CodeSpans.of(_list(value))
    if hint is Decimal:
        amount = None if isinstance(value, float) else money.read(value)
        return _expect(amount, Decimal, 'an amount in quotes ("0.01") is expected')
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        try:
            return hint(value)
        except ValueError:
            raise ValueError(f"one of {', '.join(hint)} is expected") from None
    if attrs.has(hint):
        return value if isinstance(value, hint) else read(hint, _expect(value, Mapping, "a table"))
    names = {str: "text", int: "a whole number", bool: "true or false", date: "a date"}
    if hint is int and isinstance(value, bool):
        raise ValueError("a whole number is expected")
    return _expect(value, hint, f"{names[hint]} is expected")


def _expect(value: Any, kind: Any, expected: str) -> Any:
    if not isinstance(value, kind):
        raise ValueError(expected if "expected" in expected else f"{expected} is expected")
    return value


def _list(value: Any) -> Any:
    return _expect(value, (list, tuple, frozenset), "a list")


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, (list, tuple)) else value
