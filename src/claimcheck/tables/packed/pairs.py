"""The packed table of PTP pairs: millions of rows, looked up in place.

The codes are in one sorted array, and a code's index is its number. Rows are sorted by column one, and `starts` gives
where each column-one code's rows begin; each row has the number of its column-two code and of its *window*. A window is
one of the few distinct combinations of effective date, deletion date, modifier indicator, and rationale: 1,590 of them
serve 2.5 million rows.

>>> from claimcheck.tables.packed.pair_packing import PairPart, pack_pairs
>>> day = date(2024, 7, 1)
>>> rows = [PtpRow("20610", "99213", date(2020, 1, 1), None, 1, "Misuse of Column Two code with Column One code")]
>>> table = PairTable.over(memoryview(pack_pairs([PairPart.of(rows)])), "ptp")
>>> table.in_force("20610", "99213", day).indicator
1
>>> table.in_force("99213", "20610", day) is None, table.in_force("20610", "99213", date(2019, 12, 31)) is None
(True, True)
>>> [pair[:2] for pair in table.within(["99213", "20610", "11720"], day)]
[('20610', '99213')]
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property
from itertools import compress
from typing import cast

import attrs

from claimcheck.errors import TableError
from claimcheck.tables.packed.code_numbers import CodeNumbers
from claimcheck.tables.packed.container import Numbers, damaged, unpack
from claimcheck.tables.packed.keys import code
from claimcheck.tables.packed.records import read_about
from claimcheck.tables.packed.windows import NEVER_IN_FORCE, Window, days_of, in_force_on, read_window, turns_of
from claimcheck.tables.rows import PtpRow

__all__ = ["PairTable"]

_SCAN_PER_BISECT = 20  #: rows scanned in the time of one binary search


@attrs.define(eq=False, repr=False, slots=False)
class PairTable:
    """The pairs of one edition."""

    _codes: Numbers
    _starts: Numbers
    _twos: Numbers
    _row_windows: Numbers
    windows: tuple[Window, ...]
    _name: str = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        self._numbers = CodeNumbers(self._codes)
        #: the windows in force from that many of the `_turns` on, up to the next one
        self._in_force_after = cache(
            lambda turn: in_force_on(self.windows, self._turns[turn - 1] if turn else date.min)
        )

    @classmethod
    def over(cls, view: memoryview, name: str) -> PairTable:
        """The table in a packed file; `name` is used in errors."""
        sections = unpack(view, name)
        about = read_about(sections, "pairs", name)
        parts = [sections.get(part) for part in ("codes", "starts", "twos", "windows")]
        if any(part is None for part in parts):
            raise TableError("the packed table lacks a part; add the official file again", file=name)
        codes, starts, twos, row_windows = cast("list[Numbers]", parts)
        if len(starts) != len(codes) + 1 or not len(twos) == len(row_windows) == starts[-1]:
            raise TableError("the packed table's columns differ in length; add the official file again", file=name)
        try:
            windows = tuple(read_window(*fields) for fields in about.get("windows", []))
        except (TypeError, ValueError):
            raise damaged(name) from None
        return cls(codes, starts, twos, row_windows, windows, name=name)

    def __len__(self) -> int:
        return len(self._twos)

    def __iter__(self) -> Iterator[PtpRow]:
        """Every row, including those never in force, by column one, column two, and window."""
        try:
            texts = [code(number) for number in self._codes]
            for one, text in enumerate(texts):
                for at in range(self._starts[one], self._starts[one + 1]):
                    yield PtpRow(text, texts[self._twos[at]], *self.windows[self._row_windows[at]])
        except (IndexError, UnicodeDecodeError):
            raise damaged(self._name) from None

    def columns(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Its arrays: the codes; for each, its first row as column one, with the number of rows at the end; and for
        each row, the numbers of its column-two code and its window."""
        return self._codes, self._starts, self._twos, self._row_windows

    def windows_in_force(self, on: date) -> bytes:
        """For each of the `windows`, 1 if it is in force on the day."""
        return self._in_force_after(bisect_right(self._turns, on))

    def in_force(self, column_one: str, column_two: str, on: date) -> PtpRow | None:
        """The pair in this direction, if in force on the day. Of overlapping windows, the one that began last."""
        numbers = self._numbers
        one, two = numbers[column_one], numbers[column_two]
        if one < 0 or two < 0:
            return None
        last = self._starts[one + 1]
        at = bisect_left(self._twos, two, self._starts[one], last)
        found = None
        try:
            while at < last and self._twos[at] == two:
                window = self.windows[self._row_windows[at]]
                if window[0] <= on and window[2] != NEVER_IN_FORCE and (window[1] is None or on <= window[1]):
                    found = window
                at += 1
        except (IndexError, UnicodeDecodeError):
            raise damaged(self._name) from None
        return None if found is None else PtpRow(column_one, column_two, *found)

    def within(self, codes: Iterable[str], on: date) -> list[PtpRow]:
        """Every pair in force on the day between two different codes of the set, by column one and column two."""
        numbers = self._numbers
        texts = {number: text for text in codes if (number := numbers[text]) >= 0}
        members = sorted(texts)
        in_set = bytearray(len(self._codes))
        for number in members:
            in_set[number] = 1
        in_force, twos, row_windows = self.windows_in_force(on), self._twos, self._row_windows
        text_of, windows, make = texts.__getitem__, self.windows, PtpRow._make
        found: list[PtpRow] = []
        try:
            for one in members:
                before, column_one = -1, text_of(one)
                for at in self._rows_to(one, members, in_set):
                    window = row_windows[at]
                    if in_force[window] and (two := twos[at]) != one:
                        if two == before:  # overlapping windows: the one that began last
                            found.pop()
                        found.append(make((column_one, text_of(two), *windows[window])))
                        before = two
        except (IndexError, UnicodeDecodeError):
            raise damaged(self._name) from None
        return found

    def rows_of(self, text: str) -> Iterator[PtpRow]:
        """Every row with the code in column one or column two."""
        wanted = self._numbers[text]
        if wanted < 0:
            return
        try:
            for one, start in enumerate(self._starts[:-1]):
                end = self._starts[one + 1]
                for at in range(start, end) if one == wanted else self._rows_of_pair(wanted, start, end):
                    window = self.windows[self._row_windows[at]]
                    yield PtpRow(code(self._codes[one]), code(self._codes[self._twos[at]]), *window)
        except (IndexError, UnicodeDecodeError):
            raise damaged(self._name) from None

    def codes(self) -> Iterator[str]:
        """Every code, in either column."""
        try:
            yield from map(code, self._codes)
        except UnicodeDecodeError:
            raise damaged(self._name) from None

    def rows_from(self, column_one: str, on: date) -> list[PtpRow]:
        """The rows of a column-one code in force on the day, each window of a pair, by column two."""
        one = self._numbers[column_one]
        if one < 0:
            return []
        start, end = self._starts[one], self._starts[one + 1]
        in_force, windows, codes = self.windows_in_force(on), self.windows, self._codes
        try:
            return [
                PtpRow(column_one, code(codes[two]), *windows[window])
                for two, window in zip(self._twos[start:end], self._row_windows[start:end], strict=True)
                if in_force[window]
            ]
        except (IndexError, UnicodeDecodeError):
            raise damaged(self._name) from None

    def days(self) -> Iterator[date]:
        """The dates in any window."""
        return days_of(self.windows)

    def _rows_to(self, one: int, members: list[int], in_set: bytearray) -> Iterable[int]:
        """The rows of column-one code `one` whose column-two code is in the set."""
        start, end = self._starts[one], self._starts[one + 1]
        if end - start <= len(members) * _SCAN_PER_BISECT:
            return compress(range(start, end), map(in_set.__getitem__, self._twos[start:end].tolist()))
        return (at for two in members for at in self._rows_of_pair(two, start, end))

    def _rows_of_pair(self, two: int, start: int, end: int) -> range:
        first = bisect_left(self._twos, two, start, end)
        return range(first, bisect_right(self._twos, two, first, end))

    @cached_property
    def _turns(self) -> list[date]:
        return turns_of(self.windows)
