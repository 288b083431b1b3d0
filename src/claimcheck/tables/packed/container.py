"""The packed file: a header followed by arrays of numbers that are used in place.

All numbers are little-endian. The layout, documented for other readers in docs/tables-format.md:

- magic, 8 bytes; version, u16; number of sections, u16; CRC-32 of the header, u32; size of the file, u64;
- for every section its name, 16 bytes; its item type (B H I Q: 1, 2, 4, 8 bytes); 7 zero bytes; the offset of its
  first byte, u64; the number of its items, u64;
- the sections, each at a multiple of 8, with zero bytes between.

Nothing in it depends on the machine. Opening reads only the header, which is checked against the size of the file, so
that a bad count can never reach beyond it.

>>> packed = pack({"ages": array("H", [7, 300]), "about": b"{}"})
>>> sections = unpack(memoryview(packed), "example")
>>> list(sections["ages"]), bytes(sections["about"])
([7, 300], b'{}')
>>> unpack(memoryview(packed[:-1]), "example")
Traceback (most recent call last):
    ...
claimcheck.errors.TableError: example: the packed file is cut short or too long; add the official file again
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Mapping

from claimcheck.errors import TableError

__all__ = ["MAGIC", "VERSION", "Numbers", "damaged", "narrowest", "pack", "unpack"]

MAGIC = b"\x89CCHK\r\n\x1a"  # like PNG's: a text-mode copy or a seven-bit cut shows in the first bytes
VERSION = 1
_HEAD = struct.Struct("<8sHHIQ")
_SECTION = struct.Struct("<16sc7xQQ")
_MOST_SECTIONS = 64
_WIDTHS = {b"B": 1, b"H": 2, b"I": 4, b"Q": 8}

Numbers = memoryview


def pack(sections: Mapping[str, array[int] | bytes]) -> bytes:
    """A packed file with these sections, in this order."""
    directory, body = [], bytearray()
    start = _aligned(_HEAD.size + _SECTION.size * len(sections))
    for name, items in sections.items():
        kind = items.typecode if isinstance(items, array) else "B"
        directory.append(_SECTION.pack(name.encode("ascii"), kind.encode("ascii"), start + len(body), len(items)))
        body += _little_endian(items)
        body += bytes(-len(body) % 8)
    size = start + len(body)
    head = _header(directory, size)
    return head.ljust(start, b"\0") + body


def unpack(view: memoryview, name: str) -> dict[str, Numbers]:
    """The sections of a packed file by name, as views into it. Raises `TableError` with the file name."""
    if len(view) < _HEAD.size or bytes(view[: len(MAGIC)]) != MAGIC:
        raise TableError("this is not a packed table; add the official file again", file=name)
    _, version, count, _, size = _HEAD.unpack_from(view)
    if version != VERSION:
        raise TableError(
            f"the packed format {version} is not format {VERSION} of this claimcheck; add the official file again",
            file=name,
        )
    directory_end = _HEAD.size + _SECTION.size * count
    if size != len(view) or count > _MOST_SECTIONS or directory_end > size:
        raise TableError("the packed file is cut short or too long; add the official file again", file=name)
    directory = [bytes(view[at : at + _SECTION.size]) for at in range(_HEAD.size, directory_end, _SECTION.size)]
    if bytes(view[: _HEAD.size]) != _header(directory, size)[: _HEAD.size]:
        raise TableError("the packed file's header is damaged; add the official file again", file=name)
    return dict(_section(view, entry, name) for entry in directory)


def damaged(name: str) -> TableError:
    """The error for a number in a packed file that points to nothing.

    Opening reads only the header, so damage behind it appears when it is reached.
    """
    return TableError("the packed file is damaged; add the official file again", file=name)


def narrowest(largest: int) -> str:
    """The narrowest item type that holds 0 to `largest`.

    >>> narrowest(255), narrowest(256), narrowest(65536)
    ('B', 'H', 'I')
    """
    return "B" if largest < 1 << 8 else "H" if largest < 1 << 16 else "I"


def _header(directory: list[bytes], size: int) -> bytes:
    checked = _HEAD.pack(MAGIC, VERSION, len(directory), 0, size) + b"".join(directory)
    return _HEAD.pack(MAGIC, VERSION, len(directory), zlib.crc32(checked), size) + b"".join(directory)


def _section(view: memoryview, entry: bytes, file: str) -> tuple[str, Numbers]:
    name, kind, offset, count = _SECTION.unpack(entry)
    width = _WIDTHS.get(kind)
    if width is None or offset % 8 or offset + count * width > len(view):
        raise TableError("a section lies outside the packed file; add the official file again", file=file)
    return name.rstrip(b"\0").decode("ascii", "replace"), _items(view[offset : offset + count * width], kind)


def _items(view: memoryview, kind: bytes, byteorder: str = sys.byteorder) -> Numbers:
    if kind == b"B" or byteorder == "little":
        return view.cast(kind.decode("ascii"))  # type: ignore[call-overload, no-any-return]
    return memoryview(_swapped(array(kind.decode("ascii"), view.tobytes())))


def _little_endian(items: array[int] | bytes, byteorder: str = sys.byteorder) -> bytes:
    if isinstance(items, bytes):
        return items
    return (items if byteorder == "little" else _swapped(items)).tobytes()


def _swapped(items: array[int]) -> array[int]:
    swapped = array(items.typecode, items)
    swapped.byteswap()
    return swapped


def _aligned(offset: int) -> int:
    return offset + -offset % 8
