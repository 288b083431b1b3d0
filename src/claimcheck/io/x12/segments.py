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
import regex

from claimcheck.errors import InputError

__all__ = ["Block", "Delimiters", "SegmentRun", "blocks", "is_without_start", "is_x12", "leading_text", "runs"]

_BLANK = b" \t\r\n\x00\x1a"  # \x1a and runs of \x00 end files from mainframes or DOS
_BLANK_WITHIN = frozenset(" \t\x00\x1a")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LINE_BREAKS = b"\r\n"
_LONGEST_ISA = 512
#: at the beginning a claim functional group or 837 transaction set, anywhere an ISA
_ENVELOPE = regex.compile(
    rb"^(?:GS([^A-Za-z0-9\s,;])HC\1|ST([^A-Za-z0-9\s,;])837\2)|ISA([^A-Za-z0-9\s,;])0[0-9]\3.{10}\3", regex.DOTALL
)
_ISA = rb"ISA([^A-Za-z0-9\s,;])[0-9]{2}\1.{10}\1[0-9]{2}\1"
_ISA_OF_A_LINE = regex.compile(rb"(?:^|(?<=[\r\n]))" + _ISA)
_ISA_ANYWHERE = regex.compile(_ISA)
#: segments of claims and remittances, and of the envelopes around them
_SEGMENT_OF_CLAIMS = regex.compile(
    rb"(?<![A-Za-z0-9])(?:ISA|GS|ST|SE|GE|IEA|BHT|HL|NM1|N[1-4]|SBR|PAT|DMG|CLM|HI|DTP|REF|LX|SV[1-7]|BPR|TRN|CLP|SVC|CAS)"
    rb"[^A-Za-z0-9\s]"
)
_LONGEST_SEGMENT = 1_000_000
_LONGEST_TEXT = 1 << 14  #: bytes before an ISA that may be an enclosing letter


def is_x12(head: bytes) -> bool:
    """Whether a file with this `head` looks like X12: `ISA` and a separator that is neither letter nor digit.

    >>> is_x12(b"\\xef\\xbb\\xbf ISA*00*"), is_x12(b"ISABEL"), is_x12(b'{"resourceType": "Claim"}')
    (True, False, False)
    """
    head = bytes(head).removeprefix(_BYTE_ORDER_MARK).lstrip(_BLANK)
    return head[:3] == b"ISA" and _separates(head[3:4])


def is_without_start(head: bytes) -> bool:
    """Whether a file begins with something else but has an X12 envelope: a fragment, or a file with something
    prepended.

    >>> is_without_start(b"GS*HC*A*B*20240701*1200*1*X*005010X222A1~ST*837*1~"), is_without_start(b"GS,ST\\n1,837")
    (True, False)
    """
    return _ENVELOPE.search(bytes(head)) is not None


@attrs.frozen
class Delimiters:
    """The three delimiters of an interchange, and its ISA control number."""

    element: str
    component: str
    terminator: str
    control: str

    @property
    def all(self) -> set[str]:
        """All three delimiters."""
        return {self.element, self.component, self.terminator}


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
    return _blocks(pieces, file, _split)


Bare = Callable[[bytes, Delimiters], int | None]
"""The number of segments if all are ASCII, none is empty, and nothing has to be stripped from a segment or element
(except the ISA with which they may begin); otherwise None."""


def runs(pieces: Iterable[bytes], file: str | None, bare: Bare | None = None) -> Iterator[Block[SegmentRun]]:
    """Like `blocks`, for callers that find the segments themselves and may have a faster `bare`.

    >>> isa = b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *240701*1200*^*00501*1*0*P*:~\\n"
    >>> [block.segments.content[-18:] for block in runs([isa, b"GS*HC ~\\nIEA*1*1~\\n"], None)]
    [b'P*:~GS*HC~IEA*1*1~']
    """
    return _blocks(pieces, file, partial(_run, bare or _bare))


def _blocks(pieces: Iterable[bytes], file: str | None, split: Callable[[bytes, Delimiters], S]) -> Iterator[Block[S]]:
    count, blank = 0, _BLANK
    delimiters: Delimiters | None = None
    source = _Buffer(pieces)
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
        blank = _BLANK + delimiters.terminator.encode()
    if not count:
        raise InputError("ISA is expected: the file is empty", file=file, place=1)


class _Buffer:
    """Bytes that have been read and not yet used."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self.rest = b""
        self.start = 0
        self.ended = False

    def more(self) -> bool:
        """Reads another piece, if there is one."""
        piece = next(self._pieces, b"")
        self.rest, self.start = self.rest[self.start :] + piece, 0
        self.ended = not piece
        return not self.ended

    def skip_blank(self, blank: bytes) -> bool:
        """Skips what may precede an interchange; returns whether anything follows."""
        while True:
            ahead = self.rest[self.start : self.start + _LONGEST_ISA]
            skipped = len(ahead) - len(ahead.lstrip(blank))
            if _BYTE_ORDER_MARK.startswith(ahead) and self.more():
                continue
            if ahead.startswith(_BYTE_ORDER_MARK):
                skipped = len(_BYTE_ORDER_MARK)
            self.start += skipped
            if not skipped:
                return bool(ahead)

    def skip_text(self) -> int:
        """Skips text before an ISA that is not X12, and returns its number of bytes."""
        if is_x12(self.rest[self.start : self.start + _LONGEST_ISA]):
            return 0
        while len(self.rest) - self.start < _LONGEST_TEXT and self.more():
            pass
        skipped = leading_text(self.rest[self.start : self.start + _LONGEST_TEXT])
        self.start += skipped
        return skipped

    def skip_text_between(self) -> int:
        """Skips text after an interchange, up to another ISA or the end, and returns its number of bytes.

        Where the text may be segments, nothing from there on is skipped.
        """
        if is_x12(self.rest[self.start : self.start + _LONGEST_ISA]):
            return 0
        skipped = 0
        while True:
            while len(self.rest) - self.start <= _LONGEST_ISA and self.more():
                pass
            isa = _ISA_ANYWHERE.search(self.rest, self.start)
            behind: int = len(self.rest) if self.ended else len(self.rest) - _LONGEST_ISA
            end = behind if isa is None else int(isa.start())
            if _SEGMENT_OF_CLAIMS.search(self.rest, self.start, end) is not None:
                return skipped
            skipped += end - self.start
            self.start = end
            if isa is not None or self.ended:
                return skipped

    @property
    def holds_more(self) -> bool:
        """Whether anything is left."""
        return self.start < len(self.rest) or not self.ended


def leading_text(head: bytes) -> int:
    """The number of bytes of text before the ISA with which a line of `head` begins.

    None if it begins with the ISA, if there is none, or if X12 segments precede it: claims may be missing there, so it
    is not text to skip.

    >>> isa = b"ISA*00*          *00*          *ZZ*A              *"
    >>> leading_text(b"With thanks:\\n\\n" + isa), leading_text(b"SE*9*1~GE*1*1~\\n" + isa), leading_text(isa)
    (14, 0, 0)
    """
    found = _ISA_OF_A_LINE.search(head)
    if found is None or found.start() == 0:
        return 0
    before, separator = head[: found.start()], regex.escape(found[1])
    segment = regex.compile(rb"(?:^|[^A-Za-z0-9 ])[A-Z][A-Z0-9]{1,2}" + separator)
    return 0 if segment.search(before) else found.start()


def _separates(byte: bytes) -> bool:
    return byte.isascii() and not byte.isalnum() and byte not in (b"", b" ")


def _delimiters(source: _Buffer, file: str | None, place: int) -> Delimiters:
    while len(source.rest) - source.start < _LONGEST_ISA and source.more():
        pass
    head = source.rest[source.start : source.start + _LONGEST_ISA]
    element = head[3:4]
    if not is_x12(head):
        raise InputError("ISA is expected: this is not the start of an X12 interchange", file=file, place=place)
    elements = head.split(element, 16)
    if len(elements) < 17 or len(elements[16]) < 2:
        raise InputError("ISA is too short: 16 elements and a terminator are expected", file=file, place=place)
    component, terminator = elements[16][:1], elements[16][1:2]
    distinct = len({element, component, terminator}) == 3
    if not (distinct and component.isascii() and not component.isalnum() and _separates(terminator)):
        reason = "ISA names no usable delimiters: three different ones are expected, neither letters nor digits"
        raise InputError(reason, file=file, place=place)
    return Delimiters(
        element=element.decode(),
        component=component.decode(),
        terminator=terminator.decode(),
        control=elements[13].decode("latin-1").strip(),
    )


def _interchange(
    source: _Buffer, delimiters: Delimiters, file: str | None, count: int, split: Callable[[bytes, Delimiters], S]
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


def _block_end(source: _Buffer, terminator: bytes) -> int:
    """The end of the last whole segment read; or earlier, of the first that may be the IEA, because what follows may
    have other delimiters. Negative if no segment is whole."""
    trailer = source.rest.find(b"IEA", source.start)
    end = source.rest.find(terminator, trailer) if trailer >= 0 else -1
    return end if end >= 0 else source.rest.rfind(terminator, source.start)


def _last(
    source: _Buffer, delimiters: Delimiters, file: str | None, count: int, split: Callable[[bytes, Delimiters], S]
) -> Iterator[S]:
    """What follows the last terminator: nothing, or an IEA whose control number shows that it is complete.

    That may be followed by text on other lines.
    """
    rest = source.rest[source.start :]
    end = len(rest)
    if delimiters.terminator.encode() not in _LINE_BREAKS:
        start = len(rest) - len(rest.lstrip(_BLANK))
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


def _split(block: bytes, delimiters: Delimiters) -> list[str]:
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


def _run(bare: Bare, block: bytes, delimiters: Delimiters) -> SegmentRun:
    terminator = delimiters.terminator.encode()
    plain = _without_breaks(block, delimiters)
    count = bare(plain, delimiters) if plain else None
    if count is not None:
        return SegmentRun(plain + terminator, terminator, count)
    segments = _split(block, delimiters)
    return SegmentRun(b"".join(segment.encode() + terminator for segment in segments), terminator, len(segments))


def _bare(block: bytes, delimiters: Delimiters) -> int | None:
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
