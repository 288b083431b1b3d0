"""Public names that have been renamed: the old name still works, and warns."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["renamed"]


def renamed(module: str, names: Mapping[str, tuple[str, Any]]) -> Callable[[str], Any]:
    """The `__getattr__` of a module with renamed public names: from the old name to the new one and its value.

    >>> import warnings
    >>> get = renamed("claimcheck.frames", {"FrameVerdict": ("FrameResult", int)})
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     get("FrameVerdict")
    <class 'int'>
    >>> print(told[0].message)
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
