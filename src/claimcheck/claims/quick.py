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

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attrs

from claimcheck.claims.read_as import ReadAs, apart

__all__ = ["builder", "maker"]

T = TypeVar("T")


def maker(kind: type[T]) -> Callable[..., T]:
    """A function that makes values of `kind`, a frozen attrs class without a slot for weak references.

    It takes the fields in their order or by name, and knows their defaults.
    """
    fields: dict[str, Any] = {}
    for field in attrs.fields(kind):  # type: ignore[arg-type]
        fields[field.name] = attrs.field(default=field.default, kw_only=field.kw_only)

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


def builder(kind: type[T]) -> Callable[[Mapping[str, Any]], T]:
    """A function that makes values of `kind` as its constructor does, from a mapping of the arguments.

    Only those that are given pass through their converters: the defaults are such as these would give.

    >>> import attrs
    >>> @attrs.frozen(weakref_slot=False)
    ... class Pair:
    ...     one: int = attrs.field(converter=int)
    ...     two: int = attrs.field(default=2, converter=int)
    >>> build = builder(Pair)
    >>> build({"one": "1"}) == Pair("1")
    True
    >>> build({"three": "1"})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    TypeError: ...
    """
    make = maker(kind)
    converters = {field.name: field.converter for field in attrs.fields(kind) if field.converter}  # type: ignore[arg-type]

    def build(fields: Mapping[str, Any]) -> T:
        given = {}
        odd = False
        for name, value in fields.items():
            convert = converters.get(name)
            read = given[name] = value if convert is None else convert(value)
            if read.__class__ is ReadAs:
                odd = True
        return make(**(apart(given) if odd else given))

    return build
