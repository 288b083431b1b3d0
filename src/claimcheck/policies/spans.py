"""Sets of codes written as spans, the way policies and letters write them.

>>> visits = CodeSpans.of(["99202-99215", "G0463"])
>>> "99213" in visits, "99216" in visits, "G0463" in visits
(True, False, True)

Codes are compared as text, left-justified, and the upper end includes every code that it begins: in a letter,
J40-J44.9 means J44.9 and all below it, and J44.89 lies between J44.8 and J44.9. Dots do not count.

>>> copd = CodeSpans.of(["J40-J44.9"])
>>> [code in copd for code in ("J40", "J44.89", "J449", "J44.91", "J45.20", "J39.9")]
[True, True, True, True, False, False]
>>> CodeSpans.of(["99215-99202"])
Traceback (most recent call last):
    ...
ValueError: the span 99215-99202 ends before it begins
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

import attrs

__all__ = ["CodeSpans"]


def _plain(code: str) -> str:
    return code.strip().upper().replace(".", "")


@attrs.frozen(repr=False)
class CodeSpans:
    """A set of codes as inclusive spans of text. Test membership with `in`; the empty set is false."""

    spans: tuple[tuple[str, str], ...] = ()
    _lows: tuple[str, ...] = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_lows", tuple(low for low, _ in self.spans))

    @classmethod
    def of(cls, texts: Iterable[str]) -> CodeSpans:
        """The set that texts such as "99202-99215" or "G0463" describe. ValueError where a span runs backwards."""
        spans = []
        for text in texts:
            low, dash, high = map(_plain, text.partition("-"))
            if not low or (dash and not high):
                raise ValueError(f"{text!r} is no code and no span of codes")
            if dash and high < low and not low.startswith(high):
                raise ValueError(f"the span {text} ends before it begins")
            spans.append((low, high or low))
        return cls(_merged(spans))

    def __contains__(self, code: object) -> bool:
        if not isinstance(code, str) or not self.spans:
            return False
        plain = code.replace(".", "") if "." in code else code
        place = bisect_right(self._lows, plain) - 1
        if place < 0:
            return False
        high = self.spans[place][1]
        return plain <= high or plain.startswith(high)

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __iter__(self) -> Iterator[str]:
        return (low if low == high else f"{low}-{high}" for low, high in self.spans)

    def __repr__(self) -> str:
        return f"CodeSpans.of({list(self)!r})"


def _merged(spans: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The spans in order, those that overlap made one, so that a code falls in at most one."""
    merged: list[tuple[str, str]] = []
    for low, high in sorted(spans):
        if merged and low <= _reach(merged[-1][1]):
            before_low, before_high = merged[-1]
            merged[-1] = (before_low, max(before_high, high, key=_reach))
        else:
            merged.append((low, high))
    return tuple(merged)


def _reach(high: str) -> str:
    """A text that comes after every code that `high` begins, and before every other code after `high`."""
    return high + "\uffff"
