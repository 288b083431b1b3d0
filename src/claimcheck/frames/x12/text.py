"""Segments and elements as arrays: where each begins and ends among the bytes of a run, and what the bytes there are.

Eight bytes are looked at as one number, which can be done at any byte: that is what makes it fast.

>>> text = SegmentText.of(b"LX*1~SV1*HC:99213*125~", Separators("*", ":", "~"))
>>> text.starts.tolist(), text.sizes.tolist()
([0, 5], [4, 16])
>>> element = text.element(np.array([0, 1]), 1)
>>> element.sizes.tolist(), text.spells(element, b"1").tolist()
([1, 8], [True, False])
>>> text.element(np.array([0, 1]), 2).sizes.tolist()
[0, 3]
"""

from __future__ import annotations

from typing import Any, NamedTuple

import attrs
import numpy as np
import numpy.typing as npt

from claimcheck.io.x12.delimiters import Delimiters

__all__ = [
    "PAD",
    "Bools",
    "Composite",
    "Ints",
    "SegmentText",
    "Separators",
    "Slices",
    "Small",
    "any_of",
    "are",
    "bare",
    "latest",
]

Ints = npt.NDArray[Any]
Bools = npt.NDArray[Any]
Small = npt.NDArray[Any]
"""Whole numbers of few bits."""
Words = npt.NDArray[np.uint64]

PAD = b"\0" * 64
"""What follows the last segment, so that a number can be made of the bytes at each place."""

_WORD = 8
#: Of a number of eight bytes, those of the first n.
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WORD + 1)], np.uint64)


class Separators(NamedTuple):
    """The delimiters of an interchange."""

    element: str
    component: str
    terminator: str


class Slices(NamedTuple):
    """Pieces of a text: elements, or components of elements. What is not there is of size 0."""

    starts: Ints
    sizes: Ints

    def at(self, which: Ints) -> Slices:
        """Some of them."""
        return Slices(self.starts[which], self.sizes[which])


def bare(block: bytes, delimiters: Delimiters) -> int | None:
    """How many segments there are, where there is nothing to strip; see `claimcheck.io.x12.segments.runs`."""
    if not block.isascii() or any(mark in block for mark in (b"\0", b"\x1a", b"\t")):
        return None
    of_bytes = np.frombuffer(b"\n" + block + b"\n", np.uint8)  # so that each has a neighbor, of no meaning
    terminator, element, component = map(ord, (delimiters.terminator, delimiters.element, delimiters.component))
    ends = of_bytes == terminator
    if ends[1] or ends[-2] or (ends[1:] & ends[:-1]).any():
        return None
    blank = np.flatnonzero(of_bytes == ord(" "))
    behind, before = of_bytes[blank + 1], of_bytes[blank - 1]
    start = block.find(delimiters.terminator.encode()) if block.startswith(b"ISA") else 0
    edge = (before == terminator) | (behind == terminator) | (before == ord("\n")) | (behind == ord("\n"))
    padding = (blank > start) & ((behind == element) | (behind == component))
    return None if edge.any() or padding.any() else int(np.count_nonzero(ends)) + 1


@attrs.frozen(eq=False)
class SegmentText:
    """The bytes of whole segments, behind which there is `PAD`; see above."""

    content: bytes
    octets: npt.NDArray[np.uint8]
    starts: Ints
    sizes: Ints
    separators: Separators
    _words: Words
    _marks: Ints  #: the places of all element separators and terminators
    _first: Ints  #: of each segment that of the first of its own among those
    _many: Ints  #: of each segment how many elements it has behind its id
    _components: Ints

    @classmethod
    def of(cls, content: bytes, separators: Separators) -> SegmentText:
        """The segments that `content` is, each with its terminator."""
        padded = content + PAD
        of_bytes = np.frombuffer(padded, np.uint8)
        terminator = ord(separators.terminator)
        marks = np.flatnonzero((of_bytes == ord(separators.element)) | (of_bytes == terminator))
        last = np.flatnonzero(of_bytes[marks] == terminator)
        ends = marks[last]
        first, starts = np.zeros(len(last), np.int64), np.zeros(len(last), np.int64)
        first[1:], starts[1:] = last[:-1] + 1, ends[:-1] + 1
        components = np.flatnonzero(of_bytes == ord(separators.component))
        words: Words = np.ndarray((len(padded) - _WORD + 1,), "<u8", padded, strides=(1,))
        return cls(
            padded,
            of_bytes,
            starts,
            ends - starts,
            separators,
            words,
            marks,
            first,
            last - first,
            np.append(components, len(content)),
        )

    def __len__(self) -> int:
        return len(self.starts)

    def segment(self, number: int) -> str:
        """A segment as text."""
        start = self.starts[number]
        return self.content[start : start + self.sizes[number]].decode()

    def bytes_of(self, first: int, last: int) -> bytes:
        """The segments from one to before another, as they are in the file."""
        if first >= last:
            return b""
        return self.content[self.starts[first] : self.starts[last - 1] + self.sizes[last - 1] + 1]

    def heads(self) -> npt.NDArray[np.uint32]:
        """The first four bytes of each segment, which may be more than it has."""
        halves: npt.NDArray[np.uint32] = np.ndarray((len(self._words),), "<u4", self.content, strides=(1,))
        return halves[self.starts]

    def elements(self, at: Ints) -> Ints:
        """How many elements segments have behind their ids."""
        return self._many[at]

    def element(self, at: Ints, number: int) -> Slices:
        """The element of that number, from 1, of some segments."""
        many = self._many[at]
        there = many >= number
        places = self._first[at] + np.minimum(many, number)
        starts = self._marks[places - 1] + 1
        return Slices(starts, (self._marks[places] - starts) * there)

    def composite(self, of: Slices) -> Composite:
        """Elements by their components."""
        first = np.searchsorted(self._components, of.starts)
        return Composite(of, self._components, first, np.searchsorted(self._components, of.starts + of.sizes) - first)

    def unprintable(self) -> Ints:
        """The segments that hold a byte which is no printable character of ASCII."""
        own_bytes = self.octets[: -len(PAD)]
        if own_bytes.min(initial=_FIRST) >= _FIRST and own_bytes.max(initial=_FIRST) - _FIRST < _PRINTABLE:
            return np.empty(0, np.int64)
        places = np.flatnonzero((own_bytes - _FIRST) >= _PRINTABLE)
        own = np.array([ord(one) for one in self.separators], np.uint8)
        places = places[~np.isin(self.octets[places], own)]
        return np.unique(np.searchsorted(self.starts, places, side="right") - 1)

    # ------------------------------------------------------------------ contents

    def word(self, of: Slices, behind: int = 0) -> Words:
        """Eight bytes, from `behind` on, as a number: those that the piece has, the others 0."""
        starts, sizes = (of.starts + behind, np.maximum(of.sizes - behind, 0)) if behind else of
        word: Words = self._words[starts] & _MASKS[np.minimum(sizes, _WORD)]
        return word

    def first(self, of: Slices) -> npt.NDArray[np.uint8]:
        """The first byte, 0 of what is not there."""
        return np.where(of.sizes > 0, self.octets[of.starts], 0).astype(np.uint8)

    def spells(self, of: Slices, *texts: bytes) -> Bools:
        """Whether it is one of some texts, of eight bytes at the most."""
        return are(self.word(of), of.sizes, *texts)

    def holds(self, of: Slices, character: str) -> Bools:
        """Whether it contains a character; of pieces of eight bytes at the most."""
        differ = self.word(of) ^ _ONES * np.uint64(ord(character))
        found: Bools = ((differ - _ONES) & ~differ & _TOPS) != 0
        return found

    def are_digits(self, of: Slices, most: int) -> Bools:
        """Whether it is of digits alone, `most` of them or fewer; so is what is not there."""
        found: Bools = of.sizes <= most
        for behind in range(0, most, _WORD):
            sizes = np.clip(of.sizes - behind, 0, _WORD)
            mask = _MASKS[sizes]
            filled = self.word(of, behind) | (_ZEROS & ~mask)
            found &= ((filled & _HIGH) == _ZEROS) & (((filled + _SIX) & _HIGH) == _ZEROS)
        return found

    def digits(self, of: Slices, size: int) -> list[Ints]:
        """The digits of pieces that are of so many."""
        return [self.octets[of.starts + place].astype(np.int64) - _ZERO for place in range(size)]

    def whole(self, of: Slices, most: int) -> Ints:
        """The whole numbers that pieces of digits are, `most` digits or fewer."""
        found = np.zeros(len(of.sizes), np.int64)
        for place in range(most):
            there = place < of.sizes
            digit = self.octets[of.starts + np.where(there, place, 0)].astype(np.int64) - _ZERO
            found = np.where(there, found * 10 + digit, found)
        return found


class Composite(NamedTuple):
    """Elements, and the places of their component separators: of each the first, and how `many` it has."""

    of: Slices
    marks: Ints
    first: Ints
    many: Ints

    def component(self, number: int) -> Slices:
        """The components of that number, from 1."""
        starts, ends = self.of.starts, self.of.starts + self.of.sizes
        if number > 1:
            before = self.first + np.minimum(number - 2, self.many)
            starts = np.minimum(self.marks[np.minimum(before, len(self.marks) - 1)] + 1, ends)
        behind = np.minimum(self.first + (number - 1), len(self.marks) - 1)
        return Slices(starts, np.maximum(np.minimum(self.marks[behind], ends) - starts, 0))


_FIRST, _PRINTABLE = np.uint8(ord(" ")), np.uint8(95)
_ONES = np.uint64(0x0101010101010101)
_TOPS = np.uint64(0x8080808080808080)
_ZERO = ord("0")
_ZEROS = np.uint64(0x3030303030303030)
_HIGH = np.uint64(0xF0F0F0F0F0F0F0F0)
_SIX = np.uint64(0x0606060606060606)


def number_of(text: bytes) -> np.uint64:
    """The number that some bytes are, see `SegmentText.word`."""
    return np.uint64(int.from_bytes(text, "little"))


def are(words: Words, sizes: Ints, *texts: bytes) -> Bools:
    """Whether pieces, by their words and sizes, are one of some texts."""
    found = np.zeros(len(words), bool)
    for text in texts:
        found |= (words == number_of(text)) & (sizes == len(text))
    return found


def latest(which: Bools) -> Ints:
    """Of each place, the last one up to it that is one of those; -1 where there is none.

    >>> latest(np.array([False, True, False, True])).tolist()
    [-1, 1, 1, 3]
    """
    return np.maximum.accumulate(np.where(which, np.arange(len(which)), -1))


def any_of(groups: Ints, which: Bools, many: int) -> Bools:
    """Of each group, whether it is so of any of its members.

    >>> any_of(np.array([0, 0, 2]), np.array([False, True, False]), 3).tolist()
    [True, False, False]
    """
    found = np.zeros(many, bool)
    found[groups[which]] = True
    return found
