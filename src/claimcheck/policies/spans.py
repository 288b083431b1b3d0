"""Sets of codes written as ranges, as in policies and published lists.

>>> visits = CodeSpans.of(["99202-99215", "G0463"])
>>> "99213" in visits, "99216" in visits, "G0463" in visits
(True, False, True)

A range of CPT codes holds the codes of its own list, identified by the suffix:

>>> reports = CodeSpans.of(["0001F-9007F"])
>>> "3044F" in reports, "80053" in reports, "0042T" in reports
(True, False, False)

Codes are compared as text, left-justified, and the upper end includes every code that begins with it: J40-J44.9
includes J44.9 and everything below it, and J44.89 is between J44.8 and J44.9. Dots are ignored.

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
from functools import lru_cache

import attrs

__all__ = ["CodeSpans", "union"]


def _plain(code: str) -> str:
    return code.strip().upper().replace(".", "")


def _list_of(code: str) -> str:
    """The CPT list of a five-character text, by its suffix: "9" for Category I, "F", "T", "U", and so on.

    As text, 3044F and 80053 are both between 0001F and 9007F; but only one of them is on that list. Any other text is
    on the list "".
    """
    if len(code) == 5 and code[:4].isdigit():
        return "9" if code[4].isdigit() else code[4]
    return ""


_MOST_KNOWN = 4_096

Ends = tuple[tuple[str, ...], tuple[str, ...]]
"""The lower ends of ranges, and the upper ones."""


@attrs.frozen(repr=False, cache_hash=True)
class CodeSpans:
    """A set of codes as inclusive text ranges. Test membership with `in`; the empty set is false."""

    spans: tuple[tuple[str, str], ...] = ()
    _lists: dict[str, Ends] = attrs.field(init=False, eq=False)
    _known: dict[str, bool] = attrs.field(factory=dict, init=False, eq=False)  #: earlier lookups

    def __attrs_post_init__(self) -> None:
        lists: dict[str, list[tuple[str, str]]] = {}
        for span in self.spans:
            lists.setdefault(_list_of(span[0]), []).append(span)
        ends = {name: tuple(zip(*spans, strict=True)) for name, spans in lists.items()}
        object.__setattr__(self, "_lists", ends)

    @classmethod
    def of(cls, texts: Iterable[str]) -> CodeSpans:
        """The set described by texts such as "99202-99215" or "G0463".

        ValueError if a range runs backwards, or from one CPT list into another.
        """
        lists: dict[str, list[tuple[str, str]]] = {}
        for text in texts:
            low, dash, high = map(_plain, text.partition("-"))
            if not low or (dash and not high):
                raise ValueError(f"{text!r} is no code and no span of codes")
            if dash and high < low and not low.startswith(high):
                raise ValueError(f"the span {text} ends before it begins")
            if dash and _list_of(low) and _list_of(low) != _list_of(high):
                raise ValueError(f"the span {text} runs from one list of codes into another")
            lists.setdefault(_list_of(low), []).append((low, high or low))
        return cls(tuple(sorted(span for spans in lists.values() for span in _merged(spans))))

    def __contains__(self, code: object) -> bool:
        if not isinstance(code, str) or not self.spans:
            return False
        known = self._known.get(code)
        if known is None:
            known = self._holds(code)
            if len(self._known) < _MOST_KNOWN:
                self._known[code] = known
        return known

    def _holds(self, code: str) -> bool:
        plain = code.replace(".", "") if "." in code else code
        lists, own = self._lists, _list_of(plain)
        return (own in lists and _holds(lists[own], plain)) or (own != "" and "" in lists and _holds(lists[""], plain))

    def meets(self, other: CodeSpans) -> bool:
        """Whether some code may be in both: never false for two sets that share one.

        >>> reports = CodeSpans.of(["0001F-9007F"])
        >>> reports.meets(CodeSpans.of(["3044F"])), reports.meets(CodeSpans.of(["99213"]))
        (True, False)
        """
        return any(
            one[0] <= _reach(two[1]) and two[0] <= _reach(one[1])
            for one in self.spans
            for two in other.spans
            if _list_of(one[0]) == _list_of(two[0]) or "" in (_list_of(one[0]), _list_of(two[0]))
        )

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __iter__(self) -> Iterator[str]:
        return (low if low == high else f"{low}-{high}" for low, high in self.spans)

    def __repr__(self) -> str:
        return f"CodeSpans.of({list(self)!r})"


@lru_cache(maxsize=256)
def union(*sets: CodeSpans) -> CodeSpans:
    """The codes of any of several sets.

    >>> union(CodeSpans.of(["99202-99205"]), CodeSpans.of(["99204-99215", "G0463"]))
    CodeSpans.of(['99202-99215', 'G0463'])
    >>> "99213" in union()
    False
    """
    return CodeSpans.of([span for codes in sets for span in codes])


def _holds(ends: Ends, code: str) -> bool:
    lows, highs = ends
    place = bisect_right(lows, code) - 1
    return place >= 0 and (code <= highs[place] or code.startswith(highs[place]))


def _merged(spans: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The ranges in order, with overlapping ones merged, so that a code is in at most one."""
    merged: list[tuple[str, str]] = []
    for low, high in sorted(spans):
        if merged and low <= _reach(merged[-1][1]):
            before_low, before_high = merged[-1]
            merged[-1] = (before_low, max(before_high, high, key=_reach))
        else:
            merged.append((low, high))
    return tuple(merged)


def _reach(high: str) -> str:
    """A text that follows every code that begins with `high`, and precedes every other code after `high`."""
    return high + "\uffff"
