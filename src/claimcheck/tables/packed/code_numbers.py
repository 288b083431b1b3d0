"""The numbers of codes in a sorted array."""

from __future__ import annotations

from bisect import bisect_left

from claimcheck.tables.packed.container import Numbers
from claimcheck.tables.packed.keys import key

__all__ = ["CodeNumbers"]


class CodeNumbers(dict[str, int]):
    """The numbers of the codes looked up so far; -1 for codes not in the table, which are not cached."""

    __slots__ = ("_codes",)

    def __init__(self, codes: Numbers) -> None:
        self._codes = codes

    def __missing__(self, text: str) -> int:
        wanted = key(text)
        number = bisect_left(self._codes, wanted)
        if number == len(self._codes) or self._codes[number] != wanted:
            return -1
        self[text] = number
        return number
