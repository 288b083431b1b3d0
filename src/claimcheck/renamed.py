"""Public names that have been renamed: the old name still works, and warns."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

__all__ = ["renamed", "renamed_keyword"]

P = ParamSpec("P")
R = TypeVar("R")


def renamed(module: str, names: Mapping[str, tuple[str, Any]]) -> Callable[[str], Any]:
    """The `__getattr__` of a module with renamed public names: from the old name to the new one and its value.

    >>> import warnings
    >>> get = renamed("claimcheck.frames", {"FrameVerdict": ("FrameResult", int)})
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     get("FrameVerdict")
    <class 'int'>
    >>> print(caught[0].message)
    claimcheck.frames.FrameVerdict is now called FrameResult; the old name goes in a later version
    >>> get("Unknown")
    Traceback (most recent call last):
        ...
    AttributeError: module 'claimcheck.frames' has no attribute 'Unknown'
    """

    def get(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        new, value = names[name]
        warnings.warn(
            f"{module}.{name} is now called {new}; the old name goes in a later version",
            DeprecationWarning,
            stacklevel=2,
        )
        return value

    return get


def renamed_keyword(old: str, new: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Lets a function take the keyword `old` for the one that is now called `new`.

    >>> import warnings
    >>> @renamed_keyword("programme", "program")
    ... def file_of(table, program="medicare"):
    ...     return f"{program} {table}"
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     file_of("mue_dme", programme="medicaid")
    'medicaid mue_dme'
    >>> print(caught[0].message)
    file_of: the keyword programme is now called program; the old name goes in a later version
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def called(*args: P.args, **named: P.kwargs) -> R:
            if old in named:
                warnings.warn(
                    f"{function.__name__}: the keyword {old} is now called {new}; the old name goes in a later version",
                    DeprecationWarning,
                    stacklevel=2,
                )
                named[new] = named.pop(old)
            return function(*args, **named)

        return called

    return decorate
