"""Splits whole segments apart, without line breaks, blanks, and padding."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import regex

from claimcheck.io.x12.delimiters import Delimiters

__all__ = ["Bare", "SegmentRun", "bare_count", "run_together", "split_apart"]

_BLANK_WITHIN = frozenset(" \t\x00\x1a")


@attrs.frozen
class SegmentRun:
    """Consecutive segments in UTF-8, each with its terminator and none empty."""

    content: bytes
    terminator: bytes
    count: int

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, place: int) -> str:
        """The first segment (0) or the last (-1)."""
        if place == 0:
            return self.content.partition(self.terminator)[0].decode()
        return self.content[: -len(self.terminator)].rpartition(self.terminator)[2].decode()


Bare = Callable[[bytes, Delimiters], int | None]
"""The number of segments if all are ASCII, none is empty, and nothing has to be stripped from a segment or element
(except the ISA with which they may begin); otherwise None."""


def split_apart(block: bytes, delimiters: Delimiters) -> list[str]:
    """The segments of a block, as text."""
    terminator = delimiters.terminator.encode()
    block = _without_breaks(block, delimiters)
    if block.isascii():
        segments = block.decode("ascii").split(delimiters.terminator)
    else:
        segments = [_decode(segment) for segment in block.split(terminator)]
    if _has_blanks(block, terminator):
        blank = "".join(_BLANK_WITHIN - delimiters.all)
        segments = [segment.strip(blank) for segment in segments]
    if _is_padded(block, delimiters):
        segments = _without_padding(segments, delimiters)
    return list(filter(None, segments))


def run_together(bare: Bare, block: bytes, delimiters: Delimiters) -> SegmentRun:
    """The segments of a block as one run; `bare` counts them if nothing has to be stripped."""
    terminator = delimiters.terminator.encode()
    plain = _without_breaks(block, delimiters)
    count = bare(plain, delimiters) if plain else None
    if count is not None:
        return SegmentRun(plain + terminator, terminator, count)
    segments = split_apart(block, delimiters)
    return SegmentRun(b"".join(segment.encode() + terminator for segment in segments), terminator, len(segments))


def bare_count(block: bytes, delimiters: Delimiters) -> int | None:
    """The number of segments, if nothing has to be stripped: see `Bare`."""
    terminator = delimiters.terminator.encode()
    empty = block.startswith(terminator) or block.endswith(terminator) or terminator * 2 in block
    if not block.isascii() or empty or _has_blanks(block, terminator) or _is_padded(block, delimiters):
        return None
    return block.count(terminator) + 1


def _without_breaks(block: bytes, delimiters: Delimiters) -> bytes:
    if b"\n" in block or b"\r" in block:
        return block.translate(None, "".join({"\r", "\n"} - delimiters.all).encode())
    return block


def _is_padded(block: bytes, delimiters: Delimiters) -> bool:
    """Whether elements may be padded with spaces, other than in an ISA at the start of the block."""
    start = block.find(delimiters.terminator.encode()) if block.startswith(b"ISA") else 0
    return any(block.find(b" " + mark.encode(), start) >= 0 for mark in (delimiters.element, delimiters.component))


def _without_padding(segments: list[str], delimiters: Delimiters) -> list[str]:
    """Removes the spaces that pad an element, which are not part of its value (appendix B of the guides, type AN:
    trailing spaces should be suppressed). Only ISA has fixed-width elements."""
    padding = regex.compile(f" +(?=[{regex.escape(delimiters.element + delimiters.component)}])")
    return [segment if segment.startswith("ISA") else padding.sub("", segment) for segment in segments]


def _has_blanks(block: bytes, terminator: bytes) -> bool:
    """Whether any segment may have something to strip; rare, and stripping each takes time."""
    marks = (b"\x00", b"\x1a", b"\t", terminator + b" ", b" " + terminator)
    return block[:1] == b" " or block[-1:] == b" " or any(mark in block for mark in marks)


def _decode(segment: bytes) -> str:
    try:
        return segment.decode()
    except UnicodeDecodeError:
        return segment.decode("latin-1")
