"""Bytes of an input that have been read and not yet used."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from claimcheck.io.x12.beginning import BYTE_ORDER_MARK, ISA, is_x12, leading_text

__all__ = ["LONGEST_ISA", "Buffer"]

LONGEST_ISA = 512
_ISA_ANYWHERE = regex.compile(ISA)
#: segments of claims and remittances, and of the envelopes around them
_SEGMENT_OF_CLAIMS = regex.compile(
    rb"(?<![A-Za-z0-9])(?:ISA|GS|ST|SE|GE|IEA|BHT|HL|NM1|N[1-4]|SBR|PAT|DMG|CLM|HI|DTP|REF|LX|SV[1-7]|BPR|TRN|CLP|SVC|CAS)"
    rb"[^A-Za-z0-9\s]"
)
_LONGEST_TEXT = 1 << 14  #: bytes before an ISA that may be an enclosing letter


class Buffer:
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
            ahead = self.rest[self.start : self.start + LONGEST_ISA]
            skipped = len(ahead) - len(ahead.lstrip(blank))
            if BYTE_ORDER_MARK.startswith(ahead) and self.more():
                continue
            if ahead.startswith(BYTE_ORDER_MARK):
                skipped = len(BYTE_ORDER_MARK)
            self.start += skipped
            if not skipped:
                return bool(ahead)

    def skip_text(self) -> int:
        """Skips text before an ISA that is not X12, and returns its number of bytes."""
        if is_x12(self.rest[self.start : self.start + LONGEST_ISA]):
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
        if is_x12(self.rest[self.start : self.start + LONGEST_ISA]):
            return 0
        skipped = 0
        while True:
            while len(self.rest) - self.start <= LONGEST_ISA and self.more():
                pass
            isa = _ISA_ANYWHERE.search(self.rest, self.start)
            behind: int = len(self.rest) if self.ended else len(self.rest) - LONGEST_ISA
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
