"""Codes as integers with the same order, so that they are found by binary search in an array.

Up to eight ASCII characters, padded with NUL and read as a big-endian number of 64 bits.

>>> hex(key("99213")), code(key("99213"))
('0x3939323133000000', '99213')
>>> key("3044F") < key("99213") < key("99213A") < key("A0021")
True

Text that cannot be a key gets 0, which no stored code has: a claim may hold any text, and looking it up is not an
error.

>>> key(""), key("NINE-LONG"), key("٩٩٢١٣"), key("99213" + chr(0))
(0, 0, 0, 0)
"""

from __future__ import annotations

from claimcheck.errors import TableError

__all__ = ["LONGEST", "NO_KEY", "code", "key", "stored_key"]

LONGEST = 8  #: characters of the longest code
NO_KEY = 0


def key(text: str) -> int:
    """The number of a code, or `NO_KEY` if the text cannot be one."""
    if len(text) > LONGEST or not text.isascii() or text.endswith("\0"):
        return NO_KEY
    return int.from_bytes(text.encode("ascii").ljust(LONGEST, b"\0"), "big")


def code(number: int) -> str:
    """The code of a number."""
    return number.to_bytes(LONGEST, "big").rstrip(b"\0").decode("ascii")


def stored_key(text: str) -> int:
    """The number of a code for storing. Raises `TableError` if the text cannot be one."""
    number = key(text)
    if number == NO_KEY:
        raise TableError(f"a code of 1 to {LONGEST} ASCII characters is expected")
    return number
