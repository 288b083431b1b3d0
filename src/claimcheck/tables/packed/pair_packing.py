"""Packs PTP rows: the text parts of one edition, in any order, into one packed table.

A part is read once, row by row, into 64-bit numbers (column one, column two, window: 20 bits each), so that millions of
rows cost no more than their array and a sort.

>>> from datetime import date
>>> row = PtpRow("11720", "11719", date(2020, 1, 1), None, 1, "")
>>> one, other = PairPart.of([row]), PairPart.of([row._replace(column_two="11055")])
>>> pack_pairs([one, other]) == pack_pairs([other, one])
True
>>> pack_pairs([PairPart.of([row._replace(column_one="")])])
Traceback (most recent call last):
    ...
claimcheck.errors.TableError: a code of 1 to 8 ASCII characters is expected
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate, count

import attrs

from claimcheck.errors import TableError
from claimcheck.tables.packed.container import narrowest, pack
from claimcheck.tables.packed.keys import key, stored_key
from claimcheck.tables.packed.windows import Window
from claimcheck.tables.rows import PtpRow

__all__ = ["PairPart", "pack_pairs"]

_BITS = 20
_MOST = 1 << _BITS
_MASK = _MOST - 1


@attrs.frozen(eq=False)
class PairPart:
    """The rows of one part: its codes and windows in order of first occurrence, and the rows as indexes into them."""

    codes: tuple[str, ...]
    windows: tuple[Window, ...]
    rows: array[int]

    @classmethod
    def of(cls, rows: Iterable[PtpRow]) -> PairPart:
        """Reads every row. Raises `TableError` for text that is not a code, or for more codes or windows than a file
        can have."""
        codes: defaultdict[str, int] = defaultdict(count().__next__)
        windows: defaultdict[Window, int] = defaultdict(count().__next__)
        numbers = array("Q", ((codes[row[0]] << _BITS | codes[row[1]]) << _BITS | windows[row[2:]] for row in rows))
        for text in codes:
            stored_key(text)
        if len(codes) > _MOST or len(windows) > _MOST:
            raise TableError(f"more than {_MOST} different codes or date windows: no official file has so many")
        return cls(tuple(codes), tuple(windows), numbers)

    def digest(self) -> str:
        """A fingerprint of the rows in order, whatever file they came in."""
        fingerprint = hashlib.sha256(json.dumps([self.codes, self.windows], default=date.isoformat).encode())
        fingerprint.update(memoryview(self.rows).cast("B"))
        return fingerprint.hexdigest()


def pack_pairs(parts: Sequence[PairPart]) -> bytes:
    """The packed table of these parts, whatever their order."""
    texts = sorted({text for part in parts for text in part.codes}, key=stored_key)
    windows = sorted({window for part in parts for window in part.windows}, key=_window_order)
    rows = _sorted_rows(parts, {text: n for n, text in enumerate(texts)}, {w: n for n, w in enumerate(windows)})
    sizes = array("I", bytes(4 * (len(texts) + 1)))
    for number in rows:
        sizes[(number >> 2 * _BITS) + 1] += 1
    about = {"kind": "pairs", "windows": windows}
    return pack(
        {
            "about": json.dumps(about, default=date.isoformat, separators=(",", ":")).encode("ascii"),
            "codes": array("Q", map(key, texts)),
            "starts": array("I", accumulate(sizes)),
            "twos": array(narrowest(len(texts)), (number >> _BITS & _MASK for number in rows)),
            "windows": array(narrowest(len(windows)), (number & _MASK for number in rows)),
        }
    )


def _sorted_rows(parts: Sequence[PairPart], numbers: dict[str, int], windows: dict[Window, int]) -> list[int]:
    rows: list[int] = []
    for part in parts:
        ones = [numbers[text] << 2 * _BITS for text in part.codes]
        twos = [numbers[text] << _BITS for text in part.codes]
        ends = [windows[window] for window in part.windows]
        rows += [ones[n >> 2 * _BITS] | twos[n >> _BITS & _MASK] | ends[n & _MASK] for n in part.rows]
    rows.sort()
    return rows


def _window_order(window: Window) -> tuple[date, date, int, str]:
    effective, deletion, indicator, rationale = window
    return effective, deletion or date.max, indicator, rationale
