"""Names that people guess: the error for a missing name says what it is called.

>>> @hinted({"colour": "color"}, made="give it as Paint(color)")
... class Paint:
...     def __init__(self, color):
...         self.color = color
>>> Paint("red").colour
Traceback (most recent call last):
    ...
AttributeError: Paint has no 'colour': use color
>>> Paint(colour="red")  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
TypeError: ...got an unexpected keyword argument 'colour': give it as Paint(color)
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast

__all__ = ["hinted", "no_such", "with_keywords"]

_MOST_TEXTS = 256

Kind = TypeVar("Kind", bound=type)
Function = TypeVar("Function", bound=Callable[..., Any])


def no_such(owner: str, name: str, hints: Mapping[str, str], known: Iterable[str] = ()) -> str:
    """The message for a name that `owner` does not have: what it is called, or a similar name.

    >>> no_such("result", "is_valid", {"is_valid": "ok"}), no_such("result", "finding", {}, ["findings"])
    ("result has no 'is_valid': ok", "result has no 'finding': did you mean 'findings'?")
    """
    message = f"{owner} has no {name!r}"
    if name in hints:
        return f"{message}: {hints[name]}"
    near = difflib.get_close_matches(name, [one for one in known if not one.startswith("_")], n=1)
    return f"{message}: did you mean {near[0]!r}?" if near else message


def hinted(hints: Mapping[str, str], *, made: str | None = None) -> Callable[[Kind], Kind]:
    """Decorates a class so that names in `hints` that it lacks are answered with their actual names.

    `made` is the message if it is called with arguments that it does not take. Hints are used only for a missing
    attribute; a class with its own `__getattr__` keeps it.
    """

    def decorate(kind: Kind) -> Kind:
        own: Callable[[Any, str], Any] | None = getattr(kind, "__getattr__", None)
        texts: dict[tuple[type[Any], str], str] = {}  # code that probes for an optional attribute asks again and again

        def missing(self: Any, name: str) -> Any:
            if own is not None:
                try:
                    return own(self, name)
                except AttributeError:
                    if name not in hints:
                        raise
            text = f"{type(self).__name__!r} object has no attribute {name!r}"
            if name.startswith("_"):
                raise AttributeError(text, name=name, obj=self)
            raise AttributeError(told(type(self), name))

        def told(own: type[Any], name: str) -> str:
            if (own, name) not in texts:
                named = {name: f"use {hint}" for name, hint in hints.items()}
                if len(texts) >= _MOST_TEXTS:
                    texts.clear()
                texts[own, name] = no_such(own.__name__, name, named, dir(own))
            return texts[own, name]

        changed = cast("Any", kind)
        changed.__getattr__ = missing
        if made is not None:
            changed.__init__ = _saying(kind.__init__, made)  # type: ignore[misc]
        return kind

    return decorate


def _saying(init: Callable[..., None], made: str) -> Callable[..., None]:
    @functools.wraps(init)
    def with_hint(*given: Any, **named: Any) -> None:
        try:
            init(*given, **named)
        except TypeError as error:
            if "argument" not in str(error):
                raise
            raise TypeError(f"{error}: {made}") from None

    return with_hint


def with_keywords(hints: Mapping[str, str], otherwise: str) -> Callable[[Function], Function]:
    """Decorates a function so that unknown keywords are answered with their actual names.

    >>> @with_keywords({"payer": "give policy=..."}, "the claim is one argument")
    ... def judge(claim, policy="default"):
    ...     return policy
    >>> judge({}, payer="medicare")
    Traceback (most recent call last):
        ...
    TypeError: judge has no 'payer': give policy=...
    """

    def decorate(function: Function) -> Function:
        code = function.__code__
        known = frozenset(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])

        @functools.wraps(function)
        def with_hint(*given: Any, **named: Any) -> Any:
            if not named.keys() <= known:
                name = next(name for name in named if name not in known)
                raise TypeError(no_such(function.__name__, name, {name: hints.get(name, otherwise)}))
            return function(*given, **named)

        return cast("Function", with_hint)

    return decorate
