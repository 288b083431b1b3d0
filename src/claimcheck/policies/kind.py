"""What a policy value must be, in words, and the test of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import attrs
import regex

from claimcheck.policies.spans import CodeSpans

__all__ = ["AtLeastOne", "Kind", "matches", "shown", "whole"]

_MOST_SHOWN = 40


def shown(value: object) -> str:
    """A policy value as an error shows it: as written, truncated if long.

    >>> shown("25"), shown(True), shown({"a": 1}), shown("x" * 60)
    ("'25'", 'true', 'a table', "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...")
    """
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "a table"
        case list() | tuple() | set() | frozenset():
            return "a list"
        case Decimal():
            text = repr(str(value))
        case _:
            text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 2]}..."


@attrs.frozen
class Kind:
    """What a value must be, or each of several, or both ends of every range: `expected` in words, and the test.

    For a JSON Schema it has `pattern`, a regular expression for the whole text, and `least` and `most`.
    """

    expected: str
    holds: Callable[[Any], bool]
    pattern: str | None = None
    least: int | None = None
    most: int | None = None

    @classmethod
    def of(cls, expected: str, pattern: str) -> Kind:
        """Text that matches the pattern as a whole."""
        return cls(expected, matches(pattern), pattern)

    def refusals(self, value: object) -> list[str]:
        """Why the value is refused, once for each part that is."""
        return [f"{self.expected} is expected, not {shown(part)}" for part in _parts(value) if not self.holds(part)]


def _parts(value: object) -> Iterable[object]:
    match value:
        case None:
            return ()
        case CodeSpans():
            return dict.fromkeys(end for span in value.spans for end in span)
        case frozenset():
            return sorted(value, key=str)
        case tuple():
            return value
        case _:
            return (value,)


def matches(pattern: str) -> Callable[[str], bool]:
    """A test for text that matches the pattern as a whole."""
    compiled = regex.compile(pattern, regex.ASCII)
    return lambda text: compiled.fullmatch(text) is not None


def whole(least: int, most: int) -> Kind:
    """An integer from `least` to `most`."""
    expected = f"a whole number from {least:,} to {most:,}"
    return Kind(expected, lambda number: least <= number <= most, least=least, most=most)


@attrs.frozen
class AtLeastOne:
    """A nonempty list; `expected` says of what."""

    expected: str

    def refusals(self, value: Any) -> list[str]:
        """Why the value is refused."""
        return [] if value else [f"at least {self.expected} is expected, not an empty list"]
