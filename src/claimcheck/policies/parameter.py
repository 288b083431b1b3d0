"""Parameters: what a payer may decide. Each is a frozen class whose fields a policy sets from a date on.

A parameter is declared once, with its key in policy files, its documentation, and its types:

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
claimcheck.policies.parameter.ValuesError: most: a whole number is expected, not 'two'
"""

from __future__ import annotations

import types
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Any, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints

import attrs

from claimcheck import money
from claimcheck.policies.kind import shown
from claimcheck.policies.spans import CodeSpans

__all__ = ["ValuesError", "fields_of", "item_of", "key_of", "list_of", "parameter", "read"]

P = TypeVar("P")


@dataclass_transform(frozen_default=True, field_specifiers=(attrs.field,))
def parameter(
    key: str, *, adds: str | None = None, renamed: Mapping[str, str] | None = None
) -> Callable[[type[P]], type[P]]:
    """Makes a class with annotated fields a parameter, under `key` ("family.name") in policy files.

    `adds` is its only field, if that is a list of named tables: a policy's list is then added to the one it inherits.
    `renamed` are the old names of fields, which still work, with a warning.
    """

    def declare(cls: type[P]) -> type[P]:
        frozen = attrs.frozen(cls)
        setattr(frozen, "_parameter_key", key)
        setattr(frozen, "_parameter_adds", adds)
        setattr(frozen, "_parameter_renamed", renamed or {})
        return frozen

    return declare


def key_of(cls: type[Any]) -> str:
    """The key of a parameter in policy files."""
    key: str = cls._parameter_key
    return key


def list_of(cls: type[Any]) -> str | None:
    """The field of a parameter that is added to an inherited one; None if the parameter is replaced."""
    field: str | None = cls._parameter_adds
    return field


def item_of(cls: type[Any]) -> type[Any]:
    """The item type of the list that `list_of` names."""
    kind: type[Any] = get_args(get_type_hints(cls)[list_of(cls) or ""])[0]
    return kind


class ValuesError(ValueError):
    """Plain values that a parameter refuses: `reasons` has one for each fault, and the message is the first."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(self.reasons[0])


def read(cls: type[P], given: Mapping[str, Any]) -> P:
    """The parameter in a mapping of plain values (as from TOML). `ValuesError` names every fault."""
    hints = get_type_hints(cls, include_extras=True)
    fields = {field.name: field for field in attrs.fields(cls)}  # type: ignore[arg-type]
    given = _with_new_names(cls, given)
    faults = [f"{name}: unknown{_meant(name, fields)}" for name in given if name not in fields]
    values = {}
    for name, field in fields.items():
        if name in given:
            try:
                values[name] = _convert(given[name], hints[name])
            except ValueError as error:
                faults += [f"{name}: {reason}" for reason in _reasons(error)]
        elif field.default is attrs.NOTHING:
            faults.append(f"{name}: missing")
    if faults:
        raise ValuesError(faults)
    return cls(**values)


def _with_new_names(cls: type[Any], given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values with fields that were renamed under their new names."""
    renamed: Mapping[str, str] = getattr(cls, "_parameter_renamed", {})
    for old in given.keys() & renamed.keys():
        new = renamed[old]
        warnings.warn(f"{key_of(cls)}: {old} is now called {new}", DeprecationWarning, stacklevel=3)
        given = {new if name == old else name: value for name, value in given.items()}
    return given


def fields_of(parameter: Any) -> dict[str, Any]:
    """The values of a parameter by field name, as `read` takes them."""
    return {field.name: getattr(parameter, field.name) for field in attrs.fields(type(parameter))}


def _reasons(error: ValueError) -> Sequence[str]:
    return error.reasons if isinstance(error, ValuesError) else (str(error),)


def _meant(name: object, known: Iterable[str]) -> str:
    """What is known, and which of it an unknown name probably meant."""
    near = get_close_matches(str(name), list(known), n=1)
    return f"; known: {', '.join(known)}{f'; did you mean {near[0]}?' if near else ''}"


def _convert(value: Any, hint: Any) -> Any:
    """A plain value converted to the annotation `hint`. ValueError says what is expected."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        converted = _convert(value, inner[0])
        if faults := [fault for kind in inner[1:] for fault in kind.refusals(converted)]:
            raise ValuesError(faults)
        return converted
    if origin in (Union, types.UnionType):
        return None if value is None else _convert(value, next(kind for kind in inner if kind is not type(None)))
    if origin in (tuple, frozenset):
        return origin(_items(_expect(value, (list, tuple, frozenset), "a list"), inner[0]))
    if hint is CodeSpans:
        return value if isinstance(value, CodeSpans) else CodeSpans.of(_convert(value, tuple[str, ...]))
    if attrs.has(hint):
        return read(hint, fields_of(value) if isinstance(value, hint) else _expect(value, Mapping, "a table"))
    if hint is Decimal:
        amount = None if isinstance(value, (int, float)) else money.read(value)
        if amount is None:
            raise ValueError(f'an amount in quotes ("0.01") is expected, not {shown(value)}')
        return amount
    if issubclass(hint, StrEnum):
        if value not in tuple(hint):
            near = get_close_matches(str(value), list(hint), n=1)
            meant = f"; did you mean {near[0]}?" if near else ""
            raise ValueError(f"one of {', '.join(hint)} is expected, not {shown(value)}{meant}")
        return hint(value)
    if type(value) is not hint:
        raise ValueError(f"{_EXPECTED[hint]} is expected, not {shown(value)}")
    return value


def _items(values: Iterable[Any], hint: Any) -> list[Any]:
    """Each of several values; a fault in one of several tables says which."""
    items, faults = [], []
    for number, value in enumerate(values, 1):
        try:
            items.append(_convert(value, hint))
        except ValueError as error:
            faults += [f"{_which(number, value)}{reason}" for reason in _reasons(error)]
    faults += _named_twice(items)
    if faults:
        raise ValuesError(faults)
    return items


def _named_twice(items: Iterable[Any]) -> Iterable[str]:
    """A fault for each name that two tables share."""
    names = Counter(item.name for item in items if attrs.has(type(item)) and hasattr(item, "name"))
    return [f"two are named {shown(name)}: a name of its own is expected of each" for name, n in names.items() if n > 1]


def _which(number: int, value: Any) -> str:
    if not isinstance(value, Mapping):
        return ""
    name = value.get("name")
    return f"no. {number}{f' ({shown(name)})' if isinstance(name, str) else ''}: "


_EXPECTED: Mapping[type[Any], str] = types.MappingProxyType(
    {str: "text", int: "a whole number", bool: "true or false", date: "a date"}
)


def _expect(value: Any, kind: Any, expected: str) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"{expected} is expected, not {shown(value)}")
    return value
