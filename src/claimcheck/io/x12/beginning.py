"""Whether bytes are X12, and where it begins."""

from __future__ import annotations

import regex

__all__ = ["BLANK", "BYTE_ORDER_MARK", "ISA", "is_without_start", "is_x12", "leading_text", "separates"]

BLANK = b" \t\r\n\x00\x1a"  # \x1a and runs of \x00 end files from mainframes or DOS
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: at the beginning a claim functional group or 837 transaction set, anywhere an ISA
_ENVELOPE = regex.compile(
    rb"^(?:GS([^A-Za-z0-9\s,;])HC\1|ST([^A-Za-z0-9\s,;])837\2)|ISA([^A-Za-z0-9\s,;])0[0-9]\3.{10}\3", regex.DOTALL
)
ISA = rb"ISA([^A-Za-z0-9\s,;])[0-9]{2}\1.{10}\1[0-9]{2}\1"
_ISA_OF_A_LINE = regex.compile(rb"(?:^|(?<=[\r\n]))" + ISA)


def is_x12(head: bytes) -> bool:
    """Whether a file with this `head` looks like X12: `ISA` and a separator that is neither letter nor digit.

    >>> is_x12(b"\\xef\\xbb\\xbf ISA*00*"), is_x12(b"ISABEL"), is_x12(b'{"resourceType": "Claim"}')
    (True, False, False)
    """
    head = bytes(head).removeprefix(BYTE_ORDER_MARK).lstrip(BLANK)
    return head[:3] == b"ISA" and separates(head[3:4])


def is_without_start(head: bytes) -> bool:
    """Whether a file begins with something else but has an X12 envelope: a fragment, or a file with something
    prepended.

    >>> is_without_start(b"GS*HC*A*B*20240701*1200*1*X*005010X222A1~ST*837*1~"), is_without_start(b"GS,ST\\n1,837")
    (True, False)
    """
    return _ENVELOPE.search(bytes(head)) is not None


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


def separates(byte: bytes) -> bool:
    """Whether a byte may be a delimiter: neither letter, digit, nor space."""
    return byte.isascii() and not byte.isalnum() and byte not in (b"", b" ")
