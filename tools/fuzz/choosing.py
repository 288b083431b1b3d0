"""Values out of bytes: every choice eats some bytes, and when they are gone the first option is taken.

A small change of the bytes is a small change of the value, so that whoever mutates bytes mutates values.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeVar

from tools.fuzz.hostile import HOSTILE, hostile

__all__ = ["Choices"]

T = TypeVar("T")

_TEXTS = (
    "", " ", "99213", "3044F", "J1885", "E11.9", "I10", "25", "59", "0131", "0450", "11", "1234567893", "UN", "HC",
    "2024-07-15", "20240715", "2024-02-30", "0001-01-01", "9999-12-31", "1", "0.01", "-1", "1e9", "NaN", "\x00", "ſ",
    "🙂", "professional", "institutional", "7", "8", "principal", "ICD-10-CM", "Y", "M", "N400", "12345678901",
    "x" * 300,
)  # fmt: skip
_NUMBERS = (0, 1, -1, 7, 10**9, 10**400, 0.01, -0.0, math.nan, math.inf, 1e-320, True, Decimal("NaN"), Decimal("1E+30"))
_DEEPEST = 6


class Choices:
    """Bytes to choose by."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def byte(self) -> int:
        """The next byte; 0 when there are none left."""
        self._at += 1
        return self._data[self._at - 1] if self._at <= len(self._data) else 0

    @property
    def left(self) -> bool:
        """Whether bytes are left."""
        return self._at < len(self._data)

    def one(self, options: Sequence[T]) -> T:
        """One of at most 65,536 options."""
        number = self.byte() if len(options) <= 256 else self.byte() << 8 | self.byte()
        return options[number % len(options)]

    def rest(self) -> bytes:
        """All bytes that are left."""
        return self._data[self._at :]

    def text(self) -> str:
        """A telling text, or one of the bytes that come next."""
        if self.byte() % 4:
            return self.one(_TEXTS)
        size = self.byte() % 24
        raw = self._data[self._at : self._at + size]
        self._at += size
        return raw.decode("utf-8", "surrogateescape" if size % 2 else "replace")

    def value(self, names: Sequence[str], depth: int = 0) -> Any:
        """Anything that JSON knows, and what callers may give beside it; mappings mostly by `names`."""
        kind = self.byte() % 12 if depth < _DEEPEST else self.byte() % 8
        match kind:
            case 0 | 1 | 2 | 3:
                return self.text()
            case 4:
                return None
            case 5:
                return self.one(_NUMBERS)
            case 6:
                return datetime.date.fromordinal(730_000 + (self.byte() << 8 | self.byte()) % 20_000)
            case 7:
                return self.one(
                    [b"", b"\xff", object(), datetime.datetime(2024, 7, 15, 1, tzinfo=datetime.UTC), (), frozenset()]
                )
            case 8 | 9:
                return [self.value(names, depth + 1) for _ in range(self.byte() % 4)]
            case _:
                return self.mapping(names, depth + 1)

    def hostile(self, names: Sequence[str], depth: int = 0) -> Any:
        """As `value`, with values whose methods raise among them, and texts in a subclass that does."""
        kind = self.byte() % 8
        if kind == 0:
            return self.one(HOSTILE)
        if kind == 1:
            return hostile(str)(self.text())
        if kind == 2 and depth < _DEEPEST:
            return [self.hostile(names, depth + 1) for _ in range(self.byte() % 4)]
        if kind == 3 and depth < _DEEPEST:
            return {self.one(names): self.hostile(names, depth + 1) for _ in range(self.byte() % 9)}
        return self.value(names, depth)

    def mapping(self, names: Sequence[str], depth: int = 0) -> dict[str, Any]:
        """Up to eight entries."""
        entries = {}
        for _ in range(self.byte() % 9):
            name = self.text() if self.byte() % 16 == 1 else self.one(names)
            entries[name] = self.value(names, depth)
        return entries
