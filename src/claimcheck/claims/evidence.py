"""The values that decided a finding."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping

import attrs

__all__ = ["Evidence", "Value"]


Value = str | int | bool | None | tuple[str, ...]


@attrs.frozen(repr=False, init=False, eq=False)
class Evidence(Mapping[str, Value]):
    """The values that decided, by name: an immutable mapping to text, integers, flags, or tuples of text.

    Decimals and dates are kept as text, so that evidence survives a round trip through JSON.

    >>> from decimal import Decimal
    >>> evidence = Evidence({"units": Decimal("3"), "limit": 2})
    >>> evidence["units"], dict(evidence)
    ('3', {'units': '3', 'limit': 2})
    """

    _items: tuple[tuple[str, Value], ...]

    def __init__(self, items: Mapping[str, object] = {}) -> None:
        self.__attrs_init__(tuple((name, _plain(value)) for name, value in items.items()))

    def __getitem__(self, name: str) -> Value:
        for own, value in self._items:
            if own == name:
                return value
        if name == "shape" and "pattern" in tuple(self):
            warnings.warn('evidence["shape"] is now evidence["pattern"]', DeprecationWarning, stacklevel=2)
            return self["pattern"]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items))

    def __repr__(self) -> str:
        return f"Evidence({dict(self._items)!r})"

    def to_dict(self) -> dict[str, str | int | bool | list[str] | None]:
        """The values in JSON-compatible form."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self._items}

    def __reduce__(self) -> tuple[type[Evidence], tuple[dict[str, Value]]]:
        return Evidence, (dict(self._items),)


def _plain(value: object) -> Value:
    if value is None or value.__class__ in (str, int, bool):
        return value
    if isinstance(value, (list, tuple)):
        return tuple(map(str, value))
    if isinstance(value, (set, frozenset)):
        return tuple(sorted(map(str, value)))
    return str(value)
