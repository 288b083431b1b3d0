"""Values that are made by the million: the same frozen values, made in half the time.

A frozen attrs class must set each of its slots around its own refusal to be changed. Its twin has the same slots and no
such refusal, sets them directly, and hands itself over to the frozen class at the end. What comes out is a value of the
class, frozen and equal to one that the constructor makes. Only the converters are left out: the values given must be
such as those would give.

>>> import attrs
>>> @attrs.frozen(weakref_slot=False)
... class Pair:
...     one: int
...     two: int = 2
>>> make = maker(Pair)
>>> make(1), make(1, 3) == Pair(1, 3)
(Pair(one=1, two=2), True)
>>> make(1).two = 5  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
attr.exceptions.FrozenInstanceError...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from claimcheck.claims.read_as import ReadAs, apart

__all__ = ["builder", "maker", "reader"]

T = TypeVar("T")


def maker(kind: type[T], *, positional: bool = False) -> Callable[..., T]:
    """A function that makes values of `kind`, a frozen attrs class without a slot for weak references.

    It takes the fields in their order or by name, and knows their defaults; where it is `positional`, in their order
    those too that the class takes by name alone.
    """
    fields: dict[str, Any] = {}
    for field in attrs.fields(kind):  # type: ignore[arg-type]
        fields[field.name] = attrs.field(default=field.default, kw_only=field.kw_only and not positional)

    def hand_over(self: Any) -> None:
        self.__class__ = kind

    twin: Callable[..., T] = attrs.make_class(
        kind.__name__,
        fields,
        class_body={"__attrs_post_init__": hand_over},
        slots=True,
        weakref_slot=False,
        eq=False,
        repr=False,
    )
    return twin


Readers = Mapping[str, Callable[[Any], Any]]
_OWN: Readers = MappingProxyType({})


def builder(kind: type[T], readers: Readers = _OWN) -> Callable[[Mapping[str, Any]], T]:
    """A function that makes values of `kind` as its constructor does, from a mapping of the arguments.

    Only those that are given pass through their converters, or those of `readers` in their place; all fields have
    defaults, which are such as these would give.

    >>> import attrs
    >>> @attrs.frozen(weakref_slot=False)
    ... class Pair:
    ...     one: int = attrs.field(default=1, converter=int)
    ...     two: int = attrs.field(default=2, converter=int)
    >>> build = builder(Pair)
    >>> build({"two": "1"}) == Pair(two="1")
    True
    >>> build({"three": "1"})
    Traceback (most recent call last):
        ...
    KeyError: 'three'
    """
    read, make = reader(kind, readers), maker(kind, positional=True)

    def build(fields: Mapping[str, Any]) -> T:
        return make(*read(tuple(fields), fields.values()))

    return build


def reader(kind: type[T], readers: Readers = _OWN) -> Callable[[tuple[str, ...], Iterable[Any]], list[Any]]:
    """A function that reads the arguments of `builder`, given as names and values, into all fields in their order."""
    fields = attrs.fields(kind)  # type: ignore[arg-type]
    converters = {field.name: field.converter or _as_it_is for field in fields} | dict(readers)
    places = {field.name: place for place, field in enumerate(fields)}
    defaults = [field.default for field in fields]

    @lru_cache(maxsize=1_024)
    def plan(names: tuple[str, ...]) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
        return tuple((places[name], converters[name]) for name in names)

    def read(names: tuple[str, ...], values: Iterable[Any]) -> list[Any]:
        found = defaults.copy()
        odd = False
        for (place, convert), value in zip(plan(names), values, strict=True):
            one = found[place] = convert(value)
            if one.__class__ is ReadAs:
                odd = True
        if odd:
            given = apart({name: found[places[name]] for name in names})
            for name, value in given.items():
                found[places[name]] = value
        return found

    return read


def _as_it_is(value: Any) -> Any:
    return value
