"""Splits bytes into segments.

An interchange defines its own delimiters by position in its first segment: the element separator follows `ISA`, the
component separator is ISA16, and the segment terminator follows that (X12.5, interchange control structure; 005010X222
appendix B.1.1.2.5). The 16 separators are counted rather than the 106 characters, because senders pad incorrectly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Generic, TypeVar

import attrs

from claimcheck.errors import InputError
from claimcheck.io.x12.beginning import BLANK, is_x12, separates
from claimcheck.io.x12.buffer import LONGEST_ISA, Buffer
from claimcheck.io.x12.delimiters import Delimiters
from claimcheck.io.x12.splitting import Bare, SegmentRun, bare_count, run_together, split_apart

__all__ = ["Block", "blocks", "runs"]

_LINE_BREAKS = b"\r\n"
_LONGEST_SEGMENT = 1_000_000


S = TypeVar("S", bound="Sequence[str] | SegmentRun")


@attrs.frozen
class Block(Generic[S]):
    """Whole segments of one interchange, in order. `before` is the number of segments that precede them in the file,
    and `skipped` the number of bytes of text skipped before the interchange: of text after the last one, there are no
    segments."""

    before: int
    delimiters: Delimiters
    segments: S
    skipped: int = 0


def blocks(pieces: Iterable[bytes], file: str | None) -> Iterator[Block[list[str]]]:
    """The segments of an input, in blocks of about the size of its pieces; piece boundaries do not matter.

    Line breaks are formatting wherever they occur, unless they are delimiters: neither X12 character set has them. Text
    is UTF-8, or Latin-1 for segments that are not.

    Raises:
        InputError: an interchange does not begin with a readable ISA, or the input ends in the middle of a segment.
            Text around interchanges is skipped unless it may be segments, because claims may be missing there.

    >>> isa = b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *240701*1200*^*00501*1*0*P*:~\\n"
    >>> [(block.before, len(block.segments)) for block in blocks([isa, b"GS*HC~\\nIEA*1*1~\\n", isa], None)]
    [(0, 3), (3, 1)]
    >>> [(len(block.segments), block.skipped) for block in blocks([isa, b"IEA*0*1~\\nSent by night"], None)]
    [(2, 0), (0, 13)]
    >>> list(blocks([b"CLM*1~"], "a.837"))
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: a.837, segment or row 1: ISA is expected: this is not the start of an X12 interchange
    """
    return _blocks(pieces, file, split_apart)


def runs(pieces: Iterable[bytes], file: str | None, bare: Bare | None = None) -> Iterator[Block[SegmentRun]]:
    """Like `blocks`, for callers that find the segments themselves and may have a faster `bare`.

    >>> isa = b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *240701*1200*^*00501*1*0*P*:~\\n"
    >>> [block.segments.content[-18:] for block in runs([isa, b"GS*HC ~\\nIEA*1*1~\\n"], None)]
    [b'P*:~GS*HC~IEA*1*1~']
    """
    return _blocks(pieces, file, partial(run_together, bare or bare_count))


def _blocks(pieces: Iterable[bytes], file: str | None, split: Callable[[bytes, Delimiters], S]) -> Iterator[Block[S]]:
    count, blank = 0, BLANK
    delimiters: Delimiters | None = None
    source = Buffer(pieces)
    while source.skip_blank(blank):
        skipped = source.skip_text() if delimiters is None else source.skip_text_between()
        if delimiters is not None and not source.holds_more:
            yield Block(count, delimiters, split(b"", delimiters), skipped)
            return
        delimiters = _delimiters(source, file, count + 1)
        for segments in _interchange(source, delimiters, file, count, split):
            yield Block(count, delimiters, segments, skipped)
            count += len(segments)
            skipped = 0
        blank = BLANK + delimiters.terminator.encode()
    if not count:
        raise InputError("ISA is expected: the file is empty", file=file, place=1)


def _delimiters(source: Buffer, file: str | None, place: int) -> Delimiters:
    while len(source.rest) - source.start < LONGEST_ISA and source.more():
        pass
    head = source.rest[source.start : source.start + LONGEST_ISA]
    element = head[3:4]
    if not is_x12(head):
        raise InputError("ISA is expected: this is not the start of an X12 interchange", file=file, place=place)
    elements = head.split(element, 16)
    if len(elements) < 17 or len(elements[16]) < 2:
        raise InputError("ISA is too short: 16 elements and a terminator are expected", file=file, place=place)
    component, terminator = elements[16][:1], elements[16][1:2]
    distinct = len({element, component, terminator}) == 3
    if not (distinct and component.isascii() and not component.isalnum() and separates(terminator)):
        reason = "ISA names no usable delimiters: three different ones are expected, neither letters nor digits"
        raise InputError(reason, file=file, place=place)
    return Delimiters(
        element=element.decode(),
        component=component.decode(),
        terminator=terminator.decode(),
        control=elements[13].decode("latin-1").strip(),
    )


def _interchange(
    source: Buffer, delimiters: Delimiters, file: str | None, count: int, split: Callable[[bytes, Delimiters], S]
) -> Iterator[S]:
    """The segments of one interchange, up to its IEA or the end of the input."""
    terminator = delimiters.terminator.encode()
    while True:
        end = _block_end(source, terminator)
        if end < 0 and len(source.rest) - source.start > _LONGEST_SEGMENT:
            raise InputError("the segment does not end: its terminator is expected", file=file, place=count + 1)
        if end < 0 and not source.more():
            yield from _last(source, delimiters, file, count, split)
            return
        if end < 0:
            continue
        segments = split(source.rest[source.start : end], delimiters)
        source.start = end + 1
        if len(segments):
            count += len(segments)
            yield segments
            if segments[-1].startswith("IEA" + delimiters.element):
                return


def _block_end(source: Buffer, terminator: bytes) -> int:
    """The end of the last whole segment read; or earlier, of the first that may be the IEA, because what follows may
    have other delimiters. Negative if no segment is whole."""
    trailer = source.rest.find(b"IEA", source.start)
    end = source.rest.find(terminator, trailer) if trailer >= 0 else -1
    return end if end >= 0 else source.rest.rfind(terminator, source.start)


def _last(
    source: Buffer, delimiters: Delimiters, file: str | None, count: int, split: Callable[[bytes, Delimiters], S]
) -> Iterator[S]:
    """What follows the last terminator: nothing, or an IEA whose control number shows that it is complete.

    That may be followed by text on other lines.
    """
    rest = source.rest[source.start :]
    end = len(rest)
    if delimiters.terminator.encode() not in _LINE_BREAKS:
        start = len(rest) - len(rest.lstrip(BLANK))
        end = min((at for mark in _LINE_BREAKS if (at := rest.find(mark, start)) >= 0), default=end)
        if not rest.startswith(b"IEA", start):
            end = len(rest)
    segments = split(rest[:end], delimiters)
    source.start += end
    if not len(segments):
        return
    elements = segments[0].split(delimiters.element)
    if elements[0] != "IEA" or elements[2:] != [delimiters.control]:
        reason = "the file ends in the middle of this segment: a whole copy of the file is needed"
        raise InputError(reason, file=file, place=count + 1)
    yield segments
